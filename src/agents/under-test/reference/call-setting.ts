import type { Random } from '../../../determinism.js';
import type { Scenario } from '../../../scenarios/scenario.js';
import type { Fault, Rules, UtteranceBank } from './reference-data.js';

/** What a call is held with: the case, the drawn faults, words and rules. */
export interface CallSetting {
  readonly scenario: Scenario;
  readonly faults: readonly Fault[];
  readonly bank: UtteranceBank;
  readonly rules: Rules;
  readonly random: Random;
}

/** Whether a fault leaves out a step of the call. */
export function drops(
  faults: readonly Fault[],
  step: Extract<Fault, { kind: 'dropped-step' }>['step'],
): boolean {
  return faults.some((fault) => fault.kind === 'dropped-step' && fault.step === step);
}

/** Moves that the faults put in at a step of the call. */
export function addedAt(
  faults: readonly Fault[],
  at: Extract<Fault, { kind: 'added' }>['at'],
): { readonly name: string }[] {
  return faults.flatMap((fault) =>
    fault.kind === 'added' && fault.at === at ? [{ name: fault.move }] : [],
  );
}

/** A fault by which the agent does not take in what it hears. */
export function passesOver(faults: readonly Fault[]): boolean {
  return faults.some(({ kind }) => kind === 'ignored' || kind === 'replaced');
}
