import type { Random } from '../../../determinism.js';
import type { Scenario } from '../../../scenarios/scenario.js';
import { actSchema } from '../../../taxonomy/act.js';
import type { Action, Turn } from '../../../transcript/transcript.js';
import type { UtteranceBank } from './reference-data.js';

export interface Utterance {
  readonly bank: UtteranceBank;
  readonly scenario: Scenario;
  readonly turns: readonly Turn[];
  readonly random: Random;
}

/** Words for a move from the bank, with the scenario's particulars put in; '' for silent marks. */
export function phrase(move: string, { bank, scenario, turns, random }: Utterance): string {
  if (move === 'handled') return '';
  const lines = bank[move];
  if (!lines) throw new Error(`the utterance bank has nothing for "${move}"`);
  const { vignette, task } = scenario;
  const slots: Record<string, string> = {
    first: vignette.name.split(' ')[0] ?? vignette.name,
    // Before identity is checked not even the clinic may be named.
    clinic: turns.length === 0 ? 'hospital' : task.clinic,
    purpose: task.purpose.charAt(0).toLowerCase() + task.purpose.slice(1),
    quote: quotable(turns),
    detail: task.protectedDetails[0] ?? vignette.reason,
    question: task.requiredItems[0]?.question ?? '',
  };
  return random.pick(lines).replace(/\{(\w+)\}/g, (slot, name: string) => slots[name] ?? slot);
}

/** The patient's longest words of the last few turns: what a read-back would quote. */
function quotable(turns: readonly Turn[]): string {
  const said = turns.filter(({ role }) => role === 'patient').slice(-4);
  const longest = said.reduce((best, { text }) => (text.length > best.length ? text : best), '');
  return longest.replace(/[.!?]+$/, '');
}

/** Structured actions that go with a move, as a real agent's events would. */
export function actionsOf(move: string): Action[] {
  if (move === 'close') return [{ type: 'end-call' }];
  if (move === 'escalate-HANDOVER') return [{ type: 'handover' }];
  if (move === 'noted') return [{ type: 'note', text: 'noted for the team' }];
  const [, act, ...mode] = move.split('-');
  const level = actSchema.safeParse(act);
  if (!move.startsWith('escalate-') || !level.success) return [];
  return mode.length > 0 && level.data === 'EMERGENCY'
    ? [{ type: 'escalate', act: level.data, mode: mode.join('-') === '999' ? '999' : 'acute-unit' }]
    : [{ type: 'escalate', act: level.data }];
}
