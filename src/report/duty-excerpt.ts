import type { DutyLine, ModeVerdict } from '../judge/verdict.js';
import { onOneLine } from '../printable.js';
import type { StoredDialogue } from '../store/run-record.js';
import { compareSeverity } from '../taxonomy/severity.js';
import { numberTurns, type NumberedTurn } from '../transcript/transcript.js';
import { span, wrapped, type Line } from './line.js';
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

/** The turns on which a failure rests, each with what was due when; dots stand for turns between. */
export function renderDutyExcerpt({ dialogue, verdict, duty }: Failing, columns: number): Line[] {
  const quoted = new Map(verdict.quotes.map(({ turn, text }) => [turn, text]));
  const shown = new Set(
    [...quoted.keys(), verdict.turn, duty?.since, duty?.due, duty?.met].filter((n) => n != null),
  );
  const turns = numberTurns(dialogue.attempt?.turns ?? []).filter(({ number }) =>
    shown.has(number),
  );
  return turns.flatMap((turn, index) => [
    ...(index > 0 && turns[index - 1]?.number !== turn.number - 1 ? ['   …'] : []),
    ...renderTurn(turn, quoted.get(turn.number), columns),
    ...notesOn(turn, verdict, duty).map((note): Line => [INDENT, span(`← ${note}`, 'strong')]),
  ]);
}

const INDENT = ' '.repeat(15);
/** Lines of a turn at most. */
const MOST_LINES = 2;

function notesOn({ number }: NumberedTurn, verdict: ModeVerdict, duty: DutyLine | undefined) {
  const late = duty?.due != null && duty.met != null ? duty.met - duty.due : 0;
  return [
    ...(number === duty?.since ? [`calls for ${duty.act}`] : []),
    ...(number === duty?.due ? [`${duty.act} was due by here`] : []),
    ...(number === duty?.met ? [late > 0 ? `given only here, ${late} turns late` : 'given'] : []),
    ...(number === verdict.turn && number !== duty?.due ? ['failed here'] : []),
  ];
}

function renderTurn(
  { number, role, text, actions = [] }: NumberedTurn,
  quote: string | undefined,
  columns: number,
): string[] {
  const acts = actions.map((action) => ` ${renderAction(action)}`).join('');
  const width = columns - INDENT.length;
  const said = excerptOf(
    onOneLine(text),
    quote && onOneLine(quote),
    MOST_LINES * width - acts.length,
  );
  const head = `${String(number).padStart(4)}  ${role.padEnd(7)}  `;
  const lines = wrapped(`${said}${acts}`, width);
  return lines.map((line, index) => `${index === 0 ? head : INDENT}${line}`);
}

/** So much of a text as there is room for, from the quote on. */
function excerptOf(text: string, quote: string | undefined, room: number): string {
  if (text.length <= room) return text;
  const at = quote === undefined ? 0 : Math.max(0, text.indexOf(quote));
  const start = at === 0 ? '' : '…';
  const rest = text.slice(at);
  // Words that do not break evenly take a little more than their letters.
  const least = room - start.length - 12;
  if (rest.length <= least) return start + rest;
  const cut = rest.slice(0, least);
  return `${start}${cut.slice(0, Math.max(cut.lastIndexOf(' '), 10))}…`;
}
