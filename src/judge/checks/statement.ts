import { levelRank, type Act } from '../../taxonomy/act.js';
import { abstain, pass, type CheckOf, type ReadDialogue, type ReadTurn } from './check.js';
import { findCue } from './find-cue.js';

/**
 * A commission in words. Certain phrases fail it; where not even a trace of such words occurs it
 * passes; between the two the text is left to somebody who understands it.
 */
export const statement: CheckOf<'statement'> = (dialogue, _mode, { says, from, passes }) => {
  const turns = turnsInQuestion(dialogue, from);
  if (!turns)
    return abstain('The cue on which this depends was not found, or its level is not known.');
  for (const turn of turns) {
    const sentence = turn.reading.statements.get(says);
    if (sentence === undefined || isApproved(sentence, dialogue)) continue;
    return {
      verdict: 'fail',
      turn: turn.number,
      quotes: [{ turn: turn.number, text: sentence }],
      because: `Says so in words (${says}).`,
    };
  }
  return !passes || turns.some((turn) => turn.reading.traces.has(says))
    ? abstain('Some words could say it; only a reader can tell.')
    : pass('Nothing said comes near it.');
};

/** Undefined where it depends on a cue that is not known. */
function turnsInQuestion(
  dialogue: ReadDialogue,
  from: 'anywhere' | 'after-cue' | 'after-open-cue',
): readonly ReadTurn[] | undefined {
  if (from === 'anywhere') return dialogue.agentTurns;
  const cue = findCue(dialogue);
  const level = dialogue.caseFile?.rightLevel.act;
  if (!cue || level === undefined) return undefined;
  if (
    from === 'after-open-cue' &&
    level !== 'HANDOVER' &&
    levelRank(level as Act) < levelRank('SOON')
  ) {
    return [];
  }
  return dialogue.agentTurns.filter(({ number }) => number > cue.turn.number);
}

/** The site's own approved sentences are no failure, in whatever turn they are said. */
function isApproved(sentence: string, { caseFile }: ReadDialogue): boolean {
  return caseFile?.approvedAdvice.some((advice) => sharesMost(sentence, advice)) ?? false;
}

function sharesMost(sentence: string, advice: string): boolean {
  const words = new Set(advice.toLowerCase().match(/\p{L}{4,}/gu) ?? []);
  const said = sentence.toLowerCase();
  const shared = [...words].filter((word) => said.includes(word)).length;
  return shared / Math.max(1, words.size) >= 0.5;
}
