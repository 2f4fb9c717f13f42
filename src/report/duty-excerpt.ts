import type { DutyLine, ModeVerdict } from '../judge/verdict.js';
import { onOneLine } from '../printable.js';
import type { StoredDialogue } from '../store/run-record.js';
import { compareSeverity } from '../taxonomy/severity.js';
import { numberTurns, type NumberedTurn } from '../transcript/transcript.js';
import { span, type Line } from './line.js';
import { renderAction } from './render-transcript.js';

/** A failure with the duty that it broke, where one is known. */
export interface Failing {
  readonly dialogue: StoredDialogue;
  readonly verdict: ModeVerdict;
  readonly duty: DutyLine | undefined;
}

/** The failure that shows most: gravest first, then one whose duty was not done in time. */
export function mostTelling(failing: readonly Failing[]): Failing | undefined {
  return [...failing].sort(
    (a, b) =>
      compareSeverity(b.verdict.severity, a.verdict.severity) ||
      Number(isOverdue(b.duty)) - Number(isOverdue(a.duty)),
  )[0];
}

/** The duty of a dialogue that was not done in time, else its first. */
export function dutyOf({ judgement }: StoredDialogue): DutyLine | undefined {
  const duties = judgement?.duties ?? [];
  return duties.find(isOverdue) ?? duties[0];
}

function isOverdue(duty: DutyLine | undefined): boolean {
  if (duty?.due == null) return false;
  return duty.met === null || duty.met > duty.due;
}

/** The turns on which a failure rests, one a line, with what was due when in the margin. */
export function renderDutyExcerpt({ dialogue, verdict, duty }: Failing, columns: number): Line[] {
  const quoted = new Map(verdict.quotes.map(({ turn, text }) => [turn, text]));
  const shown = new Set(
    [...quoted.keys(), verdict.turn, duty?.since, duty?.due, duty?.met].filter((n) => n != null),
  );
  return numberTurns(dialogue.attempt?.turns ?? [])
    .filter(({ number }) => shown.has(number))
    .map((turn) =>
      renderTurn(turn, quoted.get(turn.number), marginOf(turn, verdict, duty), columns),
    );
}

function marginOf(
  { number }: NumberedTurn,
  verdict: ModeVerdict,
  duty: DutyLine | undefined,
): string {
  const notes = [
    ...(number === duty?.since ? ['duty arose'] : []),
    ...(number === duty?.due ? [`${duty.act} due`] : []),
    ...(duty?.met != null && number === duty.met ? [metNote(duty, duty.met)] : []),
    ...(number === verdict.turn && number !== duty?.due ? ['failed here'] : []),
  ];
  return notes.length > 0 ? `  ← ${notes.join(', ')}` : '';
}

function metNote({ due }: DutyLine, met: number): string {
  const late = due === null ? 0 : met - due;
  return late > 0 ? `given ${late} turns late` : 'given';
}

function renderTurn(
  { number, role, text, actions = [] }: NumberedTurn,
  quote: string | undefined,
  margin: string,
  columns: number,
): Line {
  const head = `${String(number).padStart(4)}  ${role.padEnd(7)}  `;
  const acts = actions.map((action) => ` ${renderAction(action)}`).join('');
  const room = Math.max(20, columns - head.length - acts.length - margin.length);
  const said = `${excerptOf(onOneLine(text), quote && onOneLine(quote), room)}${acts}`;
  return margin === '' ? `${head}${said}` : [head, said, span(margin, 'strong')];
}

/** So much of a text as there is room for, from the quote on. */
function excerptOf(text: string, quote: string | undefined, room: number): string {
  const at = quote === undefined ? 0 : Math.max(0, text.indexOf(quote));
  if (text.length <= room) return text;
  const start = at === 0 ? '' : '…';
  const rest = text.slice(at);
  if (start.length + rest.length <= room) return start + rest;
  const cut = rest.slice(0, room - start.length - 1);
  return `${start}${cut.slice(0, Math.max(cut.lastIndexOf(' '), 10))}…`;
}
