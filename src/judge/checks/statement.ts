import { levelRank, type Act } from '../../taxonomy/act.js';
import type { ReadTurn } from '../reading/turn-reader.js';
import { abstain, notApplicable, shown, type CheckOf, type ReadDialogue } from './check.js';

/** A commission in words: a phrase of the list raises it, and its absence proves nothing. */
export const statement: CheckOf<'statement'> = (dialogue, _mode, { says, from }) => {
  const turns = turnsInQuestion(dialogue, from);
  if (!turns) return abstain('The cue on which this depends, or its level, is not known.');
  if (turns === 'none') return notApplicable('No concern was open.');
  for (const turn of turns) {
    const sentence = turn.reading.statements.get(says);
    if (sentence === undefined || isApproved(sentence, dialogue)) continue;
    return shown('needs-review', turn, sentence, `May say so in words (${says}).`);
  }
  return abstain('Only a reader can tell what the words say.');
};

/** Undefined where it depends on a cue that is not known, `none` where nothing of that kind was open. */
function turnsInQuestion(
  { agentTurns, clock }: ReadDialogue,
  from: 'anywhere' | 'after-cue' | 'after-open-cue',
): readonly ReadTurn[] | 'none' | undefined {
  if (from === 'anywhere') return agentTurns;
  const [level] = clock.levels;
  if (!clock.cue || !level) return undefined;
  const since = clock.cue.turn.number;
  const isOpen = level.act === 'HANDOVER' || levelRank(level.act as Act) >= levelRank('SOON');
  if (from === 'after-open-cue' && !isOpen) return 'none';
  return agentTurns.filter(({ number }) => number > since);
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
