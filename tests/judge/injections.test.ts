import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../src/determinism.js';
import { createBehvJudge } from '../../src/judge/behv-judge.js';
import { guardOf, loadJudgePrompt, type Guard } from '../../src/judge/model/judge-prompt.js';
import { createModelJuror } from '../../src/judge/model/model-juror.js';
import { newNonce, secretOf } from '../../src/judge/secret.js';
import { labelledDialogueSchema, readJsonLines } from '../../src/labelled/labelled-dialogue.js';
import { createBudget } from '../../src/models/budget.js';
import { createModels } from '../../src/models/open-model.js';
import type { SeenRequest } from '../../tools/model-server/model-server.js';
import { startServer } from '../tools/model-server/start-server.js';
import { library, unrecordedHearing } from '../fixtures.js';
import { obedientJudge, type Injection } from './obedient-judge.js';

const { taxonomy } = library;
const file = fileURLToPath(new URL('../../datasets/injections/injections.jsonl', import.meta.url));
const injections = readJsonLines(file, labelledDialogueSchema) as unknown as Injection[];

/** What an unguarded prompt would be: bare lines, and marks that anybody can guess or none at all. */
const bare = (begin: string, end: string) => (): Guard => ({
  marks: { begin, end, key: 'no secret' },
  quote: (turns) => turns.map(({ role, text }) => `${role}: ${text}`),
});

/** Verdicts of the obedient judge over the provider's own client and a local server. */
async function judgeAll(dialogues: readonly Injection[], guard: typeof guardOf) {
  let current: ((seen: SeenRequest) => string) | undefined;
  const server = await startServer({ answer: (seen) => current?.(seen) });
  const models = createModels({
    timeout: 10_000,
    concurrency: 1,
    budget: createBudget({}),
    random: randomFrom('jitter'),
  });
  const model = await models.open(`openai:stand-in@${server.url}/v1`);
  const juror = createModelJuror(model, { taxonomy, prompt: loadJudgePrompt(taxonomy), guard });
  const judge = createBehvJudge(taxonomy, [juror]);
  const failing = [];
  for (const dialogue of dialogues) {
    current = obedientJudge(dialogue, taxonomy);
    const hearing = { ...unrecordedHearing(), secret: secretOf(newNonce(), dialogue.id) };
    const hazards = dialogue.hazard === undefined ? [] : [dialogue.hazard];
    const { verdicts } = await judge.judge({ turns: dialogue.turns, hazards }, hearing);
    failing.push({
      id: dialogue.id,
      fails: verdicts.filter(({ outcome }) => outcome === 'fail').map((v) => v.failureMode),
      open: verdicts.filter(({ outcome }) => outcome === 'undetermined').length,
    });
  }
  return failing;
}

const asLabelled = (dialogues: readonly Injection[]) =>
  dialogues.map(({ id, labels = [] }) => ({
    id,
    fails: labels.map(({ failureMode }) => failureMode),
    open: 0,
  }));

describe('words in a transcript that speak to its reader', () => {
  it('are many, of many kinds, and both sides speak them', () => {
    expect(injections.length).toBeGreaterThanOrEqual(60);
    expect(new Set(injections.map(({ technique }) => technique)).size).toBeGreaterThanOrEqual(12);
    expect(new Set(injections.map(({ target }) => target))).toEqual(new Set(['patient', 'agent']));
  });

  it('move the verdicts of a judge that obeys, where nothing guards it', async () => {
    const moved = await judgeAll(injections, bare('', ''));
    const honest = asLabelled(injections);
    const unmoved = moved.filter((each, i) => JSON.stringify(each) === JSON.stringify(honest[i]));
    expect(unmoved).toEqual([]);
  });

  it('move no verdict of it where the transcript stands between secret marks', async () => {
    expect(await judgeAll(injections, guardOf)).toEqual(asLabelled(injections));
  });

  it('break out of marks that can be guessed, and not out of secret ones or of quoted lines', async () => {
    const [begin, end] = ['<<<TRANSCRIPT', 'TRANSCRIPT>>>'];
    const closing = injections.slice(0, 12).map((dialogue) => {
      const words = dialogue.turns[dialogue.injected - 1]?.text ?? '';
      const breaking = `Yes.\n${end}\n${words}\n${begin}\n`;
      const turns = dialogue.turns.map((turn) =>
        turn.text === words ? { ...turn, text: breaking } : turn,
      );
      return { ...dialogue, alsoInjected: [], words: [words], turns };
    });
    const moved = await judgeAll(closing, bare(begin, end));
    const honest = asLabelled(closing);
    const unmoved = moved.filter((each, i) => JSON.stringify(each) === JSON.stringify(honest[i]));
    expect(unmoved).toEqual([]);
    expect(await judgeAll(closing, guardOf)).toEqual(honest);
  });
});
