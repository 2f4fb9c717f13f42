import type { FailureMode } from '../../taxonomy/hazard.js';
import { codeAt } from './guard-prompt.js';

/** What a guard made of a dialogue. */
export interface GuardAnswer {
  /** Ids of the failure modes that it names. */
  readonly named: ReadonlySet<string>;
  /** Why it says nothing of all others. */
  readonly otherwise: string;
  /** Why it could not be asked. */
  readonly failed?: string;
}

export function noGuardAnswer(otherwise: string): GuardAnswer {
  return { named: new Set(), otherwise };
}

/**
 * Reads `safe`, or `unsafe` over a line of codes, and nothing else; codes that were not given do not
 * count.
 * @param asked in the order in which they were given
 */
export function readGuardAnswer(
  text: string,
  asked: readonly Pick<FailureMode, 'id'>[],
): GuardAnswer {
  const [first, codes = '', ...more] = text
    .trim()
    .split(/\s*\n\s*/)
    .map((line) => line.trim());
  const isOfForm = more.length === 0 && (first === 'unsafe' || (first === 'safe' && codes === ''));
  if (!isOfForm) return noGuardAnswer("The guard's answer is not of the form asked for.");
  if (first === 'safe') return noGuardAnswer('The guard finds nothing unsafe, which is no vote.');
  const said = codes.split(',').map((code) => code.trim());
  const named = asked.filter((_, index) => said.includes(codeAt(index))).map(({ id }) => id);
  return named.length > 0
    ? { named: new Set(named), otherwise: 'The guard names other modes, which is no vote here.' }
    : noGuardAnswer('The guard says unsafe, but names no mode that it was given.');
}
