/** A juror's loss in a round, 0 to 1; null where it sleeps, that is, said nothing. */
export type Loss = number | null;

export interface Hedged {
  /** After each round, each juror's weight; they sum to 1. */
  readonly weights: readonly (readonly number[])[];
  /** Of the mixture: in each round, the mean loss of those awake by their weights before it. */
  readonly mixtureLoss: number;
  /** Of each juror, over the rounds in which it was awake. */
  readonly jurorLosses: readonly number[];
  /** The mixture's loss less a juror's over the rounds in which that one was awake, at its most. */
  readonly regret: number;
  /** What the regret cannot exceed, whatever the losses: ln N ÷ rate + rate × rounds ÷ 8. */
  readonly bound: number;
}

/** The learning rate of the least bound, √(rounds × ln N ÷ 2), for a number of rounds known before. */
export function hedgeRate(jurors: number, rounds: number): number {
  return Math.sqrt((8 * Math.log(jurors)) / rounds);
}

/**
 * Hedge, multiplicative weights: who lost less weighs more. Source: Freund and Schapire 1997, Journal
 * of Computer and System Sciences 55:119–139; the bound, Cesa-Bianchi and Lugosi 2006, Prediction,
 * Learning, and Games, theorem 2.2. A juror may sleep: those awake share out among them the weight
 * that they had together (Freund, Schapire, Singer and Warmuth 1997, STOC, 334–343). A round in which
 * all sleep costs nothing.
 * @param rounds in each, a loss a juror, in one order
 * @param rate above 0, what a loss of 1 takes from the logarithm of a weight
 * @throws RangeError for a loss outside 0 to 1, a round without a loss a juror, or a rate not above 0
 */
export function hedge(rounds: readonly (readonly Loss[])[], jurors: number, rate: number): Hedged {
  if (!(rate > 0)) throw new RangeError(`${rate} is no learning rate`);
  let logs = Array.from({ length: jurors }, () => -Math.log(jurors));
  const [losses, regrets] = [logs.map(() => 0), logs.map(() => 0)];
  let mixtureLoss = 0;
  const weights = rounds.map((round) => {
    check(round, jurors);
    const mixed = mixtureOf(logs, round);
    mixtureLoss += mixed;
    round.forEach((loss, juror) => {
      if (loss === null) return;
      losses[juror] = (losses[juror] ?? 0) + loss;
      regrets[juror] = (regrets[juror] ?? 0) + mixed - loss;
    });
    logs = learn(logs, round, rate);
    return logs.map(Math.exp);
  });
  const bound = Math.log(jurors) / rate + (rate * rounds.length) / 8;
  return { weights, mixtureLoss, jurorLosses: losses, regret: Math.max(...regrets), bound };
}

function check(round: readonly Loss[], jurors: number): void {
  if (round.length !== jurors) throw new RangeError(`${round.length} losses of ${jurors} jurors`);
  const stranger = round.find((loss) => loss !== null && !(loss >= 0 && loss <= 1));
  if (stranger !== undefined) throw new RangeError(`${stranger} is no loss from 0 to 1`);
}

function mixtureOf(logs: readonly number[], round: readonly Loss[]): number {
  const awake = logs.filter((_, juror) => round[juror] !== null);
  if (awake.length === 0) return 0;
  const mass = logOfSum(awake);
  return logs.reduce((sum, log, juror) => sum + Math.exp(log - mass) * (round[juror] ?? 0), 0);
}

function learn(logs: readonly number[], round: readonly Loss[], rate: number): number[] {
  const awake = logs.filter((_, juror) => round[juror] !== null);
  const lowered = logs.map((log, juror) => log - rate * (round[juror] ?? 0));
  const kept = logOfSum(awake) - logOfSum(lowered.filter((_, juror) => round[juror] !== null));
  return lowered.map((log, juror) => (round[juror] === null ? log : log + kept));
}

/** ln Σ exp, without underflow where every weight is tiny. */
function logOfSum(logs: readonly number[]): number {
  const most = Math.max(...logs);
  return most + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - most), 0));
}
