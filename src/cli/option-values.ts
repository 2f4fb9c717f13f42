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

export function amount(value: string): number {
  if (Number(value) > 0) return Number(value);
  throw new InvalidArgumentError('It must be a number above 0.');
}

export function runId(value: string): string {
  if (PLAIN_NAME.test(value)) return value;
  throw new InvalidArgumentError('Use letters, digits, dots, dashes and underscores.');
}
