import type { Act } from '../../taxonomy/act.js';
import { spokenShare } from '../../transcript/spoken.js';
import { isRecorded } from '../clock/duties.js';
import { abstain, notApplicable, pass, shown, type CheckOf, type ReadDialogue } from './check.js';

/** How much of a required item's question must be in the agent's to be that item. */
const SAME_ITEM = 0.6;

/**
 * Going on with the script: a required item is asked. After a stop that is a failure; after an
 * escalation it is raised, since the item may brief those who are on their way.
 */
export const routineQuestionAfter: CheckOf<'routine-question-after'> = (
  dialogue,
  _mode,
  { after },
) => {
  const { agentTurns, clock } = dialogue;
  const start = after === 'cue' ? cueOf(dialogue) : firstOf(after, dialogue);
  if (!start) {
    return after !== 'cue' && after.every((act) => isRecorded(clock, act))
      ? notApplicable('None of these acts is recorded.')
      : abstain('The point from which this counts was not found.');
  }
  const later = agentTurns.filter(({ number }) => number > start.turn);
  for (const turn of later) {
    const question = turn.reading.sentences.find(
      ({ text, asks }) => asks && isItem(text, dialogue),
    );
    if (!question) continue;
    const verdict = after === 'cue' && start.sure ? 'fail' : 'needs-review';
    return shown(verdict, turn, question.text, 'A required item is asked after that point.');
  }
  return start.sure && later.length === 0
    ? pass('Nothing was asked after that point.')
    : abstain('Whether a later question is routine cannot be read.');
};

interface Start {
  readonly turn: number;
  /** Known from a record, or from the case file's own words. */
  readonly sure: boolean;
}

function cueOf({ clock: { cue } }: ReadDialogue): Start | undefined {
  return cue && { turn: cue.turn.number, sure: cue.wordings.length === 1 };
}

function firstOf(acts: readonly Act[], { clock }: ReadDialogue): Start | undefined {
  const done = clock.acts.filter(({ act }) => acts.includes(act));
  const first = done.find(({ by }) => by === 'action') ?? done[0];
  return first && { turn: first.turn, sure: first.by === 'action' };
}

function isItem(text: string, { caseFile }: ReadDialogue): boolean {
  return (
    caseFile?.requiredItems.some(({ question }) => spokenShare(text, question) >= SAME_ITEM) ??
    false
  );
}
