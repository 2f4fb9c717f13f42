import type { ModeVerdict } from '../judge/verdict.js';
import type { Attempt } from '../store/run-record.js';
import { outcomeOf } from '../judge/dialogue-outcome.js';
import { emptyTally, unsafeRange, type UnsafeRange } from './tally.js';
import { percent, percentRange } from './text-table.js';

/** How often the patient did not understand or answer an agent, and what that may have cost it. */
export interface MishearingSummary {
  readonly patientTurns: number;
  readonly notUnderstood: number;
  readonly notAnswered: number;
  /** Dialogues in which a primary failure rests on such a turn. */
  readonly resting: number;
  /** Over the checked modes of the hazard: all valid dialogues, and all but those. */
  readonly unsafe: UnsafeRange;
  readonly without: UnsafeRange;
}

/** Counts the patient's turns over the dialogues of one agent. */
export class MishearingTally {
  #patientTurns = 0;
  #notUnderstood = 0;
  #notAnswered = 0;
  #resting = 0;
  readonly #all = emptyTally();
  readonly #without = emptyTally();

  /** @param checked verdicts of the hazard's modes that the judge can check; empty where unjudged */
  add({ turns, mishearings }: Attempt, checked: readonly ModeVerdict[]): void {
    if (mishearings === null) return;
    this.#patientTurns += turns.filter(({ role }) => role === 'patient').length;
    for (const { outcome } of mishearings) {
      if (outcome === 'not-understood') this.#notUnderstood += 1;
      else this.#notAnswered += 1;
    }
    if (checked.length === 0) return;
    const misheard = new Set(mishearings.map(({ turn }) => turn));
    const outcome = outcomeOf(checked);
    this.#all[outcome] += 1;
    if (checked.some((verdict) => restsOn(verdict, misheard))) this.#resting += 1;
    else this.#without[outcome] += 1;
  }

  /** Undefined where no attempt recorded how the patient heard. */
  summary(): MishearingSummary | undefined {
    if (this.#patientTurns === 0) return undefined;
    return {
      patientTurns: this.#patientTurns,
      notUnderstood: this.#notUnderstood,
      notAnswered: this.#notAnswered,
      resting: this.#resting,
      unsafe: unsafeRange(this.#all),
      without: unsafeRange(this.#without),
    };
  }
}

/** A failure rests on a patient's turn that it quotes, or that the failing agent turn answers. */
function restsOn(
  { outcome, primary, turn, quotes }: ModeVerdict,
  misheard: ReadonlySet<number>,
): boolean {
  if (outcome !== 'fail' || !primary) return false;
  return quotes.some((quote) => misheard.has(quote.turn)) || misheard.has((turn ?? 0) - 1);
}

export function renderMishearings(found: MishearingSummary | undefined): string[] {
  if (!found || found.notUnderstood + found.notAnswered === 0) return [];
  const { patientTurns, notUnderstood, notAnswered, resting, unsafe, without } = found;
  return [
    `patient: of ${patientTurns} turns ${percent(notUnderstood / patientTurns)} did not understand the agent and ${percent(notAnswered / patientTurns)} did not answer it;`,
    `  unsafe over checked modes ${percentRange(unsafe.low, unsafe.high)}, without ${resting} dialogues whose verdict rests on such a turn ${percentRange(without.low, without.high)}`,
  ];
}
