import { describe, expect, it } from 'vitest';
import { nameAgents, openAgent } from '../../src/agents/under-test/open-agent.js';
import { realisedFaults } from '../../src/agents/under-test/reference/faults.js';
import { caseNow } from '../../src/agents/under-test/reference/case-now.js';
import { planHandling } from '../../src/agents/under-test/reference/plan-handling.js';
import {
  loadReferenceData,
  type Fault,
} from '../../src/agents/under-test/reference/reference-data.js';
import { WORDINGS } from '../../src/scenarios/scenario.js';
import { library } from '../fixtures.js';
import { context } from './agent-context.js';

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
  it.each([
    ['openai:gpt-5-mini', 'gpt-5-mini'],
    ['openai:gpt-4.1@http://127.0.0.1:8000/v1', 'gpt-4.1'],
    ['openai:meta-llama/Llama-3.3-70B@http://127.0.0.1:8000/v1', 'Llama-3.3-70B'],
    ['google:gemini-2.5-pro', 'gemini-2.5-pro'],
    ['langchain:anthropic:claude-sonnet-4-5', 'claude-sonnet-4-5'],
    ['http:./bots/my-bot.yaml', 'my-bot'],
    ['command:python3 bots/triage.py --fast', 'triage'],
    ['command:"./run-bot --port 80"', 'run-bot'],
    ['bot', 'bot'],
  ])('calls %s %s', (spec, name) => {
    expect(nameAgents([spec])).toEqual([{ name, spec }]);
  });
  it.each(['..=offline:careful', '.=offline:careful', 'module:..'])(
    'refuses %s, whose name would lead out of a folder',
    (text) => {
      expect(() => nameAgents([text])).toThrow(/cannot be the name of an agent/);
    },
  );

  it('refuses two agents of one name', () => {
    expect(() => nameAgents(['module:./a/bot.mjs', 'module:./b/bot.mjs'])).toThrow(/called "bot"/);
  });
});

describe('openAgent', () => {
  it.each([
    'nonsense',
    'offline:nobody',
    'module:/no/such/file.mjs',
    'module:',
    'command:',
    'http:/no/such/file.yaml',
    'openai:',
    'langchain:anthropic',
  ])('says what is wrong with %s', async (spec) => {
    await expect(openAgent(spec, context)).rejects.toMatchObject({ name: 'MatrixError' });
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

/** Moves whose words come from the case, or that become another move. */
const FITTED = [
  ...['advice', 'answer', 'answer-cue', 'cue-question', 'hear-again', 'heed-belief'],
  ...['question-beside', 'hear-spelling', 'spelled', 'offer-outcome'],
];

describe('reference agents', () => {
  const data = loadReferenceData();

  it('have words for every move that any handling or fault can ask for', () => {
    const { handling, raised, endings, duties } = data.rules;
    const cases = library.scenarios.scenarios.flatMap((each) =>
      WORDINGS.map((wording) =>
        caseNow(each, { wording, facts: new Set(each.ledger.map(({ id }) => id)) }),
      ),
    );
    const planned = cases.flatMap((now) =>
      [handling, raised].flatMap((rules) => planHandling(now, [], rules).turns.flat()),
    );
    const closing = endings.flatMap(({ accepted = [], otherwise, question }) => [
      ...accepted,
      ...otherwise,
      question,
    ]);
    const moves = [...planned, ...closing, ...Object.values(duties)].filter(
      (move) => !FITTED.includes(move),
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
