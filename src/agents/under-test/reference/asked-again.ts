import { changesHandling } from './faults.js';
import type { Standing } from './standing.js';
import { askMustKnow, askVersionAgain, takeOffer } from './second-ask.js';
import type { Move } from './utter.js';

/** What comes before all else that is planned: an offer taken up, or a question put once more. */
export function askedAgain(now: Standing): Move[] | undefined {
  return takeUpOffer(now) ?? sayAgain(now) ?? askAgain(now);
}

/** An offer to fetch or look something up is taken up, once, and what it is for is asked again. */
function takeUpOffer(now: Standing): Move[] | undefined {
  const may = now.then !== 'ending' && !now.said('take-offer');
  if (!may || now.setting.faults.some(changesHandling)) return undefined;
  const item = now.follows ? now.ear.cueItem : undefined;
  return takeOffer(now.heard?.text ?? '', item?.question ?? now.lastQuestion);
}

/** A question about the cue that was not heard is put once more, where nothing has to come first. */
function sayAgain(now: Standing): Move[] | undefined {
  const { asksBack = false, missed = [] } = now.heard ?? {};
  const unheard = now.follows && asksBack && missed.length === 0;
  const may = now.then === 'continue' && now.lastQuestion !== '';
  if (!unheard || !may || now.said('say-again') || now.said('which-again')) return undefined;
  return [{ name: 'plain-words' }, { name: 'say-again', text: now.lastQuestion }];
}

/** What a reply left open that must be known: asked once more, unless a person takes the call over. */
function askAgain(now: Standing): Move[] | undefined {
  if (now.then !== 'continue' || now.setting.faults.some(changesHandling)) return undefined;
  const text = now.heard?.text ?? '';
  const again = askMustKnow(now.last, text) ?? askVersionAgain(now.last, text, now.versions);
  return again && [...now.answer(), ...again];
}
