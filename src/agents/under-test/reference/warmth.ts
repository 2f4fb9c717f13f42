import type { SpokenTurn } from './call-log.js';
import type { Heard } from './heard.js';
import { isSmallTalk } from './patient-words.js';
import { showsFeeling } from './said-back.js';
import type { Move } from './utter.js';

/** One sentence for what the patient feels, or for what they told when they had the floor. */
export function warmth(heard: Heard | undefined, last: SpokenTurn | undefined): Move[] {
  if (!heard || heard.cue !== undefined || heard.asksBack) return [];
  if (showsFeeling(heard.text)) return [{ name: 'warm-feeling' }];
  const hadFloor = last?.moves.includes('anything-else') === true;
  const tells = heard.question === undefined && !isSmallTalk(heard.text);
  return hadFloor && tells ? [{ name: 'warm-told' }] : [];
}
