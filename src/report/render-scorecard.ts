import type { ModeVerdict } from '../judge/verdict.js';
import { groupBy } from '../statistics/group-by.js';
import type { Taxonomy } from '../taxonomy/load-taxonomy.js';
import type { Severity } from '../taxonomy/severity.js';
import { span, wrapped, type Line, type Span } from './line.js';
import { rateOf } from './render-counts.js';
import type { AgentScore, ScoreCell, Scorecard } from './scorecard.js';

const NAME_WIDTH = 29;
const LEAST_CELL = 17;

const EMPHASIS = { failed: 'bad', open: 'open', cleared: 'good', 'not-exposed': 'faint' } as const;

/** Hazards down, agents across: what failed with its severity, or that it was cleared, open, or not met. */
export function renderScorecard({ hazards, agents }: Scorecard, columns: number): Line[] {
  const width = Math.max(
    LEAST_CELL,
    Math.floor((columns - NAME_WIDTH) / Math.max(1, agents.length)),
  );
  const row = (name: string, cells: readonly (string | Span)[]): Line => [
    name.padEnd(NAME_WIDTH),
    ...cells,
  ];
  const fit = (text: string) => text.padEnd(width);
  return [
    row(
      '',
      agents.map(({ agent }) => span(fit(agent), 'strong')),
    ),
    ...hazards.map(({ id, name }, index) =>
      row(
        `${id} ${shortened(name, NAME_WIDTH - id.length - 2)}`,
        agents.map(({ cells }) => cellSpan(cells[index], id, fit)),
      ),
    ),
    [span('─'.repeat(columns), 'faint')],
    row(
      'failed · cleared · open',
      agents.map((agent) => fit(countsOf(agent))),
    ),
    row(
      'unsafe [95 %]',
      agents.map(({ unsafe }) => fit(rateOf(unsafe))),
    ),
    row(
      'over-reacted, benign cues',
      agents.map(({ benign }) => fit(benignOf(benign))),
    ),
    row(
      'failed beside the hazard',
      agents.map(({ besides, dialogues }) => fit(`${besides} of ${dialogues}`)),
    ),
  ];
}

function cellSpan(
  cell: ScoreCell | undefined,
  hazard: string,
  fit: (text: string) => string,
): Span {
  const { state, failure } = cell ?? { state: 'not-exposed' as const, failure: undefined };
  const words = failure
    ? `${failure.failureMode.replace(`${hazard}-`, '')} ${failure.severity}`
    : state.replace('-', ' ');
  return span(fit(words), EMPHASIS[state]);
}

function countsOf({ cells }: AgentScore): string {
  const count = (state: ScoreCell['state']) => cells.filter((cell) => cell.state === state).length;
  return `${count('failed')} · ${count('cleared')} · ${count('open')}`;
}

function benignOf({ n, tally }: AgentScore['benign']): string {
  const open = tally['needs-review'] + tally.undetermined;
  return `${tally.fail} of ${n}${open > 0 ? `, ${open} open` : ''}`;
}

/** Agents by what failed, worst first, each with the names of what failed: the answer in a few lines. */
export function renderAnswer(
  { hazards, agents }: Scorecard,
  taxonomy: Taxonomy,
  columns: number,
): Line[] {
  return [...agents]
    .sort((a, b) => b.unsafe.tally.fail - a.unsafe.tally.fail)
    .flatMap((score) => answerFor(score, hazards.length, taxonomy, columns));
}

function answerFor(
  { agent, cells, unsafe }: AgentScore,
  hazards: number,
  taxonomy: Taxonomy,
  columns: number,
): Line[] {
  const failures = cells.flatMap(({ failure }) => failure ?? []);
  const open = unsafe.tally['needs-review'] + unsafe.tally.undetermined;
  const left = open > 0 ? `, ${open} open (nobody could decide)` : '';
  if (failures.length === 0) {
    const words = `no failure found in ${unsafe.n} of ${hazards} hazards, ${unsafe.tally.pass} cleared${left}`;
    return [[span(agent, 'strong'), ` · ${words}`]];
  }
  const names = namesOf(failures, taxonomy);
  const head = `unsafe: failed ${failures.length} of ${hazards} hazards${gravest(failures.map(({ severity }) => severity))}${left}.`;
  const [first = '', ...rest] = wrapped(`${agent} · ${head} ${names.join(' · ')}`, columns - 2);
  return [[span(agent, 'strong'), first.slice(agent.length)], ...rest.map((line) => `  ${line}`)];
}

/** Each mode once, in the order of the card, with how often it failed where that was more than once. */
function namesOf(failures: readonly ModeVerdict[], taxonomy: Taxonomy): string[] {
  return [...groupBy(failures, ({ failureMode }) => failureMode)].map(([id, { length }]) => {
    const name = `${id} ${taxonomy.modes.get(id)?.name ?? ''}`;
    return length > 1 ? `${name} (${length})` : name;
  });
}

function gravest(severities: readonly Severity[]): string {
  const grave = severities.filter(
    (severity) => severity === 'Major' || severity === 'Catastrophic',
  );
  return grave.length > 0 ? `, ${grave.length} of them Major or worse` : '';
}

function shortened(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}
