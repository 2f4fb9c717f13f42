import { shortFingerprint } from '../fingerprint.js';
import { contentOf } from '../store/run-record.js';
import type { Taxonomy } from '../taxonomy/load-taxonomy.js';
import { SEVERITIES } from '../taxonomy/severity.js';
import type { AgentSummary, HazardRow } from './agent-tally.js';
import { addUp } from './findings.js';
import type { RunSummary } from './summarise-run.js';
import { understandsText } from './understands-text.js';
import { renderMishearings } from './mishearing-tally.js';
import { percent, percentRange, textTable } from './text-table.js';
import type { UnsafeRange } from './tally.js';
import { familyWarnings, renderJudging } from './render-judging.js';
import { renderUsage } from './render-usage.js';

export const DRAFT_NOTICE =
  'Research draft: synthetic patients, clinical content checked by no clinician.';

const REFERENCE_NOTICE =
  'Reference agents and a rule-based patient: good for trying the tool and testing judges,\nsays nothing about any real product.';

/** What stands above every report of a run. */
export function renderHead({ run, judging, validity }: RunSummary): string[] {
  const { seed, patient } = run.plan;
  const taxonomy = contentOf(run, 'taxonomy');
  const offline = run.agents.some(({ spec }) => spec.startsWith('offline:'));
  return [
    ...renderJudgeless(judging),
    `matrix-sim ${run.packageVersion} · run ${run.id} · taxonomy ${taxonomy?.version ?? ''} (${shortFingerprint(taxonomy?.fingerprint ?? '')}) · seed ${seed}`,
    ...(offline ? [REFERENCE_NOTICE] : []),
    ...(patient.includes(':') ? [`patient: ${patient}`] : []),
    DRAFT_NOTICE,
    `judge: ${judging?.jurors.join(', ') ?? 'none yet'}`,
    ...familyWarnings({
      agents: run.agents.map(({ spec }) => spec),
      jurors: judging?.jurors ?? [],
    }),
    ...(judging ? renderValidity(validity) : []),
  ];
}

/** What a reader must know before any figure: open is no pass. */
function renderJudgeless(judging: RunSummary['judging']): string[] {
  if (!judging) return ['Not judged yet: nothing below was found or passed.'];
  if (understandsText(judging.jurors)) return [];
  return [
    'Judged by no juror that understands text: what is open below is no pass (--judge openai:MODEL decides more).',
  ];
}

function renderValidity(validity: RunSummary['validity']): string[] {
  if (validity.length === 0) {
    return ['judge validity: not measured for this judge (see judge bench --save)'];
  }
  return validity.map(
    ({ dataset, dialogues, coverage, sensitivity, specificity, falseAlarmShare }) =>
      `judge validity on ${dataset} (${dialogues} dialogues, labelled without a clinician): decides ${percent(coverage)}, sensitivity ${percent(sensitivity)} and specificity ${percent(specificity)} where it decides, false alarms on ${percent(falseAlarmShare)} of safe dialogues`,
  );
}

/** One table for a whole run: hazards down, agents across, over the modes that were checked. */
export function renderComparison({ agents }: RunSummary, taxonomy: Taxonomy): string[] {
  const keys = [...new Set(agents.flatMap(({ hazards }) => hazards.map(keyOf)))].sort();
  const header = ['Hazard', 'modes', ...agents.map(({ agent }) => agent)];
  const rows = keys.map((key) => {
    const found = agents.map(({ hazards }) => hazards.find((row) => keyOf(row) === key));
    const any = found.find((row) => row !== undefined);
    const modes = any ? `${any.checkedModes}/${any.modes}` : '';
    return [
      titleOf(key, taxonomy),
      modes,
      ...found.map((row) => (row && row.checkedModes > 0 ? cell(row.checked) : '–')),
    ];
  });
  return [
    'Unsafe dialogues over the failure modes that this judge can check (k/n of the hazard),',
    'from failures found to failures possible, [95 % Wilson], n exposed:',
    '',
    ...textTable([header, ...rows, ...footRows(agents)]).map((line) => `  ${line}`),
  ];
}

function cell({ n, low, high, interval }: UnsafeRange): string {
  return n === 0 ? '–' : `${percentRange(low, high)} [${bounds(interval)}] n=${n}`;
}

function bounds({ low, high }: { low: number; high: number }): string {
  return `${Math.round(low * 100)}–${Math.round(high * 100)}`;
}

function footRows(agents: readonly AgentSummary[]): string[][] {
  const standing = (name: keyof AgentSummary['standings']) => [
    name,
    '',
    ...agents.map(({ standings }) => String(standings[name])),
  ];
  return [
    standing('not-exposed'),
    standing('invalid'),
    standing('incomplete'),
    ['undetermined labels', '', ...agents.map(({ undetermined }) => percent(undetermined))],
  ];
}

/** The full report: a table for each agent, its failure modes, and what stands beside the rates. */
export function renderReport(summary: RunSummary, taxonomy: Taxonomy): string[] {
  return [
    ...renderHead(summary),
    `${summary.completed} of ${summary.run.planned} dialogues completed`,
    ...renderUsage(summary),
    ...renderJudging(summary),
    ...summary.agents.flatMap((agent) => ['', ...renderAgent(agent, taxonomy)]),
  ];
}

function renderAgent(agent: AgentSummary, taxonomy: Taxonomy): string[] {
  const { standings } = agent;
  const severities = SEVERITIES.filter((severity) => agent.failuresBySeverity[severity])
    .reverse()
    .map((severity) => `${agent.failuresBySeverity[severity]} ${severity}`);
  const hazardRows = agent.hazards.map((row) => [
    titleOf(keyOf(row), taxonomy),
    String(row.all.n),
    percentRange(row.all.low, row.all.high),
    bounds(row.all.interval),
    `${row.checkedModes} of ${row.modes}`,
    ...(row.checkedModes > 0
      ? [percentRange(row.checked.low, row.checked.high), bounds(row.checked.interval)]
      : ['–', '–']),
  ]);
  const modeRows = agent.modes
    .filter(({ fail, pass, needsReview }) => fail + pass + needsReview > 0)
    .map((mode) => [
      `${mode.failureMode} ${taxonomy.modes.get(mode.failureMode)?.name ?? ''}`,
      percent(mode.rate),
      bounds(mode.interval),
      `${mode.fail}/${mode.fail + mode.pass}`,
      percent(mode.coverage),
      String(mode.secondary),
    ]);
  return [
    `${agent.agent} · primary failures: ${severities.join(', ') || noneOf(agent)}`,
    `valid ${standings.valid} · not exposed ${standings['not-exposed']} · invalid ${standings.invalid} · incomplete ${standings.incomplete} · undetermined labels ${percent(agent.undetermined)}`,
    ...renderRepeats(agent),
    ...renderFaults(agent),
    ...renderFaultyTurns(agent),
    ...renderMishearings(agent.mishearings),
    '',
    ...textTable([
      ['Hazard', 'n', 'unsafe, all modes', '95 %', 'checked', 'unsafe, checked', '95 %'],
      ...hazardRows,
    ]).map((line) => `  ${line}`),
    '',
    ...textTable([
      ['Failure mode', 'rate', '95 %', 'fail/decided', 'coverage', 'secondary'],
      ...modeRows,
    ]).map((line) => `  ${line}`),
  ];
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

function keyOf(row: HazardRow): string {
  return row.hardNegatives ? `${row.hazard}-N` : row.hazard;
}

function titleOf(key: string, taxonomy: Taxonomy): string {
  const id = key.replace(/-N$/, '');
  const name = taxonomy.hazards.find((hazard) => hazard.id === id)?.name ?? '';
  if (key.endsWith('-N')) return `${id} hard negatives`;
  return id === 'none' ? 'no hazard named or found' : `${id} ${name}`;
}
