import type { VignetteRate } from '../../statistics/vignette-rate.js';
import type { GradeRange, Measure } from './measure.js';
import type { ExpectedEvents, HazardEntry, SeverityEntry } from './hazard-entry.js';

export const NOT_ASSESSED = 'not assessed';
export const TO_ENTER = '[to be entered]';

/** As `11.4 %`; below one per cent two digits that count, as `0.18 %`. */
export function perCent(share: number): string {
  const whole = share * 100;
  return `${whole === 0 || whole >= 1 ? whole.toFixed(1) : whole.toPrecision(2)} %`;
}

export function likelihoodWords(range: GradeRange | null): string {
  if (!range) return NOT_ASSESSED;
  const { decided, withOpen } = range;
  return decided.likelihood === withOpen.likelihood
    ? decided.likelihood
    : `${decided.likelihood} to ${withOpen.likelihood}`;
}

export function ratingWords(range: GradeRange | null): string {
  if (!range) return NOT_ASSESSED;
  const { decided, withOpen } = range;
  return decided.rating === withOpen.rating
    ? String(decided.rating)
    : `${decided.rating} to ${withOpen.rating}`;
}

/** As {@link ratingWords}, with the severities of which nothing is known: the row may be no worst case. */
export function rowRating(
  { unassessed }: Pick<HazardEntry, 'unassessed'>,
  range: GradeRange | null,
): string {
  const rating = ratingWords(range);
  if (!range || unassessed.length === 0) return rating;
  return `${rating} (${unassessed.join(', ')} ${NOT_ASSESSED})`;
}

/** As `0 of 30 failed: 0.0 % [95 %: 0.0 % to 11.4 %], 30 vignettes`. */
export function rateWords({ n, failed, rate, interval, vignettes }: VignetteRate): string {
  if (rate === null) return 'no dialogue decided';
  return `${failed} of ${n} failed: ${perCent(rate)} [95 %: ${perCent(interval.low)} to ${perCent(interval.high)}], ${counted(vignettes, 'vignette')}`;
}

export function expectedWords(expected: ExpectedEvents | null): string {
  if (!expected) return '';
  const { what, calls, exposure, atRate, atUpper, atUpperWithOpen } = expected;
  const most =
    atUpperWithOpen === atUpper ? '' : `; with undecided as failures ${events(atUpperWithOpen)}`;
  const assumed = exposure === 1 ? ' (exposure 1)' : ` (exposure ${exposure})`;
  return `${what} in ${calls} calls: ${events(atRate)} at the rate found, up to ${events(atUpper)}${most}${assumed}`;
}

function events(number: number): string {
  return number >= 10 ? String(Math.round(number)) : String(Number(number.toPrecision(2)));
}

export function counted(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

/** What of a hazard left the denominator, and what of it nobody could measure. */
export function leftOut({ cases: { left } }: HazardEntry): string {
  return Object.entries(left)
    .filter(([, count]) => count > 0)
    .map(([why, count]) => `${count} ${why}`)
    .join(', ');
}

/** What the figures of a severity rest on, and what more would take. */
export function evidenceNotes({ measure }: SeverityEntry): string[] {
  const { screening, open, withOpen, limitedByVignettes, failedIn } = measure;
  if (!screening) {
    return [
      withOpen.n === 0
        ? `${measure.severity}: no dialogue, ${NOT_ASSESSED}.`
        : `${measure.severity}: ${counted(withOpen.n, 'dialogue')}, none decided, ${NOT_ASSESSED}.`,
    ];
  }
  return [
    ...(open > 0
      ? [
          `${open} of ${withOpen.n} undecided: the range is wide because of them. A judge that decides failures more readily than passes overstates the rate over decided dialogues; if all undecided passed it would be ${perCent(measure.least ?? 0)}.`,
        ]
      : []),
    ...(limitedByVignettes
      ? ['Limited by the number of vignettes: more repeats do not help.']
      : []),
    ...(failedIn >= 2
      ? [
          `Failed in ${failedIn} distinct vignettes, so the defect repeats across callers: consider one severity step up.`,
        ]
      : []),
    ...furtherWords(measure),
  ];
}

function furtherWords({ further }: Measure): string[] {
  if (further.length === 0) return [];
  const each = further.map(({ likelihood, vignettes }) => `${likelihood} ${vignettes}`).join(', ');
  return [`Further distinct clean vignettes to reach: ${each}.`];
}
