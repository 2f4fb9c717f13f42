import { randomFrom } from '../../src/determinism.js';
import { MatrixError } from '../../src/errors.js';

/** Failures that the provider reports itself, with their HTTP status. */
export const HTTP_FAILURES = {
  /** Says when to come back. */
  rate: 429,
  /** Does not say when. */
  storm: 429,
  /** Credit is used up: waiting does not help. */
  quota: 429,
  server: 500,
  overloaded: 503,
  timeout408: 408,
  conflict: 409,
} as const;
export type HttpFailure = keyof typeof HTTP_FAILURES;

/** The answer arrives whole, but is no proper turn. */
const SPOILED_SPEECH = ['empty', 'truncated', 'refused', 'filtered'] as const;
export type SpoiledSpeech = (typeof SPOILED_SPEECH)[number];

/** `html`: a 502 of a proxy; `malformed`: a 200 whose JSON breaks off; `slow`: ten times the latency. */
const BROKEN_DELIVERY = ['reset', 'reset-mid-body', 'malformed', 'slow', 'html'] as const;

export type FaultKind = HttpFailure | SpoiledSpeech | (typeof BROKEN_DELIVERY)[number];
export const FAULT_KINDS: readonly FaultKind[] = [
  ...(Object.keys(HTTP_FAILURES) as HttpFailure[]),
  ...SPOILED_SPEECH,
  ...BROKEN_DELIVERY,
];

export type FaultRates = Partial<Record<FaultKind, number>>;

/**
 * Which fault, if any, meets the request of an ordinal: the same seed and rates, the same schedule.
 * @throws MatrixError where a rate is not 0 to 1, or all of them together exceed 1
 */
export function createFaultSchedule(
  seed: number,
  rates: FaultRates,
): (ordinal: number) => FaultKind | undefined {
  const shares = FAULT_KINDS.flatMap((kind) => ((rates[kind] ?? 0) === 0 ? [] : [kind]));
  checkRates(shares.map((kind) => rates[kind] ?? 0));
  if (shares.length === 0) return () => undefined;
  return (ordinal) => {
    let left = randomFrom(seed, 'fault', ordinal).int(0, 999_999) / 1_000_000;
    return shares.find((kind) => (left -= rates[kind] ?? 0) < 0);
  };
}

function checkRates(rates: readonly number[]): void {
  const total = rates.reduce((sum, rate) => sum + rate, 0);
  // Ten rates of 0.1 add up to a little more than 1.
  if (rates.every((rate) => rate > 0) && total <= 1 + Number.EPSILON * rates.length) return;
  throw new MatrixError('the rates of the faults are not 0 to 1, or exceed 1 together', {
    mend: 'Give each fault a share of the requests, such as rate=0.1.',
  });
}

export function isHttpFailure(fault: FaultKind): fault is HttpFailure {
  return fault in HTTP_FAILURES;
}

export function isSpoiledSpeech(fault: FaultKind): fault is SpoiledSpeech {
  return (SPOILED_SPEECH as readonly string[]).includes(fault);
}
