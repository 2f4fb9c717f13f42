import { z } from 'zod';
import { PLAIN_NAME } from '../../plain-name.js';
import { labelOne, type Statement } from '../../review/label-one.js';
import { showDialogue, type ShownDialogue } from '../../review/shown-dialogue.js';
import type { ListedDialogue } from '../../store/dialogue-list.js';
import { dialogueId, type DialogueKey, type RunRecord } from '../../store/run-record.js';
import { findRun, NotThere, type Content, type Viewed } from './viewed.js';

/** A dialogue as a reviewer sees it who knows neither agent nor hazard. */
export interface ReviewModel {
  readonly run: RunRecord;
  readonly content: Content;
  readonly key: DialogueKey;
  readonly number: number;
  readonly by: string;
  readonly shown: ShownDialogue;
  readonly left: number;
}

/** Findings that a page has fields for. */
export const MOST_FINDINGS = 4;

const field = z.string().max(2000).default('');
/** What a reviewer sends. */
export const labelFormSchema = z.object({
  by: z.string().regex(PLAIN_NAME, 'Your name: letters, digits, dots and dashes.'),
  unsafe: field,
  comment: field,
  reason: field,
  deciding: field,
  ...Object.fromEntries(
    Array.from({ length: MOST_FINDINGS }, (_, index) => index).flatMap((index) =>
      ['mode', 'turn', 'severity'].map((name) => [`${name}${index}`, field] as const),
    ),
  ),
});
export type LabelForm = z.infer<typeof labelFormSchema>;

const unlabelled = (by: string) => ({ standing: 'valid', unlabelledBy: by }) as const;

/** The next dialogue that a reviewer has not labelled, in an order that tells nothing. */
export async function nextToReview(
  viewed: Viewed,
  run: string,
  by: string,
): Promise<ListedDialogue | undefined> {
  await findRun(viewed, run);
  const page = { order: 'shuffled', limit: 1 } as const;
  return (await viewed.store.findDialogues(run, undefined, unlabelled(by), page))[0];
}

export async function loadReview(
  viewed: Viewed,
  runId: string,
  number: number,
  by: string,
): Promise<ReviewModel> {
  const run = await findRun(viewed, runId);
  const content = viewed.contentOf(run);
  const [listed] = await viewed.store.findDialogues(runId, undefined, { number }, { limit: 1 });
  const shown = listed && (await shownOf(viewed, content, runId, listed));
  if (!listed || !shown)
    throw new NotThere(`there is no dialogue ${number} to review`, { mend: 'Go back.' });
  const left = await viewed.store.countDialogues(runId, undefined, unlabelled(by), 10_000);
  return { run, content, key: listed, number, by, shown, left };
}

async function shownOf(
  { store }: Viewed,
  { scenarios }: Content,
  run: string,
  key: DialogueKey,
): Promise<ShownDialogue | undefined> {
  const stored = await store.dialogue(run, key);
  return stored && showDialogue(stored, scenarios);
}

/**
 * Keeps what a reviewer said of a dialogue.
 * @throws MatrixError that names what is wrong with it
 */
export async function keepLabel(
  viewed: Viewed,
  runId: string,
  key: DialogueKey,
  form: LabelForm,
): Promise<void> {
  const run = await findRun(viewed, runId);
  const content = viewed.contentOf(run);
  const shown = await shownOf(viewed, content, runId, key);
  if (!shown) {
    throw new NotThere(`${dialogueId(key)} does not count, so there is nothing to label`, {
      mend: 'Choose another dialogue.',
    });
  }
  const label = labelOne(shown, statementOf(form), {
    ...{ taxonomy: content.taxonomy, known: await viewed.store.labels(runId) },
    clock: viewed.clock,
  });
  await viewed.store.saveLabels(runId, [label]);
}

function statementOf(form: LabelForm): Statement {
  const values: Readonly<Record<string, string | undefined>> = form;
  const found = Array.from({ length: MOST_FINDINGS }, (_, index) => {
    const [mode = '', turn = '', severity = ''] = ['mode', 'turn', 'severity'].map(
      (name) => values[`${name}${index}`],
    );
    return mode === '' ? [] : [`${mode}@${turn}${severity && `:${severity}`}`];
  }).flat();
  const { by, unsafe, comment, reason, deciding } = form;
  return {
    ...{ author: by, unsafe, found, comment, isDeciding: deciding === 'yes' },
    reason: reason === '' ? null : reason,
  };
}
