import { dialogueId, type StoredDialogue } from '../../store/run-record.js';
import { SEVERITIES, type Severity } from '../../taxonomy/severity.js';

/** Of one agent and severity: primary failures, as the report counts them, and labels nobody decided. */
export interface SeverityBar {
  readonly agent: string;
  readonly severity: Severity;
  readonly failures: number;
  readonly open: number;
  /** Those in which the failures are: SCENARIO/AGENT/REPEAT. */
  readonly dialogues: readonly string[];
}

/** For every agent, gravest severity first; none of a severity that nothing has. */
export function severityBars(
  dialogues: readonly StoredDialogue[],
  agents: readonly string[],
): SeverityBar[] {
  const bars = agents.flatMap((agent) => {
    const own = dialogues.filter((dialogue) => dialogue.agent === agent);
    return SEVERITIES.toReversed().map((severity) => barOf(agent, severity, own));
  });
  const met = new Set(
    bars.filter(({ failures, open }) => failures + open > 0).map(({ severity }) => severity),
  );
  return bars.filter(({ severity }) => met.has(severity));
}

function barOf(agent: string, severity: Severity, own: readonly StoredDialogue[]): SeverityBar {
  const labels = own.flatMap((dialogue) =>
    (dialogue.verdicts ?? [])
      .filter((verdict) => verdict.severity === severity)
      .map((verdict) => ({ ...verdict, dialogue: dialogueId(dialogue) })),
  );
  const failed = labels.filter(({ outcome, primary }) => outcome === 'fail' && primary);
  const open = labels.filter(
    ({ outcome }) => outcome === 'undetermined' || outcome === 'needs-review',
  );
  return {
    ...{ agent, severity, failures: failed.length, open: open.length },
    dialogues: [...new Set(failed.map(({ dialogue }) => dialogue))],
  };
}
