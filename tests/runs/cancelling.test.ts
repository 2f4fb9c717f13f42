import { describe, expect, it } from 'vitest';
import { functionAgent, type AgentFunction } from '../../src/agents/under-test/module-agent.js';
import { MatrixError } from '../../src/errors.js';
import { openJury } from '../../src/judge/jury/open-jury.js';
import { createLogger } from '../../src/logger.js';
import type { ChatRequest } from '../../src/models/chat-model.js';
import type { Models } from '../../src/models/open-model.js';
import { planSchema } from '../../src/plan/plan.js';
import { executeRun } from '../../src/runs/holding/execute-run.js';
import { openRunModels } from '../../src/runs/holding/run-models.js';
import { prepareRun } from '../../src/runs/holding/start-run.js';
import { library, never } from '../fixtures.js';
import { askedModes, verdictsOn } from '../validity/answering-models.js';
import { clock, dialoguesOf, holdRun, judgeBy, newStore, storedRun } from './judging-fixtures.js';

const logger = createLogger(undefined);
const passing = (request: ChatRequest) => verdictsOn(askedModes(request), 'pass');
const refused = () => new MatrixError('the key was refused', { mend: 'Mend it.' });

/** Models that answer what they are told to; undefined waits until somebody aborts. */
function modelsThat(
  answer: (model: string, request: ChatRequest) => string | Error | undefined,
): Models {
  return {
    open: (name) =>
      Promise.resolve({
        name,
        family: 'test',
        complete: (request, signal) =>
          new Promise((resolve, reject) => {
            const text = answer(name, request);
            if (text instanceof Error) reject(text);
            else if (text === undefined) {
              signal.addEventListener('abort', () => reject(signal.reason as Error));
            } else resolve({ text, finish: 'complete', usage: null, attempts: 1, dropped: [] });
          }),
      }),
  };
}

const juryOf = (judges: string[], models: Models) => openJury({ judges }, library.taxonomy, models);

describe('judging that is cancelled', () => {
  it('ends calls in flight with its reason, and keeps what was answered', async () => {
    const { store, storeFile } = newStore();
    await holdRun(store, { judges: [] });
    const cancel = new AbortController();
    const reason = new MatrixError('enough', { mend: 'Go on.' });
    let asked = 0;
    const halting = modelsThat((_, request) => (++asked === 1 ? passing(request) : undefined));
    const judging = judgeBy({ judges: [] }, await storedRun(store), {
      ...{ store, storeFile, concurrency: 4, signal: cancel.signal },
      judge: await juryOf(['openai:m'], halting),
      onJudged: () => cancel.abort(reason),
    });
    await expect(judging).rejects.toBe(reason);
    expect((await dialoguesOf(store)).filter(({ verdicts }) => verdicts)).toHaveLength(1);

    const before = asked;
    const all = modelsThat((_, request) => ((asked += 1), passing(request)));
    const judge = await juryOf(['openai:m'], all);
    const options = { store, storeFile, judge };
    expect((await judgeBy({ judges: [] }, await storedRun(store), options)).state).toBe('judged');
    expect(asked - before).toBe(3);
  });

  it('ends calls in flight beside one that all further ones would share the fate of', async () => {
    const { store, storeFile } = newStore();
    await holdRun(store, { judges: [] });
    const models = modelsThat((name) => (name === 'openai:bad' ? refused() : undefined));
    const judge = await juryOf(['openai:bad', 'openai:slow'], models);
    const options = { store, storeFile, judge };
    await expect(judgeBy({ judges: [] }, await storedRun(store), options)).rejects.toThrow(
      'the key was refused',
    );
  });
});

describe('a run that is cancelled', () => {
  async function start(answer: AgentFunction, signal: AbortSignal = never) {
    const { store } = newStore();
    const plan = planSchema.parse({
      scenarios: ['H01-D01', 'H01-D02'],
      agents: ['bot=offline:late'],
    });
    const models = openRunModels(plan, logger);
    const prepared = await prepareRun(plan, library, { id: 'r-1', clock, ...models });
    await store.createRun(prepared.record);
    const agents = new Map([['bot', functionAgent(answer)]]);
    const options = { store, clock, concurrency: 2, stop: never, signal, logger };
    const work = executeRun({ ...prepared, agents }, { ...options, onProgress: () => undefined });
    return { store, work };
  }

  it('ends with its reason, and stores no attempt of what was in flight', async () => {
    const cancel = new AbortController();
    const reason = new DOMException('enough', 'AbortError');
    const { store, work } = await start((turns) => {
      if (turns.length === 0) return 'Hello. How are you?';
      cancel.abort(reason);
      return new Promise(() => undefined);
    }, cancel.signal);
    await expect(work).rejects.toBe(reason);
    const dialogues = await dialoguesOf(store);
    expect(dialogues.map(({ attempt }) => attempt)).toEqual([undefined, undefined]);
    const kept = await Promise.all(dialogues.map((key) => store.calls('r-1', key, { take: 1 })));
    expect(kept.flat().length).toBeGreaterThan(0);
  });

  it('ends what is in flight where one dialogue meets what stops all', async () => {
    let asked = 0;
    const { work } = await start(() => {
      asked += 1;
      if (asked === 2) throw refused();
      return new Promise(() => undefined);
    });
    await expect(work).rejects.toThrow('the key was refused');
  });
});
