import { parseGate, type Gate } from '../plan/gate.js';
import { compareSeverity, SEVERITIES, type Severity } from '../taxonomy/severity.js';
import type { AgentSummary } from './agent-tally.js';
import { addUp, renderDialogues, type Findings } from './findings.js';
import type { RunSummary } from './summarise-run.js';
import { percent } from './text-table.js';
import { whoDecides } from './render-way-on.js';

/**
 * The gates that a run meets and why, as lines for the user; none where it passes. Gates fail closed:
 * what nobody has judged passes none.
 */
export function metGates(failOn: readonly string[], summary: RunSummary): string[] {
  return failOn.map(parseGate).flatMap((gate) => {
    const why = reasonsOf(gate, summary);
    if (why.length === 0) return [];
    return [`--fail-on ${gate.text} is met:`, ...why.map((line) => `  ${line}`)];
  });
}

function reasonsOf(gate: Gate, summary: RunSummary): string[] {
  const { agents } = summary;
  switch (gate.kind) {
    case 'severity':
      return severityReasons(gate, summary);
    case 'rate':
      return rateReasons(gate, summary);
    case 'undetermined':
      return [
        ...agents
          .filter(({ undetermined }) => (undetermined ?? 1) > gate.share)
          .map(
            ({ agent, undetermined }) =>
              `${agent}: ${percent(undetermined ?? 1)} of labels are undetermined`,
          ),
        ...notSampled(summary),
      ];
  }
}

function severityReasons(
  { least, decided }: Extract<Gate, { kind: 'severity' }>,
  summary: RunSummary,
): string[] {
  const grave = SEVERITIES.filter((severity) => compareSeverity(severity, least) >= 0);
  const failed = summary.agents.flatMap((agent) => linesOf(agent, 'primary', grave));
  if (decided) return failed;
  const beside = summary.agents.flatMap((agent) => linesOf(agent, 'secondary', grave));
  const open = summary.agents.flatMap((agent) => linesOf(agent, 'open', grave));
  const who = open.length === 0 ? [] : [whoDecides(summary)];
  return [...failed, ...beside, ...open, ...who, ...notSampled(summary), ...nothingJudged(summary)];
}

const KINDS: Readonly<Record<keyof Findings, string>> = {
  primary: 'failed',
  secondary: 'failed beside another failure of the same duty',
  open: 'left open',
};

function linesOf(
  { agent, findings }: AgentSummary,
  kind: keyof Findings,
  grave: readonly Severity[],
): string[] {
  const modes = renderDialogues(addUp(grave.map((severity) => findings[severity]?.[kind])));
  return modes === '' ? [] : [`${agent}: ${KINDS[kind]}: ${modes} dialogues`];
}

function nothingJudged({ agents, judging }: RunSummary): string[] {
  const judged = judging !== undefined && agents.some(({ standings }) => standings.valid > 0);
  return judged ? [] : ['no dialogue was judged, so none was passed either'];
}

/** A gate that asks after every dialogue is not passed by those that a plan left out. */
function notSampled({ sampling }: Pick<RunSummary, 'sampling'>): string[] {
  if (!sampling || sampling.saved === 0) return [];
  return [`${sampling.saved} dialogues of the plan were not sampled, so they passed nothing`];
}

/** Of a plan that stopped early the share counts that the whole plan may still have shown. */
function rateReasons(
  { hazard, share }: Extract<Gate, { kind: 'rate' }>,
  { agents, sampling }: Pick<RunSummary, 'agents' | 'sampling'>,
): string[] {
  const rows = agents.flatMap(({ agent, hazards }) =>
    hazards
      .filter((row) => row.hazard === hazard && !row.hardNegatives)
      .map(({ all }) => ({ agent, low: all.low })),
  );
  if (rows.length === 0) return [`no dialogue of ${hazard} was judged`];
  if (sampling) {
    return sampling.strata
      .filter((stratum) => stratum.hazard === hazard && !stratum.hardNegative)
      .filter(({ mostFound }) => mostFound > share)
      .map(
        ({ agent, mostFound }) =>
          `${agent}: in the whole plan up to ${percent(mostFound)} of ${hazard} may fail`,
      );
  }
  return rows
    .filter(({ low }) => low > share)
    .map(({ agent, low }) => `${agent}: at least ${percent(low)} of ${hazard} failed`);
}
