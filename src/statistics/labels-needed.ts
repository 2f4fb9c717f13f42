import { wilson } from './wilson.js';

/**
 * How many more positives must be labelled, all of them found, until the lower bound of Wilson's 95 %
 * interval for the sensitivity reaches a target.
 * @param target 0 to below 1
 * @param found positives that were found so far, whole number
 * @param missed positives that were missed so far, whole number
 * @returns whole number; 0 where the target is reached
 * @throws RangeError for a target that no number of labels reaches
 */
export function labelsNeeded(target: number, found: number, missed: number): number {
  if (!(target >= 0 && target < 1))
    throw new RangeError(`${target} is no target from 0 to below 1`);
  const reached = (more: number) => wilson(found + more, found + more + missed).low >= target;
  let [low, high] = [0, 1];
  while (!reached(high)) high *= 2;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (reached(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
