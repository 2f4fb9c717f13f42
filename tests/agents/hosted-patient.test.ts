import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPatient, type PatientCast } from '../../src/agents/patbot/open-patient.js';
import { UNRECORDED } from '../../src/calls/call-recorder.js';
import { startModelServer, type ModelServer } from '../../tools/model-server/model-server.js';
import { createBudget } from '../../src/models/budget.js';
import { createModels } from '../../src/models/open-model.js';
import { dialogue, library, NEUTRAL, never, random, scenario } from '../fixtures.js';

const ASHBY = scenario('H01-D01');
const TRIGGER = ASHBY.trigger.wordings.explicit.text;

describe.each(['openai:stand-in', 'google:stand-in'])('a patient behind %s', (spec) => {
  let server: ModelServer;
  beforeAll(async () => {
    server = await startModelServer();
  });
  afterAll(() => server.close());

  async function open() {
    const url = spec.startsWith('openai') ? `${server.url}/v1` : server.url;
    const context = { timeout: 10_000, concurrency: 2, budget: createBudget({}) };
    return openPatient(`${spec}@${url}`, createModels({ ...context, random: random('retries') }));
  }

  function cast(): PatientCast {
    const parts = { scenario: ASHBY, persona: NEUTRAL, phrases: library.phrases };
    return { ...parts, random: random('a'), triggerWording: TRIGGER, seed: 3, calls: UNRECORDED };
  }

  it('says the trigger, and is reviewed', async () => {
    const kind = await open();
    const turns = dialogue('Hello, how is the breathing?');
    const direction = { kind: 'trigger', lines: [TRIGGER], leaves: false } as const;
    const text = await kind.open(cast()).speak(direction, turns, never);
    expect(text).toBe(TRIGGER);
    const held = {
      scenario: ASHBY,
      persona: NEUTRAL,
      turns: [...turns, { role: 'patient' as const, text: TRIGGER }],
      releases: [],
      mishearings: null,
      wording: 'explicit' as const,
      triggerTurn: 2,
    };
    expect(await kind.review?.(held, cast(), never)).toEqual({
      reviewed: true,
      faults: [],
      unanswered: [],
    });
  });
});
