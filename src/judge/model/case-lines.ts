import type { CaseFile } from '../../scenarios/case-file.js';
import type { Taxonomy } from '../../taxonomy/load-taxonomy.js';
import type { DutyClock } from '../clock/clock.js';
import { spellOut } from './quote-transcript.js';

/**
 * A case file as a reader is told it, one JSON object a line. Where the clock knows the cue, its turn, T0
 * and T1 and the level that is right for its wording; else the wordings that it may have.
 */
export function caseLines(
  caseFile: CaseFile,
  clock: DutyClock,
  { conditions }: Pick<Taxonomy, 'conditions'>,
): string[] {
  const { facts, requiredItems, identity, ...lists } = caseFile;
  const { protectedDetails, approvedAdvice, drugs, allergies, parallel } = lists;
  const name = (some: ReadonlySet<string>) =>
    [...some].map((id) => `${id}: ${conditions[id] ?? ''}`);
  const told = {
    conditions: name(clock.holds),
    conditionsByWording: name(new Set([...clock.mayHold].filter((id) => !clock.holds.has(id)))),
    ...cueOf(caseFile, clock),
    besides: parallel.map(({ duty }) => duty),
    redFlags: facts
      .filter(({ redFlag }) => redFlag)
      .map(({ wordings: [text], level }) => (level ? { text, raisesTo: level } : text)),
    requiredItems: requiredItems.map(({ question, redFlag }) =>
      redFlag ? { question, redFlag } : question,
    ),
    identity,
    notToBeSaidBeforeIdentityIsConfirmed: protectedDetails,
    ...{ approvedAdvice, drugs, allergies },
  };
  return Object.entries(told)
    .filter(([, value]) => !Array.isArray(value) || value.length > 0)
    .map(([key, value]) => spellOut(JSON.stringify({ [key]: value })));
}

function cueOf({ cue, rightLevel }: CaseFile, clock: DutyClock): object {
  const [said, other] = clock.cue?.wordings ?? [];
  if (clock.cue && said && !other) {
    const { number } = clock.cue.turn;
    const [T0 = null, T1 = null] = clock.agentTurns.filter((turn) => turn > number);
    return { rightLevel: said.level, cue: { turn: number, T0, T1 } };
  }
  const differ = cue.some(({ level }) => level.act !== rightLevel.act);
  const wordings = cue.map(({ text, ambiguous, level }) => ({
    text,
    ...(ambiguous && { ambiguous }),
    ...(differ && { rightLevel: level }),
  }));
  return { ...(!differ && { rightLevel }), cue: wordings };
}
