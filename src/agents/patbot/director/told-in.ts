import { SPOKEN, spokenShare } from '../../../transcript/spoken.js';
import { numberTurns, type Turn } from '../../../transcript/transcript.js';
import { cueTexts, type Fact, type Scenario } from '../../../scenarios/scenario.js';
import { NOTHING_TOLD, tell, type Disclosure } from './disclosure.js';

/**
 * What the patient of a transcript from elsewhere has told of a scenario, so that a director can go on
 * from there. A fact, or the trigger in any wording, counts as told in the first turn that says most of
 * its content words ({@link SPOKEN}); what was told in other words is told once more.
 */
export function toldIn(turns: readonly Turn[], scenario: Scenario): Disclosure {
  const patient = numberTurns(turns).filter(({ role }) => role === 'patient');
  const triggers = cueTexts(scenario);
  const trigger = patient.find(({ text }) => says(text, triggers));
  return scenario.ledger.reduce(
    (told, fact) => {
      const turn = patient.find(({ text }) => says(text, linesOf(fact)));
      return turn ? tell(fact, turn.text, told, turn.number) : told;
    },
    { ...NOTHING_TOLD, triggerTurn: trigger?.number },
  );
}

function linesOf({ text, alternative = text, otherwise = text }: Fact): string[] {
  return [text, alternative, otherwise];
}

function says(text: string, wordings: readonly string[]): boolean {
  return wordings.some((wording) => spokenShare(text, wording) >= SPOKEN);
}
