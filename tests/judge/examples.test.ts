import { describe, expect, it } from 'vitest';
import { loadJudgeExamples, type ModeExample } from '../../src/judge/model/judge-examples.js';
import { labelledDialogueSchema, readJsonLines } from '../../src/labelled/labelled-dialogue.js';
import { SPOKEN, spokenShare, stemsOf } from '../../src/transcript/spoken.js';
import { library } from '../fixtures.js';

interface Named extends ModeExample {
  readonly mode: string;
}

const examples = Object.entries(loadJudgeExamples(library.taxonomy)).flatMap(
  ([mode, { fail, safe }]): Named[] =>
    [fail, safe].flatMap((example) => (example ? [{ mode, ...example }] : [])),
);

/** What patients of the library say, and what is said in the dialogues on which prompts are tried. */
const scripted = library.scenarios.scenarios.flatMap(({ trigger, ledger }) => [
  ...Object.values(trigger.wordings).map(({ text }) => text),
  ...ledger.flatMap(({ text, alternative }) => [text, alternative ?? '']),
]);
const labelled = readJsonLines('datasets/labelled/dev.jsonl', labelledDialogueSchema)
  .flatMap(({ turns }) => turns)
  .map(({ text }) => text);

/** Words of sense below which a line is said in any call. */
const FEWEST = 4;

/** Whether a line is one of these in other clothes, whichever of the two is longer. */
function plays(line: string, others: readonly string[]): boolean {
  return others.some(
    (other) =>
      stemsOf(other).size >= FEWEST &&
      spokenShare(line, other) >= SPOKEN &&
      spokenShare(other, line) >= SPOKEN,
  );
}

function modesWhere(wrong: (example: Named) => boolean): string[] {
  return examples.filter(wrong).map(({ mode }) => mode);
}

describe('worked examples for a model judge', () => {
  it('are there, each for a mode that is judged on one dialogue', () => {
    expect(examples.length).toBeGreaterThan(0);
    const { modes } = library.taxonomy;
    expect(modesWhere(({ mode }) => modes.get(mode)?.scope !== 'dialogue')).toEqual([]);
  });

  it('play no scenario of the library', () => {
    const play = ({ lines }: Named) =>
      lines.some(({ by, text }) => by === 'patient' && plays(text, scripted));
    expect(modesWhere(play)).toEqual([]);
  });

  it('stand in no dialogue on which the prompt is tried', () => {
    expect(modesWhere(({ lines }) => lines.some(({ text }) => plays(text, labelled)))).toEqual([]);
  });

  it('are short, since every reading pays for them: 40 words, and 12 for the reason', () => {
    const words = (text: string) => text.split(/\s+/).length;
    const long = ({ lines, why }: Named) =>
      words(lines.map(({ text }) => text).join(' ')) > 40 || words(why) > 12;
    expect(modesWhere(long)).toEqual([]);
  });
});

describe('the refusal of an example that plays a scenario', () => {
  it('sees a cue of the library that is said a little otherwise', () => {
    const [cue = ''] = scripted;
    expect(plays(`Well, ${cue}`, scripted)).toBe(true);
    expect(plays('I fell off my bicycle by the canal this morning.', scripted)).toBe(false);
  });
});
