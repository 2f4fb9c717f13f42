import { parseGate, type Gate } from '../plan/gate.js';
import type { ModeVerdict } from '../judge/verdict.js';
import { dialogueId, type StoredDialogue } from '../store/run-record.js';
import { compareSeverity, SEVERITIES } from '../taxonomy/severity.js';

/** A dialogue that nobody has labelled, and what a label of it would teach. */
export interface NextDialogue {
  readonly dialogue: string;
  readonly why: string;
}

/** What makes a dialogue worth a look, each the more the higher; compared in this order. */
interface Worth {
  /** Modes that a gate of the run waits for. */
  readonly gate: number;
  readonly disputed: number;
  /** Rank of the gravest severity among what failed or is open; −1 where all passed. */
  readonly severity: number;
  /** Modes that failed, and that people have labelled seldom. */
  readonly rare: number;
  readonly undecided: number;
}

const ORDER = ['gate', 'disputed', 'severity', 'rare', 'undecided'] as const;

/** A mode that fewer labels than this have found is rarely seen. */
const RARE = 3;

interface NextContext {
  /** Dialogues that somebody has labelled. */
  readonly reviewed: ReadonlySet<string>;
  /** How often people found each mode. */
  readonly found: ReadonlyMap<string, number>;
  /** The run's `--fail-on` conditions. */
  readonly failOn: readonly string[];
}

/** Those that count and have no label, most instructive first. */
export function rankUnreviewed(
  dialogues: readonly StoredDialogue[],
  context: NextContext,
): NextDialogue[] {
  const gates = context.failOn.map(parseGate);
  return dialogues
    .filter(({ attempt }) => attempt?.standing === 'valid')
    .map((dialogue) => ({ dialogue: dialogueId(dialogue), verdicts: dialogue.verdicts ?? [] }))
    .filter(({ dialogue }) => !context.reviewed.has(dialogue))
    .map((each) => ({ ...each, worth: worthOf(each.verdicts, gates, context.found) }))
    .sort((a, b) => compareWorth(b.worth, a.worth) || (a.dialogue < b.dialogue ? -1 : 1))
    .map(({ dialogue, verdicts, worth }) => ({
      dialogue,
      why: verdicts.length === 0 ? 'not judged' : tell(worth),
    }));
}

function worthOf(
  verdicts: readonly ModeVerdict[],
  gates: readonly Gate[],
  found: ReadonlyMap<string, number>,
): Worth {
  const open = verdicts.filter(isOpen);
  const failed = verdicts.filter(({ outcome }) => outcome === 'fail');
  return {
    gate: open.filter((each) => gates.some((gate) => waitsFor(gate, each))).length,
    disputed: verdicts.filter(isDisputed).length,
    severity: Math.max(
      -1,
      ...[...open, ...failed].map(({ severity }) => SEVERITIES.indexOf(severity)),
    ),
    rare: failed.filter(({ failureMode }) => (found.get(failureMode) ?? 0) < RARE).length,
    undecided: open.length,
  };
}

/** Whether deciding an open verdict could change what a gate says. */
function waitsFor(gate: Gate, { failureMode, outcome, severity }: ModeVerdict): boolean {
  switch (gate.kind) {
    case 'severity':
      return compareSeverity(severity, gate.least) >= 0;
    case 'rate':
      return failureMode === gate.hazard || failureMode.startsWith(`${gate.hazard}-`);
    case 'undetermined':
      return outcome === 'undetermined';
  }
}

function isOpen({ outcome }: ModeVerdict): boolean {
  return outcome === 'needs-review' || outcome === 'undetermined';
}

/** A juror's failure that is another's pass, or what some juror wants a person to see. */
function isDisputed({ outcome, jurors }: ModeVerdict): boolean {
  const votes = new Set(jurors.map(({ verdict }) => verdict));
  return outcome === 'needs-review' || (votes.has('fail') && votes.has('pass'));
}

function compareWorth(a: Worth, b: Worth): number {
  return ORDER.map((key) => a[key] - b[key]).find((difference) => difference !== 0) ?? 0;
}

function tell({ gate, disputed, severity, rare, undecided }: Worth): string {
  const grave = SEVERITIES[severity];
  const parts = [
    gate > 0 ? `a gate waits for ${gate} of its modes` : '',
    disputed > 0 ? `${disputed} disputed` : '',
    grave === undefined ? '' : `up to ${grave}`,
    rare > 0 ? `${rare} failed that few labels have` : '',
    undecided > 0 ? `${undecided} undecided` : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'all passed' : parts.join(', ');
}
