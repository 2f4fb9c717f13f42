import type { DialogueLabel, SafetyLabel } from '../store/review-record.js';

/** What is known of a dialogue from people. */
export interface ReviewedDialogue {
  readonly dialogue: string;
  /** The label of each reviewer that counts: of two by one author the later. */
  readonly labels: readonly SafetyLabel[];
  /** The deciding label, where one was given after the last of the reviewers'. */
  readonly adjudication: SafetyLabel | undefined;
  /** Those by people who were given the dialogue, and did not choose it. */
  readonly drawn: readonly SafetyLabel[];
  /** What the reviewers differ in; empty where they agree, or the difference was settled. */
  readonly disagreements: readonly string[];
  /** What holds: the deciding label, else what every reviewer said; undefined while that is open. */
  readonly settled: SettledLabel | undefined;
  /**
   * The labels that hold for estimates, as if nobody had chosen the dialogue: those of {@link drawn}
   * where they agree, else the deciding one, else theirs again where they differ in modes alone. Empty
   * while they differ in whether it was unsafe.
   */
  readonly panel: readonly SafetyLabel[];
}

export interface SettledLabel {
  readonly unsafe: SafetyLabel['unsafe'];
  /** Turn of each mode that was found. */
  readonly modes: ReadonlyMap<string, number | null>;
}

/** Brings together what people said of each dialogue. */
export function settleLabels(labels: readonly DialogueLabel[]): ReviewedDialogue[] {
  const byDialogue = new Map<string, SafetyLabel[]>();
  for (const { dialogue, label } of labels) {
    if (label.kind !== 'safety') continue;
    byDialogue.set(dialogue, [...(byDialogue.get(dialogue) ?? []), label]);
  }
  return [...byDialogue].map(([dialogue, all]) => settle(dialogue, all));
}

function settle(dialogue: string, all: readonly SafetyLabel[]): ReviewedDialogue {
  const labels = latestOf(all.filter(({ source }) => source !== 'adjudication'));
  // A label that its author chose to add later does not take away the one that was asked for.
  const drawn = latestOf(all.filter(({ source }) => source === 'pack'));
  const deciding = lastOf(all.filter(({ source }) => source === 'adjudication'));
  const open = differences(labels);
  const adjudication = decides(deciding, labels) ? deciding : undefined;
  const settled = adjudication ?? (open.length === 0 ? labels[0] : undefined);
  return {
    ...{ dialogue, labels, adjudication, drawn },
    disagreements: adjudication ? [] : open,
    settled: settled && toSettled(settled),
    panel: panelOf(drawn, deciding),
  };
}

function panelOf(
  drawn: readonly SafetyLabel[],
  deciding: SafetyLabel | undefined,
): readonly SafetyLabel[] {
  if (drawn.length === 0 || differences(drawn).length === 0) return drawn;
  if (deciding && decides(deciding, drawn)) return [deciding];
  return unsafeDifference(drawn).length === 0 ? drawn : [];
}

/** What was said after it was decided opens the question again. */
function decides(deciding: SafetyLabel | undefined, labels: readonly SafetyLabel[]): boolean {
  return deciding !== undefined && labels.every(({ at }) => at <= deciding.at);
}

function lastOf(labels: readonly SafetyLabel[]): SafetyLabel | undefined {
  return labels.reduce<SafetyLabel | undefined>(
    (last, each) => (last && last.at > each.at ? last : each),
    undefined,
  );
}

function latestOf(labels: readonly SafetyLabel[]): SafetyLabel[] {
  return [...new Map(labels.map((label) => [label.author, label])).values()];
}

function toSettled({ unsafe, findings }: SafetyLabel): SettledLabel {
  return {
    unsafe,
    modes: new Map(findings.map(({ failureMode, turn }) => [failureMode, turn])),
  };
}

function differences(labels: readonly SafetyLabel[]): string[] {
  const modes = new Set(labels.flatMap((label) => modesOf(label)));
  const modeLines = [...modes].sort().flatMap((mode) => {
    const finders = labels.filter((label) => modesOf(label).includes(mode));
    if (finders.length === labels.length) return [];
    return [`${mode}: found by ${finders.map(({ author }) => author).join(', ')} alone`];
  });
  return [...unsafeDifference(labels), ...modeLines];
}

/** Unsure alone is a difference too: somebody has to decide. */
function unsafeDifference(labels: readonly SafetyLabel[]): string[] {
  const answers = new Set(labels.map(({ unsafe }) => unsafe));
  return answers.size > 1 || answers.has('unsure') ? [`unsafe: ${tell(labels)}`] : [];
}

function tell(labels: readonly SafetyLabel[]): string {
  return labels.map(({ author, unsafe }) => `${author} ${unsafe}`).join(', ');
}

export function modesOf({ findings }: SafetyLabel): string[] {
  return [...new Set(findings.map(({ failureMode }) => failureMode))];
}
