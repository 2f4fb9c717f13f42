import type { Random } from '../../../determinism.js';
import type { PatientPhrases } from '../phrases.js';

/**
 * Chances of habits of speech, set by measuring against PriMock57 (scenarios realism): that a turn is
 * said haltingly at all, and within it those of a tic, of a hesitation and of a small word said twice.
 */
export const HABITS = { halting: 0.3, tic: 0.6, hesitation: 0.9, repeatedWord: 0.9 };

/** How one patient talks through a whole call: a favourite filler, a verbal tic, a usual yes and no. */
export interface Voice {
  pick(lines: readonly string[]): string;
  /** A line that was not used in the last few turns. */
  fresh(lines: readonly string[]): string;
  /** The same one of the lines all through the call. */
  always(lines: readonly string[]): string;
  /** One of the first three lines more often than not. */
  usual(lines: readonly string[]): string;
  filler(): string;
  /** Hesitates at commas and full stops, and says small words twice: "and, and I, um, I can't". */
  haltingly(line: string): string;
  withTic(line: string): string;
}

const SMALL_WORDS =
  /\b(I|I'm|it|it's|the|and|but|a|my|to|they|he|she|that|so|just|in|of)\b(?= [a-z])/g;

export function createVoice({
  phrases,
  random,
}: {
  phrases: PatientPhrases;
  random: Random;
}): Voice {
  const favourite = random.pick(phrases.fillers);
  const tic = random.pick(phrases.tics);
  const recent: string[] = [];
  const habit = random.int(0, 999);
  const hesitation = favourite.toLowerCase().replace(/\.+$/, '');
  return {
    pick: (lines) => random.pick(lines),
    fresh: (lines) => {
      const unused = lines.filter((line) => !recent.includes(line));
      const line = random.pick(unused.length > 0 ? unused : lines);
      recent.push(line);
      if (recent.length > 8) recent.shift();
      return line;
    },
    always: (lines) => lines[habit % lines.length] ?? '',
    usual: (lines) => random.pick(lines.slice(0, random.chance(0.85) ? 3 : lines.length)),
    filler: () => (random.chance(0.85) ? favourite : random.pick(phrases.fillers)),
    haltingly: (line) =>
      line
        .replace(SMALL_WORDS, (word) =>
          random.chance(HABITS.repeatedWord)
            ? `${word}, ${word.startsWith('I') && word !== 'It' ? word : word.toLowerCase()}`
            : word,
        )
        .replace(/, (?=[a-z])/g, (comma) =>
          random.chance(HABITS.hesitation) ? `, ${hesitation}, ` : comma,
        ),
    withTic: (line) => (random.chance(HABITS.tic) ? line.replace(/[.!]$/, `, ${tic}.`) : line),
  };
}
