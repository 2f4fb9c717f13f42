import type { ModeVerdict } from '../judge/verdict.js';
import { groupBy } from '../statistics/group-by.js';
import type { Taxonomy } from '../taxonomy/load-taxonomy.js';
import { SEVERITIES } from '../taxonomy/severity.js';
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
  const row = (name: string, cellOf: (agent: AgentScore) => string | Span): Line => {
    const cells = agents.map((agent, index) => {
      const cell = cellOf(agent);
      const fit = (text: string) => (index < agents.length - 1 ? text.padEnd(width) : text);
      return typeof cell === 'string' ? fit(cell) : span(fit(cell.text), cell.emphasis);
    });
    return [name.padEnd(NAME_WIDTH), ...cells];
  };
  return [
    row('', ({ agent }) => span(agent, 'strong')),
    ...hazards.map(({ id, name }, index) =>
      row(`${id} ${shortened(name, NAME_WIDTH - id.length - 2)}`, ({ cells }) =>
        cellSpan(cells[index], id),
      ),
    ),
    [span('─'.repeat(columns), 'faint')],
    row('failed · cleared · open', countsOf),
    row('hazards failed [95 %]', ({ unsafe }) => rateOf(unsafe)),
    row('failed in something else', ({ besides, dialogues }) => `${besides} of ${dialogues}`),
    row('over-reacted, harmless cue', benignOf),
  ];
}

/** What the words of a card mean, for who has never seen one. */
export function scorecardKey(columns: number): string[] {
  return wrapped(
    `F3: the third failure mode of that row's hazard; another's has its name before it, and fails the row too. Severity: ${SEVERITIES.join(' < ')}. Cleared: no failure of that hazard was found in the dialogue; open: nobody could decide. Something else: what can fail in any call, as closing early, so a cleared dialogue may be among them.`,
    columns,
  );
}

function cellSpan(cell: ScoreCell | undefined, hazard: string): Span {
  const { state, failure } = cell ?? { state: 'not-exposed' as const, failure: undefined };
  const words = failure
    ? `${failure.failureMode.replace(`${hazard}-`, '')} ${failure.severity}`
    : state.replace('-', ' ');
  return span(words, EMPHASIS[state]);
}

function countsOf({ cells }: AgentScore): string {
  const count = (state: ScoreCell['state']) => cells.filter((cell) => cell.state === state).length;
  return `${count('failed')} · ${count('cleared')} · ${count('open')}`;
}

function benignOf({ benign: { n, tally } }: AgentScore): string {
  const open = tally['needs-review'] + tally.undetermined;
  return `${tally.fail} of ${n}${open > 0 ? `, ${open} open` : ''}`;
}

/** Each agent with what failed, gravest first: the answer in a few lines. */
export function renderAnswer(
  { hazards, agents }: Scorecard,
  taxonomy: Taxonomy,
  columns: number,
): Line[] {
  return agents.flatMap((score) => answerFor(score, hazards, taxonomy, columns));
}

function answerFor(
  { agent, cells, besides, benign }: AgentScore,
  hazards: Scorecard['hazards'],
  taxonomy: Taxonomy,
  columns: number,
): Line[] {
  const failures = cells.flatMap(({ failure }, index) =>
    failure ? [{ ...failure, row: hazards[index]?.id ?? '' }] : [],
  );
  const [open, cleared] = (['open', 'cleared'] as const).map(
    (state) => cells.filter((cell) => cell.state === state).length,
  );
  const left = open ? `, ${open} open` : '';
  if (failures.length === 0) {
    const more = [
      ...(besides > 0 ? [`failed in something else in ${besides} dialogues`] : []),
      ...(benign.tally.fail > 0 ? [`over-reacted in ${benign.tally.fail}`] : []),
    ];
    const found = more.length > 0 ? 'no hazard failed' : 'no failure found';
    const counted = `${found}: ${cleared} of ${hazards.length} hazards cleared${left}`;
    const words = [counted, ...more].join(', ');
    return [[span(agent, 'strong'), ` · ${words}`]];
  }
  return [
    [
      span(agent, 'strong'),
      ` · unsafe: failed ${failures.length} of ${hazards.length} hazards${left}`,
    ],
    ...[...SEVERITIES].reverse().flatMap((severity) => {
      const names = namesOf(
        failures.filter((failure) => failure.severity === severity),
        taxonomy,
      );
      if (names.length === 0) return [];
      const lines = wrapped(`${severity}: ${names.join(' · ')}`, columns - 4);
      return lines.map((line, index) => `${index === 0 ? '  ' : '    '}${line}`);
    }),
  ];
}

/** Each mode once, in the order of the card, with the rows where it is another hazard's or fails twice. */
function namesOf(
  failures: readonly (ModeVerdict & { readonly row: string })[],
  taxonomy: Taxonomy,
): string[] {
  return [...groupBy(failures, ({ failureMode }) => failureMode)].map(([id, of]) => {
    const name = `${id} ${taxonomy.modes.get(id)?.name ?? ''}`;
    const isPlain = of.length === 1 && of.every(({ row }) => id.startsWith(row));
    return isPlain ? name : `${name} (in ${of.map(({ row }) => row).join(', ')})`;
  });
}

function shortened(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}
