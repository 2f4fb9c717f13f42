import { quotable } from './patient-words.js';
import type { PatientEar } from './patient-ear.js';
import { newVersion } from './new-version.js';
import { chose, chosenOf, type Versions } from './second-ask.js';
import type { SpokenTurn } from './call-log.js';
import type { Move } from './utter.js';

/** "So it's" comes before it. */
const OPENS_ITSELF = /^(?:it['’]s|it is|that['’]s|that is) /i;

/**
 * Which of two answers holds, said back as the one that does; the note keeps the other as
 * superseded. Undefined where the patient holds to both.
 */
export function confirmLatest(
  last: SpokenTurn | undefined,
  reply: string,
  versions: Versions | undefined,
  ear: PatientEar,
): Move[] | undefined {
  const item = ear.cueItem;
  if (!versions || !item) return [{ name: 'noted' }];
  if (!chose(last, reply, versions)) return [{ name: 'both-kept' }];
  const put = (name: RegExp) => last?.moves.some((move) => name.test(move)) ?? false;
  const denied = put(/^confirm-new$/) && /^\W*(?:no|nah|nope)\b.*\w/i.test(reply);
  const asked = put(/^(?:both-versions|which-again)$/) || denied;
  const chosen = asked ? chosenOf(reply, versions) : versions.after;
  if (chosen === undefined) return undefined;
  ear.record.items.settle(item, quotable(chosen));
  return [
    { name: 'confirm-chosen', slots: { chosen: newVersion(chosen).replace(OPENS_ITSELF, '') } },
  ];
}
