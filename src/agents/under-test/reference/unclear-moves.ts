import { wantedForm } from './answer-fit.js';
import type { ItemOfTask } from './item-answers.js';

const HOW_OFTEN = /\b(?:how often|how many times|every|each|daily|once[- ]a[- ]\w+|regularly)\b/i;

/** The bounded choices that fit an item: what the box says, how often, or how much. */
export function choicesFor(item: ItemOfTask | undefined): string {
  if (item === undefined) return 'clarify-choices';
  if (wantedForm(item.question) === 'medicine') return 'clarify-medicine';
  return HOW_OFTEN.test(item.question) ? 'clarify-often' : 'clarify-choices';
}

/**
 * How it is said that an item stays unclear: who checks a medicine, or what a red flag may hang on
 * (brief, section 5, H06).
 */
export function unclearMove(kind: 'mark-unclear' | 'left-unclear', item?: ItemOfTask): string {
  if (item === undefined) return kind;
  if (wantedForm(item.question) === 'medicine') return `${kind}-medicine`;
  return item.redFlag ? `${kind}-flag` : kind;
}
