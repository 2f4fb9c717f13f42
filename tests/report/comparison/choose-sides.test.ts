import { describe, expect, it } from 'vitest';
import { MatrixError } from '../../../src/errors.js';
import {
  otherDifferences,
  type JudgedRun,
} from '../../../src/report/comparison/assert-comparable.js';
import { chooseSides, type SidePair } from '../../../src/report/comparison/choose-sides.js';
import type { Content, RunRecord } from '../../../src/store/run-record.js';
import { runRecord } from '../../contracts/run-store.contract.js';

const content = (name: string, fingerprint: string): Content => ({
  name,
  decides: name === 'taxonomy' ? 'verdicts' : 'transcripts',
  fingerprint,
});

interface Differing {
  readonly scenarios?: string;
  readonly taxonomy?: string;
  readonly judge?: string;
  readonly plan?: Partial<RunRecord['plan']>;
}

function judged(
  id: string,
  agents: readonly string[],
  { scenarios = 's', taxonomy = 't', judge = 'j', plan = {} }: Differing = {},
): JudgedRun {
  const record = runRecord(id);
  const run: RunRecord = {
    ...record,
    plan: { ...record.plan, ...plan },
    agents: agents.map((name) => ({ name, spec: `offline:${name}` })),
    contents: [content('scenarios', scenarios), content('taxonomy', taxonomy)],
  };
  const judging = {
    id: `j-${judge}`,
    createdAt: '2026-11-24T09:00:00.000Z',
    judgeFingerprint: `${judge} ${taxonomy}`,
    jurors: ['deterministic'],
    decides: [],
    nonce: null,
    second: null,
    policy: null,
  };
  return { run, judging };
}

const target = (of: JudgedRun, agent?: string) => ({ of, agent });
const inWords = (pairs: readonly SidePair[]) =>
  pairs.map((pair) => pair.map(({ of, agent }) => `${of.run.id}/${agent}`).join(' '));

function refusal(choose: () => unknown): string {
  try {
    choose();
  } catch (error) {
    if (error instanceof MatrixError) return `${error.message} ${error.mend}`;
  }
  throw new Error('nothing was refused');
}

describe('sides', () => {
  const one = target(judged('r', ['a', 'b', 'c']));

  it('of one run are its agents two by two, those named alone, in their order', () => {
    expect(inWords(chooseSides(one, undefined, []))).toEqual(['r/a r/b', 'r/a r/c', 'r/b r/c']);
    expect(inWords(chooseSides(one, undefined, ['c', 'a']))).toEqual(['r/c r/a']);
  });

  it('of two runs are agents of one name', () => {
    const other = target(judged('s', ['b', 'c', 'd']));
    expect(inWords(chooseSides(one, other, []))).toEqual(['r/b s/b', 'r/c s/c']);
    expect(inWords(chooseSides(one, other, ['c']))).toEqual(['r/c s/c']);
  });

  it('are any two where each run comes to one agent', () => {
    const other = target(judged('s', ['new']));
    expect(inWords(chooseSides(target(one.of, 'a'), other, []))).toEqual(['r/a s/new']);
  });

  it.each([
    [
      'one agent alone',
      () => chooseSides(one, undefined, ['a']),
      /one agent is left: a .*--agents/,
    ],
    ['a stranger', () => chooseSides(one, undefined, ['z']), /no agent z It has: a, b, c/],
    [
      'no common name',
      () => chooseSides(one, target(judged('s', ['x', 'y'])), []),
      /compare r\/a s\/x/,
    ],
    [
      'a side against itself',
      () => chooseSides(one, one, []),
      /r\/a would be compared with itself/,
    ],
  ])('are refused with a mend: %s', (_, choose, message) => {
    expect(refusal(choose)).toMatch(message);
  });
});

describe('runs', () => {
  const compare = (differing: Differing) =>
    chooseSides(target(judged('r', ['a'])), target(judged('s', ['a'], differing)), []);

  it.each([
    [
      'scenarios',
      { scenarios: 'other' },
      /differ in scenarios: r has s, s has other .*--scenario-library/,
    ],
    ['taxonomy', { taxonomy: 'other' }, /differ in taxonomy: r has t, s has other .*--taxonomy/],
    [
      'judges',
      { judge: 'k' },
      /r \(deterministic; j-j\) and s \(deterministic; j-k\).*judge run .*--judging/,
    ],
  ])('of different %s are refused with the reason', (_, differing, message) => {
    expect(refusal(() => compare(differing))).toMatch(message);
  });

  it('that differ in the patient compare, and it is said', () => {
    const [first, second] = [
      judged('r', ['a']),
      judged('s', ['a'], { plan: { patient: 'openai:m' } }),
    ];
    expect(otherDifferences(first, second).join()).toContain('also differ in: patient.');
    expect(otherDifferences(first, first)).toEqual([]);
  });
});
