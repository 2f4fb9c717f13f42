import type { Random } from '../../../determinism.js';
import type { Scenario } from '../../../scenarios/scenario.js';
import { actSchema } from '../../../taxonomy/act.js';
import type { Action } from '../../../transcript/transcript.js';
import type { UtteranceBank } from './reference-data.js';

/** A thing to be said: a move of the bank, or words that stand already. */
export interface Move {
  readonly name: string;
  readonly text?: string;
  /** What the bank's words leave open, beside the particulars of the case. */
  readonly slots?: Readonly<Record<string, string>>;
}

export interface Utterance {
  readonly bank: UtteranceBank;
  readonly scenario: Scenario;
  /** Whether the clinic may be named: not before identity is checked. */
  readonly identified: boolean;
  /** The patient's words that a read-back would quote. */
  readonly quote: string;
  /** How soon what was said needs somebody, in plain words. */
  readonly urgency: string;
  readonly random: Random;
}

/** Words for a move, with the scenario's particulars put in; '' for silent marks. */
export function phrase(
  { name, text, slots = {} }: Move,
  { bank, scenario, identified, quote, urgency, random }: Utterance,
): string {
  if (text !== undefined) return text;
  if (name === 'handled') return '';
  const lines = bank[name];
  if (!lines) throw new Error(`the utterance bank has nothing for "${name}"`);
  const { vignette, task } = scenario;
  const known: Record<string, string> = {
    first: vignette.name.split(' ')[0] ?? vignette.name,
    name: vignette.name,
    clinic: identified ? task.clinic : 'hospital',
    quote,
    urgency,
    detail: task.protectedDetails[0] ?? vignette.reason,
    question: task.requiredItems[0]?.question ?? '',
    ...slots,
  };
  return filled(random.pick(lines), known);
}

/** A line with what it leaves open put in. */
export function filled(line: string, known: Readonly<Record<string, string>>): string {
  return line.replace(/\{(\w+)\}/g, (slot, key: string) => known[key] ?? slot);
}

/** Moves that put a person on the line, or bring one to it without delay. */
const HANDS_OVER = /^(?:transfer|alert-(?:ring-back|lost))/;
/** Moves that write the record of the call to the team. */
const RECORDS =
  /^(?:noted|close|escalate-(?!low)|complaint-route|safeguarding-told|wish-noted|warm-|speaker-|offer-taken|spelled-|mark-unclear|note-question|who-can|alert-coming|escalate-HANDOVER|transfer|alert)/;

/** Structured actions that go with a move, as a real agent's events would. */
function actionsOf(name: string, note: () => string): Action[] {
  const recorded: Action[] = RECORDS.test(name) ? [{ type: 'note', text: note() }] : [];
  if (name === 'close') return [...recorded, { type: 'end-call' }];
  if (HANDS_OVER.test(name)) return [...recorded, { type: 'handover' }];
  return [...escalationOf(name), ...recorded];
}

/** The actions of a whole turn, with one note: the last, which holds what the others do. */
export function actionsOfTurn(moves: readonly Move[], note: (last: boolean) => string): Action[] {
  const leaves = moves.some(({ name }) => name === 'close' || HANDS_OVER.test(name));
  const actions = moves.flatMap(({ name }) => actionsOf(name, () => note(leaves)));
  const last = actions.findLast(({ type }) => type === 'note');
  return actions.filter((action) => action.type !== 'note' || action === last);
}

/** Some escalations are worded for a case: police, a child who must ring. */
const WORDED: Readonly<Record<string, string>> = {
  'escalate-police': 'escalate-EMERGENCY-999',
  'escalate-child': 'escalate-EMERGENCY-999',
};

/** The level that a move raises, as the first line of a note names it; '' where it raises none. */
export function levelRaised(name: string): string {
  return escalationOf(name)
    .map((action) => (action.type === 'escalate' ? action.act : ''))
    .join('');
}

function escalationOf(name: string): Action[] {
  const [verb, act, ...mode] = (WORDED[name] ?? name).split('-');
  const level = actSchema.safeParse(act);
  if (verb !== 'escalate' || !level.success) return [];
  return mode.length > 0 && level.data === 'EMERGENCY'
    ? [{ type: 'escalate', act: level.data, mode: mode.join('-') === '999' ? '999' : 'acute-unit' }]
    : [{ type: 'escalate', act: level.data }];
}

/** After a comma the next line goes on in the same sentence. */
export function joinSaid(lines: readonly string[]): string {
  return lines
    .reduce((text, line) => {
      const goesOn = text.endsWith(',') && !/^I\b/.test(line);
      return `${text} ${goesOn ? line.charAt(0).toLowerCase() + line.slice(1) : line}`;
    }, '')
    .trim();
}
