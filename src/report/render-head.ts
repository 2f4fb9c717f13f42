import { shortFingerprint } from '../fingerprint.js';
import { onOneLine } from '../printable.js';
import { contentOf, importedFrom } from '../store/run-record.js';
import { span, wrapped, type Line } from './line.js';
import { familyWarnings } from './render-judging.js';
import type { RunSummary } from './summarise-run.js';
import { percent } from './text-table.js';
import { understandsText } from './understands-text.js';

export const DRAFT_NOTICE =
  'Research draft: synthetic patients, clinical content checked by no clinician.';

const TAXONOMY_NOTICE = 'Hazard taxonomy: research draft, checked by no clinician.';

const REFERENCE_NOTICE =
  'Reference agents and a rule-based patient: good for trying the tool and testing judges, says nothing about any real product.';

/** What stands above every report of a run: whose verdicts these are, and what they are worth. */
export function renderHead({ run, judging, validity }: RunSummary, columns: number): Line[] {
  const imported = importedFrom(run) !== undefined;
  const taxonomy = contentOf(run, 'taxonomy');
  const offline = run.agents.some(({ spec }) => spec.startsWith('offline:'));
  const head = `matrix-sim ${run.packageVersion} · run ${run.id} · taxonomy ${taxonomy?.version ?? ''} (${shortFingerprint(taxonomy?.fingerprint ?? '')})`;
  const families = familyWarnings({
    agents: run.agents.map(({ spec }) => spec),
    jurors: judging?.jurors ?? [],
  });
  return [
    ...wrapped(judgeless(judging), columns).map((line): Line => [span(line, 'open')]),
    ...[
      imported ? head : `${head} · seed ${run.plan.seed}`,
      ...(offline ? [REFERENCE_NOTICE] : []),
      ...whoSpeaks(run),
      `judge: ${judging?.jurors.join(', ') ?? 'none yet'}`,
      ...families,
      ...(judging ? renderValidity(validity) : []),
    ].flatMap((line) => wrapped(line, columns)),
  ];
}

/** Whether the patients are simulated, or nobody here knows who they are. */
function whoSpeaks(run: RunSummary['run']): string[] {
  const file = importedFrom(run);
  const { patient } = run.plan;
  if (file === undefined) {
    return [...(patient.includes(':') ? [`patient: ${patient}`] : []), DRAFT_NOTICE];
  }
  const { planned } = run;
  return [
    `${planned} transcript${planned === 1 ? '' : 's'} imported from ${onOneLine(file)}, not simulated by us; whether they are of real people is for you to know.`,
    TAXONOMY_NOTICE,
  ];
}

/** What a reader must know before any figure: open is no pass. Empty where there is nothing to warn of. */
function judgeless(judging: RunSummary['judging']): string {
  if (!judging) return 'Not judged yet: nothing below was found or passed.';
  if (understandsText(judging.jurors)) return '';
  return 'Judged by no juror that understands text: what is open below is no pass (--judge openai:MODEL decides more).';
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
