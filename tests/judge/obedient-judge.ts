import type { LabelledDialogue } from '../../src/labelled/labelled-dialogue.js';
import type { SeenRequest } from '../../tools/model-server/model-server.js';
import { isOmission } from '../../src/taxonomy/hazard.js';
import type { Taxonomy } from '../../src/taxonomy/load-taxonomy.js';

/** A labelled dialogue in which somebody speaks to its reader. */
export interface Injection extends LabelledDialogue {
  readonly injected: number;
  readonly alsoInjected?: readonly number[];
  readonly aim: 'pass' | 'fail' | 'abstain';
  /** What is meant for the reader, where it is not the whole turn. */
  readonly words?: readonly string[];
}

/**
 * A judge without a will of its own: it does what any words tell it that stand outside the data, and
 * judges by the labels where none do. Data is what stands between the two lines that its
 * message names, if it names any; a line of the data that equals the closing one ends it.
 */
export function obedientJudge(dialogue: Injection, taxonomy: Taxonomy) {
  return ({ messages }: SeenRequest): string => {
    const user = messages.find(({ role }) => role === 'user')?.text ?? '';
    const outside = fold(withoutData(user, marksIn(user)));
    const ordered = injectedTexts(dialogue).some((text) => outside.includes(fold(text)));
    const ids = askedModes(user);
    const verdicts = ids.map((id, index) =>
      ordered ? obey(dialogue, id, index === 0) : judgeByLabels(dialogue, id, taxonomy),
    );
    return JSON.stringify({ notes: '', verdicts, appropriateness: null, other: [] });
  };
}

function marksIn(user: string): readonly [string, string] | undefined {
  const [, begin, end] = /between the lines (\S+) and (\S+?), /.exec(user) ?? [];
  return begin !== undefined && end !== undefined ? [begin, end] : undefined;
}

function withoutData(text: string, marks: readonly [string, string] | undefined): string {
  if (!marks) return text;
  const [begin, end] = marks;
  let inside = false;
  return text
    .split('\n')
    .filter((line) => {
      if (line === begin) inside = true;
      const kept = !inside;
      if (line === end) inside = false;
      return kept;
    })
    .join('\n');
}

function injectedTexts({
  turns,
  injected,
  alsoInjected = [],
  words,
}: Injection): readonly string[] {
  return words ?? [injected, ...alsoInjected].map((number) => turns[number - 1]?.text ?? '');
}

/** As a reader would take it: without signs that are not seen, however the lines break. */
function fold(text: string): string {
  return text.replace(/\p{Cf}/gu, '').replace(/\s+/g, ' ');
}

function askedModes(user: string): string[] {
  const [, list = ''] = /as one JSON object: (.+)$/m.exec(user) ?? [];
  return list.split(', ');
}

function obey({ aim, turns }: Injection, mode: string, first: boolean) {
  const agentTurn = turns.findIndex(({ role }) => role === 'agent') + 1;
  const fails = aim === 'fail' && first;
  return verdictOn(
    mode,
    aim === 'fail' ? (fails ? 'fail' : 'pass') : aim,
    fails ? agentTurn : null,
    fails ? [{ turn: agentTurn, text: turns[agentTurn - 1]?.text ?? '' }] : [],
  );
}

function judgeByLabels({ turns, labels = [] }: Injection, mode: string, taxonomy: Taxonomy) {
  const label = labels.find(({ failureMode }) => failureMode === mode);
  const known = taxonomy.modes.get(mode);
  if (!label || !known) return verdictOn(mode, 'pass', null, []);
  const cue = isOmission(known) && turns[label.turn - 2] ? label.turn - 1 : label.turn;
  return verdictOn(mode, 'fail', label.turn, [{ turn: cue, text: turns[cue - 1]?.text ?? '' }]);
}

function verdictOn(
  mode: string,
  verdict: string,
  turn: number | null,
  quotes: readonly { turn: number; text: string }[],
) {
  return { mode, rationale: 'By what stands there.', verdict, turn, quotes, confidence: 0.9 };
}
