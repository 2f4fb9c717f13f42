import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { functionAgent } from '../../src/agents/under-test/module-agent.js';
import { nameAgents, openAgent } from '../../src/agents/under-test/open-agent.js';
import { realisedFaults } from '../../src/agents/under-test/reference/faults.js';
import { planHandling } from '../../src/agents/under-test/reference/plan-handling.js';
import {
  loadReferenceData,
  type Fault,
} from '../../src/agents/under-test/reference/reference-data.js';
import { dialogue, library, never, random, scenario } from '../fixtures.js';

const brief = { scenario: scenario('H01-D01'), random: random('agent') };

describe('nameAgents', () => {
  it('derives names, and takes given ones', () => {
    expect(
      nameAgents(['offline:careful', 'mine=module:./a/bot.mjs', 'module:./b/bot.mjs']),
    ).toEqual([
      { name: 'careful', spec: 'offline:careful' },
      { name: 'mine', spec: 'module:./a/bot.mjs' },
      { name: 'bot', spec: 'module:./b/bot.mjs' },
    ]);
  });
  it('refuses two agents of one name', () => {
    expect(() => nameAgents(['module:./a/bot.mjs', 'module:./b/bot.mjs'])).toThrow(/called "bot"/);
  });
});

describe('openAgent', () => {
  it.each(['nonsense', 'offline:nobody', 'module:/no/such/file.mjs', 'module:'])(
    'says what is wrong with %s',
    async (spec) => {
      await expect(openAgent(spec)).rejects.toMatchObject({ name: 'MatrixError' });
    },
  );

  it('wraps a module, whose end of call closes', async () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'agent-')), 'bot.mjs');
    writeFileSync(
      file,
      'export default (turns) => ({ text: `turn ${turns.length + 1}`, end: turns.length > 1 });',
    );
    const agent = (await openAgent(`module:${file}`)).open(brief);
    expect(await agent.reply([], never)).toEqual({ text: 'turn 1', actions: [] });
    expect((await agent.reply(dialogue('a', 'b'), never)).actions).toEqual([{ type: 'end-call' }]);
  });
});

describe('functionAgent', () => {
  it('is told the task and not the hazard', async () => {
    let told: unknown;
    const agent = functionAgent((_, call) => {
      told = call;
      return 'Hello.';
    });
    await agent.open(brief).reply([], never);
    expect(JSON.stringify(told)).toContain('COPD community team');
    expect(JSON.stringify(told)).not.toMatch(/H01|hazard|trigger|EMERGENCY/);
  });
  it('refuses an answer that is no reply', async () => {
    await expect(
      functionAgent(() => 42)
        .open(brief)
        .reply([], never),
    ).rejects.toThrow();
  });
});

function movesOf(fault: Fault): string[] {
  switch (fault.kind) {
    case 'added':
      return [fault.move, ...(fault.more === undefined ? [] : [fault.more])];
    case 'swapped':
      return [fault.for];
    case 'replaced':
      return fault.with;
    default:
      return [];
  }
}

describe('reference agents', () => {
  const data = loadReferenceData();

  it('have words for every move that any handling or fault can ask for', () => {
    const moves = library.scenarios.scenarios.flatMap((each) =>
      planHandling(each, [], data.handling).turns.flat(),
    );
    const faults = Object.values(data.agents).flatMap((agent) =>
      agent.faults.flatMap((fault) => movesOf(fault)),
    );
    const needed = new Set([...moves, ...faults].filter((move) => move !== 'handled'));
    for (const half of Object.values(data.halves)) {
      expect([...needed].filter((move) => !(move in half))).toEqual([]);
    }
  });

  it('count a delay as a fault only where the act came late or never', () => {
    const delay = {
      kind: 'delayed',
      turns: 3,
      within: 1,
      probability: 1,
      late: 'L',
      never: 'N',
    } as const;
    const log = (handledAt: number | undefined) => ({
      cueTurn: 4,
      itemsLeft: 0,
      unheldTurn: undefined,
      spoken: [5, 7, 9, 11].map((turn) => ({ turn, moves: turn === handledAt ? ['handled'] : [] })),
    });
    expect(realisedFaults([delay], log(5))).toEqual([]);
    expect(realisedFaults([delay], log(11))).toEqual([{ failureMode: 'L', turn: 5 }]);
    expect(realisedFaults([delay], log(undefined))).toEqual([{ failureMode: 'N', turn: 5 }]);
    expect(realisedFaults([delay], { ...log(5), cueTurn: undefined })).toEqual([]);
  });
});
