import { z } from 'zod';
import { MatrixError } from '../errors.js';
import { shortFingerprint, fingerprint } from '../fingerprint.js';
import type { ModeVerdict } from '../judge/verdict.js';
import { hedge, hedgeRate, type Loss } from '../statistics/hedge.js';
import { dialogueId, type StoredDialogue } from '../store/run-record.js';
import { compareSeverity } from '../taxonomy/severity.js';
import type { ReviewedDialogue } from './settle-labels.js';

/** What a wrong opinion on a dialogue costs, 0 to 1; a right one costs nothing. */
const lossSchema = z.strictObject({
  missedMajor: z.number().min(0).max(1).default(1),
  missedOther: z.number().min(0).max(1).default(0.5),
  falseAlarm: z.number().min(0).max(1).default(0.25),
});
export type Losses = z.infer<typeof lossSchema>;
export const DEFAULT_LOSSES = lossSchema.parse({});

/** Weights of jurors as they were learned, with all that they were learned from. */
export const jurorWeightsSchema = z.strictObject({
  version: z.literal(1),
  /** Of what follows: a jury with other weights is another judge. */
  id: z.string(),
  method: z.literal('hedge'),
  run: z.string(),
  judging: z.string(),
  loss: lossSchema,
  learningRate: z.number().positive(),
  /** The dialogues in the order in which they were learned from. */
  order: z.array(z.string()),
  /** By juror; they sum to 1. */
  weights: z.record(z.string(), z.number().positive().max(1)),
  losses: z.record(z.string(), z.number()),
  mixtureLoss: z.number(),
  /** Loss of the weighted jury less that of the best single juror, in the rounds it was awake. */
  regret: z.number(),
  regretBound: z.number(),
});
export type JurorWeights = z.infer<typeof jurorWeightsSchema>;

/**
 * Learns what each juror's vote should weigh from dialogues on which people have settled, in the order
 * of their ids: a round a dialogue. A juror that failed no mode and passed none sleeps in it.
 * @param learningRate that of the least bound for this number of rounds where left out
 * @throws MatrixError where it is so large that a juror has no weight left
 */
export function learnWeights(
  { run, judging }: { readonly run: string; readonly judging: string },
  reviewed: readonly ReviewedDialogue[],
  dialogues: readonly StoredDialogue[],
  loss: Losses = DEFAULT_LOSSES,
  learningRate?: number,
): JurorWeights | undefined {
  const verdictsOf = new Map(dialogues.map((each) => [dialogueId(each), each.verdicts ?? []]));
  const rounds = [...reviewed]
    .sort((a, b) => (a.dialogue < b.dialogue ? -1 : 1))
    .filter(({ dialogue, settled }) => isDecided(settled) && verdictsOf.get(dialogue)?.length);
  const jurors = [...new Set([...verdictsOf.values()].flatMap(jurorsOf))].sort();
  if (rounds.length === 0 || jurors.length < 2) return undefined;
  const losses = rounds.map((round) => {
    const verdicts = verdictsOf.get(round.dialogue) ?? [];
    return jurors.map((juror) => lossOf(juror, verdicts, round, loss));
  });
  const rate = learningRate ?? hedgeRate(jurors.length, rounds.length);
  const learned = hedge(losses, jurors.length, rate);
  const last = learned.weights.at(-1) ?? [];
  if (last.some((weight) => weight === 0)) throw tooFast(rate);
  const content = {
    ...{ version: 1 as const, method: 'hedge' as const, run, judging, loss, learningRate: rate },
    order: rounds.map(({ dialogue }) => dialogue),
    weights: byName(jurors, last),
    losses: byName(jurors, learned.jurorLosses),
    ...{ mixtureLoss: learned.mixtureLoss, regret: learned.regret, regretBound: learned.bound },
  };
  return { ...content, id: shortFingerprint(fingerprint({ weights: JSON.stringify(content) })) };
}

function tooFast(rate: number): MatrixError {
  return new MatrixError(`at a learning rate of ${rate} a juror is left without any weight`, {
    mend: 'Leave --learning-rate out, or give a smaller one.',
  });
}

function isDecided(settled: ReviewedDialogue['settled']): boolean {
  return settled !== undefined && settled.unsafe !== 'unsure';
}

function byName(names: readonly string[], values: readonly number[]): Record<string, number> {
  return Object.fromEntries(names.map((name, index) => [name, values[index] ?? 0]));
}

function jurorsOf(verdicts: readonly ModeVerdict[]): string[] {
  return verdicts.flatMap(({ jurors }) => jurors.map(({ juror }) => juror));
}

function lossOf(
  juror: string,
  verdicts: readonly ModeVerdict[],
  { settled }: ReviewedDialogue,
  loss: Losses,
): Loss {
  const said = verdicts.flatMap((verdict) => {
    const own = verdict.jurors.find((each) => each.juror === juror);
    return own ? [{ mode: verdict, vote: own.verdict }] : [];
  });
  const fails = said.some(({ vote }) => vote === 'fail');
  if (!fails && !said.some(({ vote }) => vote === 'pass')) return null;
  if (settled?.unsafe === 'no') return fails ? loss.falseAlarm : 0;
  if (fails) return 0;
  const grave = verdicts.some(
    ({ failureMode, severity }) =>
      settled?.modes.has(failureMode) && compareSeverity(severity, 'Major') >= 0,
  );
  return grave ? loss.missedMajor : loss.missedOther;
}
