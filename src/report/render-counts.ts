import type { Interval } from '../statistics/wilson.js';
import type { Taxonomy } from '../taxonomy/load-taxonomy.js';
import type { AgentSummary, HazardRow } from './agent-tally.js';
import { span, type Line, type Span } from './line.js';
import type { Tally, UnsafeRange } from './tally.js';
import { percentRange } from './text-table.js';

/** Up to so large a share of open dialogues a rate stands beside its interval alone. */
export const FEW_OPEN = 0.05;

/** Agents that fit side by side in 80 columns. */
const MOST_AGENTS = 3;
const LEAST_COLUMNS = 60;
const COUNTS = ['fail', 'open', 'clear'] as const;
const COUNT_WIDTH = 6;
const AGENT_WIDTH = COUNT_WIDTH * COUNTS.length;

type Cell = string | Span;

/**
 * How many dialogues failed, are open and were cleared, by hazard, over all failure modes of the
 * hazard: hazards down and agents across, a table for each agent where they are many, a list where
 * the terminal is narrow.
 * @param columns that a line may take
 */
export function renderCounts(
  agents: readonly AgentSummary[],
  taxonomy: Taxonomy,
  columns: number,
): Line[] {
  const keys = [...new Set(agents.flatMap(({ hazards }) => hazards.map(keyOf)))].sort();
  if (columns < LEAST_COLUMNS) return asList(agents, keys, taxonomy);
  if (agents.length === 1 || agents.length > MOST_AGENTS) {
    return agents.flatMap((agent, index) => [
      ...(index > 0 ? [''] : []),
      ...agentTable(agent, keys, taxonomy, columns),
    ]);
  }
  return sideBySide(agents, keys, taxonomy, columns);
}

function sideBySide(
  agents: readonly AgentSummary[],
  keys: readonly string[],
  taxonomy: Taxonomy,
  columns: number,
): Line[] {
  const name = columns - AGENT_WIDTH * agents.length;
  const heads = agents.map(({ agent }) =>
    span(fit(agent, AGENT_WIDTH - 2).padStart(AGENT_WIDTH), 'strong'),
  );
  return [
    [''.padEnd(name), ...heads],
    [fit('Dialogues by hazard', name), ...agents.flatMap(() => COUNTS.map(right))],
    ...keys.map((key) => [
      fit(titleOf(key, taxonomy), name),
      ...agents.flatMap((agent) => countCells(rowOf(agent, key)?.all.tally)),
    ]),
    rule(columns),
    ...totalRows(agents, name),
  ];
}

/** Of one agent, with the share that is unsafe as far as it is known. */
function agentTable(
  agent: AgentSummary,
  keys: readonly string[],
  taxonomy: Taxonomy,
  columns: number,
): Line[] {
  const unsafe = 22;
  const name = Math.min(45, columns - AGENT_WIDTH - unsafe);
  return [
    [
      span(fit(agent.agent, name), 'strong'),
      ...COUNTS.map(right),
      'unsafe [95 %]'.padStart(unsafe),
    ],
    ...keys.map((key) => [
      fit(titleOf(key, taxonomy), name),
      ...countCells(rowOf(agent, key)?.all.tally),
      rateOf(rowOf(agent, key)?.all).padStart(unsafe),
    ]),
    rule(name + AGENT_WIDTH + unsafe),
    ...totalRows([agent], name),
  ];
}

function asList(
  agents: readonly AgentSummary[],
  keys: readonly string[],
  taxonomy: Taxonomy,
): Line[] {
  return keys.flatMap((key): Line[] => [
    [span(titleOf(key, taxonomy), 'strong')],
    ...agents.map((agent): Line => {
      const tally = rowOf(agent, key)?.all.tally;
      return [`  ${agent.agent}: `, ...(tally ? countWords(tally) : ['not exposed'])];
    }),
  ]);
}

/** In words: "4 failed, 6 open, 0 cleared of 10". */
export function countWords(tally: Tally): Cell[] {
  const { failed, open, clear, n } = countsOf(tally);
  return [
    emphasise(`${failed} failed`, failed, 'bad'),
    ', ',
    emphasise(`${open} open`, open, 'open'),
    ', ',
    emphasise(`${clear} cleared`, clear, 'good'),
    ` of ${n}`,
  ];
}

function countsOf(tally: Tally) {
  const open = tally['needs-review'] + tally.undetermined;
  return { failed: tally.fail, open, clear: tally.pass, n: tally.fail + open + tally.pass };
}

function countCells(tally: Tally | undefined): Cell[] {
  if (!tally) return COUNTS.map(() => span(right('–'), 'faint'));
  const { failed, open, clear } = countsOf(tally);
  return [
    emphasise(right(String(failed)), failed, 'bad'),
    emphasise(right(String(open)), open, 'open'),
    emphasise(right(String(clear)), clear, 'good'),
  ];
}

function emphasise(text: string, count: number, emphasis: Span['emphasis']): Span {
  return span(text, count === 0 ? 'faint' : emphasis);
}

/** What every agent's dialogues came to, over all hazards. */
function totalRows(agents: readonly AgentSummary[], name: number): Line[] {
  const width = AGENT_WIDTH;
  const standing = (key: keyof AgentSummary['standings']): Line[] => {
    const counts = agents.map(({ standings }) => standings[key]);
    if (counts.every((count) => count === 0)) return [];
    return [
      [fit(key.replace('-', ' '), name), ...counts.map((count) => String(count).padStart(width))],
    ];
  };
  return [
    [
      span(fit('All hazards', name), 'strong'),
      ...agents.flatMap((agent) => countCells(totalOf(agent))),
    ],
    [
      span(fit('All, cross-cutting too', name), 'strong'),
      ...agents.flatMap(({ any }) => countCells(any.tally)),
    ],
    ...standing('not-exposed'),
    ...standing('invalid'),
    ...standing('incomplete'),
  ];
}

/** Over hazards and hard negatives. */
function totalOf({ hazards }: Pick<AgentSummary, 'hazards'>): Tally {
  const total: Tally = { fail: 0, 'needs-review': 0, undetermined: 0, pass: 0 };
  for (const { all } of hazards) {
    total.fail += all.tally.fail;
    total['needs-review'] += all.tally['needs-review'];
    total.undetermined += all.tally.undetermined;
    total.pass += all.tally.pass;
  }
  return total;
}

/** A rate with its interval where few are open, else from the failures found to those possible. */
export function rateOf(range: UnsafeRange | undefined): string {
  if (!range || range.n === 0) return '–';
  const { low, high, interval } = range;
  const share = percentRange(low, high - low <= FEW_OPEN ? low : high);
  return `${share} [${bounds(interval)}]`;
}

/** "2–31", in per cent. */
export function bounds({ low, high }: Interval): string {
  return `${Math.round(low * 100)}–${Math.round(high * 100)}`;
}

function rowOf({ hazards }: AgentSummary, key: string): HazardRow | undefined {
  return hazards.find((row) => keyOf(row) === key);
}

function keyOf({ hazard, hardNegatives }: HazardRow): string {
  return hardNegatives ? `${hazard}-N` : hazard;
}

function titleOf(key: string, taxonomy: Taxonomy): string {
  const id = key.replace(/-N$/, '');
  if (key.endsWith('-N')) return `${id} hard negatives`;
  const name = taxonomy.hazards.find((hazard) => hazard.id === id)?.name ?? '';
  return id === 'none' ? 'no hazard named or found' : `${id} ${name}`;
}

function right(text: string): string {
  return text.padStart(COUNT_WIDTH);
}

function rule(width: number): Line {
  return [span('─'.repeat(width), 'faint')];
}

function fit(text: string, width: number): string {
  return text.length < width ? text.padEnd(width) : `${text.slice(0, Math.max(0, width - 2))}… `;
}
