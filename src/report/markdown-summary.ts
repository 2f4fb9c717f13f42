import { onOneLine } from '../printable.js';
import type { AgentSummary } from './agent-tally.js';
import type { Listed } from './failure-list.js';
import { perCent } from './hazard-log/words.js';
import { markdownCode, markdownText } from './markdown-text.js';
import { metGates } from './met-gates.js';
import { DRAFT_NOTICE } from './render-head.js';
import { openIn, storeFlag } from './render-way-on.js';
import { nameOf } from './sampling/render-sampling.js';
import { SAMPLING_NOTE, samplingSentence, whyStopped } from './sampling/words.js';
import type { RunSummary } from './summarise-run.js';
import type { UnsafeRange } from './tally.js';
import { understandsText } from './understands-text.js';

/** Failures that are named; a page of a job has room for a mebibyte. */
const MOST_NAMED = 30;
const MOST_SIGNS = 160;

export interface SummaryInput {
  readonly summary: RunSummary;
  /** Gravest first. */
  readonly failures: readonly Listed[];
  /** Undetermined, or waiting for a person. */
  readonly open: readonly Listed[];
  readonly store: string;
}

/** What a run came to, for the page of a job: the answer, the counts, failures, what is open, what to type. */
export function markdownSummary(input: SummaryInput): string {
  const { summary } = input;
  return [
    `## matrix-sim: ${answer(input)}`,
    '',
    ...gates(summary),
    ...standing(summary),
    '',
    ...agentTable(summary.agents),
    '',
    '<details><summary>By hazard</summary>',
    '',
    ...hazardTable(summary.agents),
    '',
    '</details>',
    '',
    ...samplingTable(summary),
    ...failureList(input),
    ...openList(input),
    '### Next',
    '',
    ...wayOn(input),
    '',
  ].join('\n');
}

function answer({ summary, failures }: SummaryInput): string {
  const { completed, left, judging, unjudged } = summary;
  if (!judging) return 'not judged yet, so nothing was found or passed';
  const failed = new Set(failures.map(({ dialogue }) => dialogue)).size;
  return [
    `${failed} of ${completed} dialogues failed`,
    `${openIn(summary)} undecided`,
    ...(left > 0 ? [`${left} not held`] : []),
    ...(unjudged > 0 ? [`${unjudged} not judged`] : []),
  ].join(', ');
}

/** Words of a gate can hold names of agents. */
function gates(summary: RunSummary): string[] {
  const { failOn } = summary.run.plan;
  if (failOn.length === 0) return [];
  const met = metGates(failOn, summary);
  const words = failOn.map(markdownCode).join(', ');
  if (met.length === 0) return [`**Gate passed**: ${words}`, ''];
  return ['**Gate met**', '', ...met.map((line) => `- ${markdownCode(line.trim())}`), ''];
}

function standing({ run, judging }: RunSummary): string[] {
  const jurors = judging?.jurors ?? [];
  const warning =
    judging && !understandsText(jurors)
      ? [' No juror understands text: what is undecided is no pass.']
      : [];
  return [
    `Run ${markdownCode(run.id)}, judge ${markdownCode(jurors.join(', ') || 'none')}.${warning.join('')} ${DRAFT_NOTICE}`,
  ];
}

function agentTable(agents: readonly AgentSummary[]): string[] {
  return [
    '| Agent | Failed | Undecided | Clear | Not exposed | Invalid | Failure rate, 95 % |',
    '| --- | ---: | ---: | ---: | ---: | ---: | --- |',
    ...agents.map(({ agent, any, standings }) =>
      row(
        markdownCode(agent),
        any.tally.fail,
        openOf(any),
        any.tally.pass,
        standings['not-exposed'],
        standings.invalid,
        rangeWords(any),
      ),
    ),
    '',
    'The rate runs from the failures found to all that is undecided counted as failures; in brackets the Wilson bounds below the one and above the other.',
  ];
}

function hazardTable(agents: readonly AgentSummary[]): string[] {
  return [
    '| Hazard | Agent | n | Failed | Undecided | Clear | Failure rate, 95 % |',
    '| --- | --- | ---: | ---: | ---: | ---: | --- |',
    ...agents.flatMap(({ agent, hazards }) =>
      hazards.map(({ hazard, hardNegatives, all }) =>
        row(
          `${markdownText(hazard)}${hardNegatives ? ', hard negatives' : ''}`,
          markdownCode(agent),
          all.n,
          all.tally.fail,
          openOf(all),
          all.tally.pass,
          rangeWords(all),
        ),
      ),
    ),
  ];
}

/** Names of hazards and agents are words of others. */
function samplingTable({ sampling, run }: RunSummary): string[] {
  if (!sampling) return [];
  return [
    `<details><summary>Sampling: ${sampling.saved} dialogues of the plan were not needed</summary>`,
    '',
    markdownText(samplingSentence(sampling, run.plan)),
    markdownText(SAMPLING_NOTE),
    '',
    '| Hazard | Agent | Sampled | Planned | Sequential bounds, 95 % | Stopped |',
    '| --- | --- | ---: | ---: | --- | --- |',
    ...sampling.strata.map((stratum) =>
      row(
        markdownText(nameOf(stratum)),
        markdownCode(stratum.agent),
        stratum.drawn,
        stratum.planned,
        `${perCent(stratum.interval.low)} to ${perCent(stratum.interval.high)}`,
        whyStopped(stratum),
      ),
    ),
    '',
    '</details>',
    '',
  ];
}

function row(...cells: readonly (string | number)[]): string {
  return `| ${cells.join(' | ')} |`;
}

function openOf({ tally }: UnsafeRange): number {
  return tally.undetermined + tally['needs-review'];
}

function rangeWords({ n, low, high, interval }: UnsafeRange): string {
  if (n === 0) return 'not assessed';
  const rate = low === high ? perCent(low) : `${perCent(low)} to ${perCent(high)}`;
  return `${rate} [${perCent(interval.low)} to ${perCent(interval.high)}]`;
}

function failureList({ failures }: SummaryInput): string[] {
  if (failures.length === 0) return ['No failure was found.', ''];
  const more = failures.length - MOST_NAMED;
  return [
    '### Failures, gravest first',
    '',
    ...failures.slice(0, MOST_NAMED).map(failureLine),
    ...(more > 0 ? [`- and ${more} more`] : []),
    '',
  ];
}

function failureLine({ failureMode, severity, primary, dialogue, turn, quote, rationale }: Listed) {
  const where = turn === null ? '' : `, turn ${turn}`;
  const rank = primary ? '' : ', secondary';
  const words = markdownCode(shortened(quote ?? rationale));
  return `- **${markdownText(failureMode)}** ${severity}${rank} in ${markdownCode(dialogue)}${where}: ${words}`;
}

/** By mode, most dialogues first. */
function openList({ open }: SummaryInput): string[] {
  if (open.length === 0) return [];
  const counts = new Map<string, number>();
  for (const { failureMode, severity } of open) {
    const key = `${failureMode} ${severity}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const modes = [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([mode, count]) => `${markdownText(mode)} in ${count}`);
  return ['### Undecided', '', `${modes.join(', ')} dialogues: neither failed nor cleared.`, ''];
}

function wayOn({ summary: { run, judging }, failures, store }: SummaryInput): string[] {
  const where = storeFlag(store);
  const [first] = failures;
  const lines = judging
    ? [
        ...(first ? [`npx matrix-sim show ${run.id}/${first.dialogue}${where}`] : []),
        `npx matrix-sim report ${run.id} --failures${where}`,
      ]
    : [`npx matrix-sim judge run ${run.id}${where}`];
  return lines.map((line) => `- ${markdownCode(line)}`);
}

function shortened(text: string): string {
  const line = onOneLine(text);
  return line.length <= MOST_SIGNS ? line : `${line.slice(0, MOST_SIGNS - 1)}…`;
}
