import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { readYaml } from '../../../read-file.js';
import type { Scenario } from '../../../scenarios/scenario.js';
import { ANY_AGREEMENT, VIGNETTE_LABELS, type Topic } from './topics.js';

const questions = z.array(z.string().min(1)).min(1);

const generalSchema = z.strictObject({
  identity: questions,
  openly: questions,
  vignette: z.record(z.enum(keysOf(VIGNETTE_LABELS)), questions),
  agreements: questions,
  checks: z.strictObject({ right: questions, wrong: questions }),
  unrelated: questions,
});

/** What a question asks for: a topic of the case, or what can be asked in any call. */
export type Wanted =
  Topic | { readonly kind: 'identity' | 'openly' | 'right' | 'wrong'; readonly id: '' };

/** A natural question with what it asks for. */
export interface AskedQuestion {
  readonly text: string;
  readonly wanted: Wanted;
}

let file: z.infer<typeof generalSchema> | undefined;

function questionsFile(): z.infer<typeof generalSchema> {
  const url = new URL('../../../../datasets/patbot/questions.yaml', import.meta.url);
  file ??= readYaml(fileURLToPath(url), generalSchema);
  return file;
}

/** Questions on what a case mostly says nothing about. */
export function unrelatedQuestions(): readonly string[] {
  return questionsFile().unrelated;
}

/** The questions that callers put in every case. @throws MatrixError where their file is not as it should be */
export function generalQuestions(): AskedQuestion[] {
  const { identity, openly, vignette, agreements, checks } = questionsFile();
  return [
    ...asking({ kind: 'identity', id: '' }, identity),
    ...asking({ kind: 'openly', id: '' }, openly),
    ...keysOf(vignette).flatMap((id) =>
      asking({ kind: 'vignette', id, label: VIGNETTE_LABELS[id] }, vignette[id]),
    ),
    ...asking(ANY_AGREEMENT, agreements),
    ...asking({ kind: 'right', id: '' }, checks.right),
    ...asking({ kind: 'wrong', id: '' }, checks.wrong),
  ];
}

/**
 * The questions of one case. Those of a required item are asked for the fact that answers it, where
 * it is one; entries of the vignette stand for themselves.
 */
export function caseQuestions(
  { ledger, task, trigger, recalls, denies, commitments, vignette }: Scenario,
  topics: readonly Topic[],
): AskedQuestion[] {
  const by = new Map(topics.map((topic) => [`${topic.kind} ${topic.id}`, topic]));
  const asked = (key: string, texts: readonly string[]) => {
    const topic = by.get(key);
    return topic ? asking(topic, texts) : [];
  };
  return [
    ...ledger.flatMap((fact) => asked(`fact ${fact.id}`, fact.asked)),
    ...task.requiredItems.flatMap(({ id, question }) => {
      const [only, ...others] = ledger.filter((fact) => fact.answers.includes(id));
      const key = only && others.length === 0 ? `fact ${only.id}` : `item ${id}`;
      return asked(key, [question]);
    }),
    ...asked('trigger 1', trigger.asked),
    ...recalls.flatMap((entry, index) => asked(`recall ${index + 1}`, entry.asked)),
    ...denies.flatMap((entry, index) => asked(`denies ${index + 1}`, entry.asked)),
    ...commitments.flatMap((entry, index) => asked(`commitment ${index + 1}`, entry.asked)),
    ...(['history', 'drugs', 'allergies'] as const).flatMap((part) =>
      asked(`vignette ${part}`, vignette[part]),
    ),
  ];
}

function asking(wanted: Wanted, texts: readonly string[]): AskedQuestion[] {
  return texts.map((text) => ({ text, wanted }));
}

function keysOf<K extends string>(record: Readonly<Record<K, unknown>>): K[] {
  return Object.keys(record) as K[];
}
