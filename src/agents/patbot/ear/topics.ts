import type { Fact, Scenario } from '../../../scenarios/scenario.js';

/** Where the answer to a topic stands in the case. */
export const TOPIC_KINDS = [
  'fact',
  'vignette',
  'recall',
  'item',
  'trigger',
  'denies',
  'commitment',
] as const;

/** Something that a patient can be asked about. `kind` and `id` together name it within its case. */
export interface Topic {
  readonly kind: (typeof TOPIC_KINDS)[number];
  /** Of a fact or item its id, of the vignette its part, else the number of the entry from 1. */
  readonly id: string;
  /** What it is about, never what it says. */
  readonly label: string;
}

/** What every case's vignette can be asked for. */
export const VIGNETTE_LABELS = {
  name: 'the name of the patient, or who is meant',
  born: 'date of birth',
  age: 'age in years',
  allergies: 'allergies',
  drugs: 'medicines taken',
  history: 'past illnesses, births and long-term conditions',
  speaker: 'who is speaking, and for whom',
  occupation: 'work or studies',
  home: 'home',
} as const;

export const ANY_AGREEMENT: Topic = { kind: 'commitment', id: '0', label: 'another agreement' };

/** What only this case can be asked for, as against what any call can hold. */
export function isOfCase(kind: string): boolean {
  return ['fact', 'recall', 'item', 'trigger', 'denies'].includes(kind);
}

export function isAnyAgreement({
  kind,
  id,
}: Pick<Topic, 'id'> & { readonly kind: string }): boolean {
  return kind === ANY_AGREEMENT.kind && id === ANY_AGREEMENT.id;
}

/** Every topic of a case; commitment 0 stands for those that the case has nothing on. */
export function topicsOf(scenario: Scenario): Topic[] {
  const { ledger, task, trigger, recalls, denies, commitments } = scenario;
  const numbered = (
    kind: 'recall' | 'denies' | 'commitment',
    entries: readonly { topic: string }[],
  ) => entries.map(({ topic }, index): Topic => ({ kind, id: String(index + 1), label: topic }));
  return [
    ...ledger.map((fact): Topic => ({ kind: 'fact', id: fact.id, label: labelOf(fact, scenario) })),
    ...Object.entries(VIGNETTE_LABELS).map(([id, label]): Topic => ({
      kind: 'vignette',
      id,
      label,
    })),
    ...numbered('recall', recalls),
    ...task.requiredItems.map(({ id, question }): Topic => ({ kind: 'item', id, label: question })),
    { kind: 'trigger', id: '1', label: trigger.topic ?? scenario.task.purpose },
    ...numbered('denies', denies),
    ...numbered('commitment', commitments),
    ANY_AGREEMENT,
  ];
}

/** A case without labels of its own is labelled by the question that the fact answers. */
function labelOf({ topic, answers, id }: Fact, { task }: Scenario): string {
  const item = task.requiredItems.find((item) => answers.includes(item.id));
  return topic ?? item?.question ?? id.replaceAll('-', ' ');
}
