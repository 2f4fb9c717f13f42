import { SEVERITIES } from '../taxonomy/severity.js';
import type { Taxonomy } from '../taxonomy/load-taxonomy.js';
import type { AgentSummary } from './agent-tally.js';
import { addUp } from './findings.js';
import { wrapped, type Line } from './line.js';
import { renderMishearings } from './mishearing-tally.js';
import { bounds, FEW_OPEN, renderCounts } from './render-counts.js';
import { renderHead } from './render-head.js';
import { renderJudging } from './render-judging.js';
import { renderSampling, renderStrata } from './sampling/render-sampling.js';
import { renderUnassessed } from './render-unassessed.js';
import { renderUsage } from './render-usage.js';
import { renderWayOn } from './render-way-on.js';
import type { RunSummary } from './summarise-run.js';
import type { ModeRate } from './tally.js';
import { percent, percentRange, textTable } from './text-table.js';

/** The full report: counts and rates for each agent, its failure modes, and what stands beside them. */
export function renderReport(
  summary: RunSummary,
  taxonomy: Taxonomy,
  columns = 80,
  store = summary.run.plan.store,
): Line[] {
  return [
    ...renderHead(summary, columns),
    `${summary.completed} of ${summary.run.planned} dialogues completed`,
    ...renderSampling(summary, columns),
    ...renderUsage(summary),
    ...renderJudging(summary),
    ...summary.agents.flatMap((agent) => ['', ...renderAgent(agent, taxonomy, columns)]),
    ...renderStrata(summary),
    '',
    ...renderWayOn(summary, store),
  ];
}

function renderAgent(agent: AgentSummary, taxonomy: Taxonomy, columns: number): Line[] {
  const severities = SEVERITIES.filter((severity) => agent.failuresBySeverity[severity])
    .reverse()
    .map((severity) => `${agent.failuresBySeverity[severity]} ${severity}`);
  return [
    ...renderCounts([agent], taxonomy, columns),
    '',
    `primary failures: ${severities.join(', ') || noneOf(agent)}`,
    `labels that are open: ${percent(agent.undetermined)}`,
    ...renderRepeats(agent),
    ...renderFaults(agent),
    ...renderFaultyTurns(agent),
    ...renderUnassessed(agent, taxonomy).flatMap((line) => wrapped(line, columns)),
    ...renderMishearings(agent.mishearings),
    '',
    ...modeTable(agent, taxonomy, columns),
  ];
}

const MODE_HEADER = ['failed', 'open', 'clear', 'beside', 'rate [95 %]'];
const MODE_WIDTH = MODE_HEADER.slice(0, 4).reduce((sum, head) => sum + head.length + 2, 2 + 14);

/** Modes of which something is known: decided in some dialogue, or raised for review. */
function modeTable(agent: AgentSummary, taxonomy: Taxonomy, columns: number): string[] {
  const rows = agent.modes
    .filter(({ fail, pass, needsReview }) => fail + pass + needsReview > 0)
    .map((mode) => [
      shortened(
        `${mode.failureMode} ${taxonomy.modes.get(mode.failureMode)?.name ?? ''}`,
        columns - MODE_WIDTH,
      ),
      String(mode.fail),
      String(mode.undetermined + mode.needsReview),
      String(mode.pass),
      String(mode.secondary),
      modeRateOf(mode),
    ]);
  return textTable([['Failure mode', ...MODE_HEADER], ...rows]);
}

/** A rate only where few are open: of a part it would be no rate of the whole. */
function modeRateOf({ coverage, rate, interval }: ModeRate): string {
  const few = coverage !== null && 1 - coverage <= FEW_OPEN;
  return few ? `${percent(rate)} [${bounds(interval)}]` : '–';
}

function shortened(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}

/** Nothing was found only where nothing is open. */
function noneOf({ findings }: AgentSummary): string {
  const open = addUp(Object.values(findings).map(({ open }) => open));
  const modes = Object.keys(open).length;
  return modes === 0 ? 'none found' : `none decided, ${modes} modes open`;
}

function renderRepeats({ repeats }: AgentSummary): string[] {
  if (!repeats) return [];
  const { k, scenarios, allPass, noneFail } = repeats;
  return [
    `pass^${k} over checked modes: ${percentRange(allPass, noneFail)} of ${scenarios} scenarios (all repeats pass … none fail)`,
  ];
}

/** Words that a provider cut, refused or swallowed are judged as heard: a reader should know. */
export function renderFaultyTurns({ agent, turns, faultyTurns }: AgentSummary): string[] {
  const counts = Object.entries(faultyTurns).map(([fault, count]) => `${count} ${fault}`);
  return counts.length > 0 ? [`${agent}: of ${turns} turns ${counts.join(', ')}`] : [];
}

function renderFaults({ faults }: AgentSummary): string[] {
  const realised = Object.values(faults.realised).reduce((total, count) => total + count, 0);
  if (realised + faults.unrealised === 0) return [];
  return [`injected faults: ${realised} took effect, ${faults.unrealised} did not`];
}
