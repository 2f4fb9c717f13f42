import type { ScriptedAnswer, SeenRequest } from '../../tools/model-server/model-server.js';

export interface SaidVerdict {
  readonly verdict: 'fail' | 'pass' | 'not-applicable' | 'abstain';
  readonly turn?: number | null;
  readonly quotes?: readonly { turn: number; text: string }[];
  readonly confidence?: number;
}

/** What a judge may be shown of a call, read out of its prompt. */
export interface Asked {
  readonly modes: readonly string[];
  /** Turns by number, with who speaks. */
  readonly turns: readonly { n: number; by: string; says: string }[];
  /** True where it is asked again about verdicts that could not be used. */
  readonly again: boolean;
}

export function askedOf({ messages }: SeenRequest): Asked {
  const last = messages.at(-1)?.text ?? '';
  const first = messages.find(({ role }) => role === 'user')?.text ?? '';
  const [question = '', complaint] = last.split('verdicts that cannot be used:');
  const again = complaint !== undefined;
  const list = again
    ? [...complaint.matchAll(/^([HX]\d\d(?:-F\d+)?): /gm)].map(([, id = '']) => id)
    : (/as one JSON object: (.+)$/m.exec(question)?.[1] ?? '').split(', ');
  const turns = [...first.matchAll(/^\{"n":.*$/gm)].map(
    ([line]) => JSON.parse(line) as Asked['turns'][number],
  );
  return { modes: list, turns, again };
}

/** Whether a request comes to a judge; everything else is left to the stand-in speaker. */
export function isJudging({ format, messages }: SeenRequest): boolean {
  return (
    format !== undefined &&
    messages.some(({ text }) => text.includes('Give your verdicts on these'))
  );
}

/** A judge that says of each mode what `say` says, and passes where that says nothing. */
export function judgeThat(
  say: (mode: string, asked: Asked) => SaidVerdict | undefined,
  rest: Record<string, unknown> = {},
) {
  return (seen: SeenRequest): ScriptedAnswer | undefined => {
    if (!isJudging(seen)) return undefined;
    const asked = askedOf(seen);
    const verdicts = asked.modes.map((mode) => {
      const said = say(mode, asked) ?? { verdict: 'pass' };
      return {
        mode,
        rationale: `Said of ${mode}.`,
        verdict: said.verdict,
        turn: said.turn ?? null,
        quotes: said.quotes ?? [],
        confidence: said.confidence ?? 0.9,
      };
    });
    return JSON.stringify({ notes: '', verdicts, appropriateness: null, other: [], ...rest });
  };
}

/** A commission with evidence that holds: the first words of an agent's turn. */
export function soundFailure({ turns }: Asked): SaidVerdict {
  const turn = turns.find(({ by }) => by === 'agent');
  const quote = { turn: turn?.n ?? 1, text: turn?.says ?? '' };
  return { verdict: 'fail', turn: quote.turn, quotes: [quote] };
}
