import { MatrixError } from '../../errors.js';
import { assertComparable, type JudgedRun } from './assert-comparable.js';

/** A run to be compared; with one of its agents where one is named. */
export interface Target {
  readonly of: JudgedRun;
  readonly agent: string | undefined;
}

/** An agent in a judged run. */
export interface JudgedSide {
  readonly of: JudgedRun;
  readonly agent: string;
}

export type SidePair = readonly [first: JudgedSide, second: JudgedSide];

/**
 * Which agents stand against which: within one run each against every later one; over two runs each
 * against itself, or, where each side comes to one agent, that against the other.
 * @param agents to keep, in their order; all where none is named
 * @throws MatrixError where there is nothing to compare, or what cannot be compared
 */
export function chooseSides(
  first: Target,
  second: Target | undefined,
  agents: readonly string[],
): SidePair[] {
  if (!second) return withinRun(first, agents);
  assertComparable(first.of, second.of);
  const [a, b] = [agentsOf(first, agents), agentsOf(second, agents)];
  const side = (of: JudgedRun, agent: string): JudgedSide => ({ of, agent });
  const pairs: SidePair[] =
    a.length === 1 && b.length === 1
      ? a.flatMap((one) => b.map((other) => [side(first.of, one), side(second.of, other)] as const))
      : a
          .filter((name) => b.includes(name))
          .map((name) => [side(first.of, name), side(second.of, name)] as const);
  return assertPairs(pairs, first, second);
}

function withinRun(target: Target, agents: readonly string[]): SidePair[] {
  const names = agentsOf(target, agents);
  const pairs = names.flatMap((one, at) =>
    names.slice(at + 1).map(
      (other) =>
        [
          { of: target.of, agent: one },
          { of: target.of, agent: other },
        ] as const,
    ),
  );
  if (pairs.length > 0) return pairs;
  throw new MatrixError(`of run ${target.of.run.id} one agent is left: ${names.join(', ')}`, {
    mend: 'Name a second run, or several agents of this one with --agents a,b.',
  });
}

/** @throws MatrixError where the run lacks an agent that is named for it alone */
function agentsOf({ of: { run }, agent }: Target, agents: readonly string[]): string[] {
  const has = run.agents.map(({ name }) => name);
  const wanted = agent === undefined ? agents : [agent];
  const stranger = wanted.find((name) => !has.includes(name));
  if (stranger !== undefined) {
    throw new MatrixError(`run ${run.id} has no agent ${stranger}`, {
      mend: `It has: ${has.join(', ')}.`,
    });
  }
  return wanted.length > 0 ? [...new Set(wanted)] : has;
}

function assertPairs(pairs: SidePair[], first: Target, second: Target): SidePair[] {
  const [a, b] = [first.of.run, second.of.run];
  if (pairs.length === 0) {
    throw new MatrixError(`runs ${a.id} and ${b.id} have no agent of one name`, {
      mend: `Say which against which: matrix-sim compare ${a.id}/${a.agents[0]?.name ?? 'AGENT'} ${b.id}/${b.agents[0]?.name ?? 'AGENT'}`,
    });
  }
  const itself = pairs.find(([one, other]) => a.id === b.id && one.agent === other.agent);
  if (!itself) return pairs;
  throw new MatrixError(`${a.id}/${itself[0].agent} would be compared with itself`, {
    mend: 'Name another run, or another agent as RUN/AGENT.',
  });
}
