import { dialogueId } from '../../store/run-record.js';
import type { Taxonomy } from '../../taxonomy/load-taxonomy.js';
import { compareSeverity } from '../../taxonomy/severity.js';
import type { AgentSummary, HazardRow } from '../agent-tally.js';
import type { FailureGroup } from '../failure-groups.js';
import { openIn, whoDecides } from '../render-way-on.js';
import type { RunSummary } from '../summarise-run.js';
import type { UnsafeRange } from '../tally.js';
import { understandsText } from '../understands-text.js';
import type { SeverityBar } from './severity-bars.js';

/** The agent and hazard of which most is known to fail, of all pairs, with the words on which that rests. */
export interface Worst {
  readonly agent: string;
  readonly hazard: string;
  readonly name: string;
  /** Over the hazard's own modes, as in the report's row. */
  readonly range: UnsafeRange;
  /** The gravest of its failures there; the first dialogue with it. */
  readonly evidence: (FailureGroup & { readonly dialogue: string }) | undefined;
}

/** Agents by what is known to fail in them, over every mode: by the lower bound, so that few do not weigh as many. */
export function worstFirst(agents: readonly AgentSummary[]): AgentSummary[] {
  return [...agents].sort((a, b) => b.any.interval.low - a.any.interval.low);
}

/** Undefined where nothing failed by a mode of a hazard. */
export function worstOf(
  { agents, failures }: Pick<RunSummary, 'agents' | 'failures'>,
  { hazards }: Pick<Taxonomy, 'hazards'>,
): Worst | undefined {
  const row = worstRow(
    agents.flatMap(({ agent, hazards: rows }) => rows.map((each) => ({ agent, ...each }))),
  );
  if (!row) return undefined;
  const hazard = hazards.find(({ id }) => id === row.hazard);
  const modes = new Set(hazard?.modes.map(({ id }) => id));
  const group = failures.find(
    ({ agent, failureMode }) => agent === row.agent && modes.has(failureMode),
  );
  return {
    ...{ agent: row.agent, hazard: row.hazard, name: hazard?.name ?? '', range: row.all },
    evidence: group && { ...group, dialogue: dialogueId(group.first) },
  };
}

/** Of all agents' rows. Hard negatives apart: what fails there is another thing. */
function worstRow<Row extends HazardRow>(rows: readonly Row[]): Row | undefined {
  return rows
    .filter(({ hardNegatives, all }) => !hardNegatives && all.tally.fail > 0)
    .sort((a, b) => b.all.interval.low - a.all.interval.low)[0];
}

/** What a run came to, in one sentence: each agent, worst first. */
export function answerOf(
  { agents, judging }: Pick<RunSummary, 'agents' | 'judging'>,
  bars: readonly SeverityBar[],
): string {
  if (!judging) return 'Nobody has judged this run yet, so nothing of it has failed or passed.';
  return `${worstFirst(agents)
    .map((agent) => partOf(agent, bars))
    .join('; ')}.`;
}

/** What is undecided means, and who can decide it; empty where nothing is. */
export function meaningOf(summary: RunSummary): string[] {
  if (!summary.judging || openIn(summary) === 0) return [];
  const rules = understandsText(summary.judging.jurors)
    ? ''
    : 'Rules alone judged, which read what is recorded and counted. ';
  return [
    `${rules}What is undecided has neither failed nor been cleared: it is no pass.`,
    whoDecides(summary),
  ];
}

/** The agent with most failures of the gravest severity that was found; undefined where none was. */
export function gravestOf(bars: readonly SeverityBar[]): SeverityBar | undefined {
  return bars
    .filter(({ failures }) => failures > 0)
    .sort((a, b) => compareSeverity(b.severity, a.severity) || b.failures - a.failures)[0];
}

function partOf({ agent, any }: AgentSummary, bars: readonly SeverityBar[]): string {
  const { n, tally } = any;
  const undecided = undecidedIn(any);
  if (n === 0) return `of ${agent} nothing was judged`;
  if (tally.fail > 0) {
    const least = undecided > 0 ? 'at least ' : '';
    const left = undecided > 0 ? ` (${undecided} undecided)` : '';
    return `${agent} failed ${least}${tally.fail} of ${n} dialogues${left}${gravestIn(agent, bars)}`;
  }
  if (undecided === 0) return `${agent} failed none of ${n} dialogues`;
  return `${agent} failed none of ${n - undecided} decided dialogues, ${undecided} undecided: this judge cannot clear it`;
}

function gravestIn(agent: string, bars: readonly SeverityBar[]): string {
  const gravest = gravestOf(bars.filter((bar) => bar.agent === agent));
  return gravest ? `, ${gravest.dialogues.length} of them with a ${gravest.severity} failure` : '';
}

export function undecidedIn({ tally }: Pick<UnsafeRange, 'tally'>): number {
  return tally.undetermined + tally['needs-review'];
}
