import { InvalidArgumentError } from 'commander';
import { PLAIN_NAME } from '../plain-name.js';

/** For options that may be given several times. */
export function collect(value: string, before: string[] = []): string[] {
  return [...before, value];
}

export function whole(value: string): number {
  if (!/^-?\d+$/.test(value)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(value);
}

export function atLeastOne(value: string): number {
  if (whole(value) >= 1) return Number(value);
  throw new InvalidArgumentError('It must be 1 or more.');
}

/** Of TCP; 0 stands for one that is free. */
export function port(value: string): number {
  if (whole(value) >= 0 && whole(value) <= 65_535) return Number(value);
  throw new InvalidArgumentError('It must be a port, 1 to 65535.');
}

export function countOf(value: string): number {
  if (whole(value) >= 0) return Number(value);
  throw new InvalidArgumentError('It must be 0 or more.');
}

/** The longest that a timer can wait. */
const MOST_SECONDS = 2 ** 31 / 1000 - 1;

export function seconds(value: string): number {
  if (Number(value) > 0 && Number(value) <= MOST_SECONDS) return Number(value);
  throw new InvalidArgumentError(
    `It must be a number above 0, at most ${Math.floor(MOST_SECONDS)}.`,
  );
}

export function amount(value: string): number {
  if (Number(value) > 0) return Number(value);
  throw new InvalidArgumentError('It must be a number above 0.');
}

export function share(value: string): number {
  if (value.trim() !== '' && Number(value) >= 0 && Number(value) <= 1) return Number(value);
  throw new InvalidArgumentError('It must be a number from 0 to 1.');
}

/** A run's id stands in names of files too, beside others. */
export function runId(value: string): string {
  if (PLAIN_NAME.test(value) && value.length <= 100 && !value.startsWith('-')) return value;
  throw new InvalidArgumentError(
    'Use at most 100 letters, digits, dots, dashes and underscores, the first no dash.',
  );
}
