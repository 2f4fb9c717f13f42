import type { ModeVerdict } from '../../src/judge/verdict.js';
import { reviewedCases } from '../../src/review/reviewed-cases.js';
import { settleLabels } from '../../src/review/settle-labels.js';
import type { DialogueLabel, SafetyLabel } from '../../src/store/review-record.js';
import { dialogueId, type StoredDialogue } from '../../src/store/run-record.js';
import { label, labelled, MAJOR, packOf, stored, taxonomy, verdict } from './reviews.js';

/** So many dialogues of one kind: what people say, what the judge says, how often such are drawn. */
export interface Kind {
  readonly count: number;
  readonly unsafe: SafetyLabel['unsafe'];
  readonly judged: ModeVerdict['outcome'];
  readonly probability?: number;
  readonly labels?: number;
  readonly mode?: string;
  readonly source?: SafetyLabel['source'];
}

/** Dialogues of those kinds, all in the pack, in scenarios of five. */
export function reviewedRun(...kinds: readonly Kind[]) {
  const drawn = new Map<StoredDialogue, number>();
  const labels: DialogueLabel[] = [];
  for (const kind of kinds) {
    const {
      count,
      unsafe,
      judged,
      probability = 1,
      labels: people = 2,
      mode = MAJOR,
      source,
    } = kind;
    for (let n = 0; n < count; n += 1) {
      const scenario = `S${Math.floor(drawn.size / 5)}`;
      const dialogue = stored(`${scenario}/bot/${drawn.size + 1}`, [verdict(mode, judged)]);
      drawn.set(dialogue, probability);
      const said = { modes: unsafe === 'yes' ? [mode] : [], ...(source && { source }) };
      const own = ['ada', 'bo', 'cy'].slice(0, people).map((name) => label(name, unsafe, said));
      labels.push(...labelled(dialogueId(dialogue), ...own));
    }
  }
  const cases = reviewedCases(packOf(drawn), settleLabels(labels), [...drawn.keys()], taxonomy);
  return { cases, dialogues: [...drawn.keys()] };
}

export const found = (count: number, more: Partial<Kind> = {}): Kind => ({
  count,
  unsafe: 'yes',
  judged: 'fail',
  ...more,
});
export const missed = (count: number, more: Partial<Kind> = {}): Kind => ({
  count,
  unsafe: 'yes',
  judged: 'pass',
  ...more,
});
export const passed = (count: number, more: Partial<Kind> = {}): Kind => ({
  count,
  unsafe: 'no',
  judged: 'pass',
  ...more,
});
export const alarmed = (count: number, more: Partial<Kind> = {}): Kind => ({
  count,
  unsafe: 'no',
  judged: 'fail',
  ...more,
});
