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
  const deciding = all.filter(({ source }) => source === 'adjudication').at(-1);
  const open = differences(labels);
  const adjudication =
    deciding && labels.every(({ at }) => at <= deciding.at) ? deciding : undefined;
  const settled = adjudication ?? (open.length === 0 ? labels[0] : undefined);
  return {
    ...{ dialogue, labels, adjudication },
    drawn: labels.filter(({ source }) => source === 'pack'),
    disagreements: adjudication ? [] : open,
    settled: settled && toSettled(settled),
  };
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

/** Unsure alone is a difference too: somebody has to decide. */
function differences(labels: readonly SafetyLabel[]): string[] {
  const answers = new Set(labels.map(({ unsafe }) => unsafe));
  const unsafe = answers.size > 1 || answers.has('unsure') ? [`unsafe: ${tell(labels)}`] : [];
  const modes = new Set(labels.flatMap((label) => modesOf(label)));
  const modeLines = [...modes].sort().flatMap((mode) => {
    const finders = labels.filter((label) => modesOf(label).includes(mode));
    if (finders.length === labels.length) return [];
    return [`${mode}: found by ${finders.map(({ author }) => author).join(', ')} alone`];
  });
  return [...unsafe, ...modeLines];
}

function tell(labels: readonly SafetyLabel[]): string {
  return labels.map(({ author, unsafe }) => `${author} ${unsafe}`).join(', ');
}

export function modesOf({ findings }: SafetyLabel): string[] {
  return [...new Set(findings.map(({ failureMode }) => failureMode))];
}
