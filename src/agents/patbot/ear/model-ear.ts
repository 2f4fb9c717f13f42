import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { answerJson } from '../../../models/answer-json.js';
import type { ChatAnswer, ChatMessage, ChatModel } from '../../../models/chat-model.js';
import { loadPrompt, type PromptFile } from '../../../models/prompt-file.js';
import { recordedModel } from '../../../models/recorded-model.js';
import type { Scenario } from '../../../scenarios/scenario.js';
import type { Turn } from '../../../transcript/transcript.js';
import { quotedSpeech } from '../quoted-speech.js';
import { loadPhrases } from '../phrases.js';
import { cuesIn } from './dialogue-acts.js';
import { ACTS, FORMS, type EarCast, type EarKind, type Heard, type HearingContext } from './ear.js';
import { topicsOf, type Topic } from './topics.js';

const PROMPT = new URL('../../../../datasets/patbot/prompts/ear.md', import.meta.url);

const answerSchema = z.object({
  acts: z.array(z.enum(ACTS)),
  /** Numbers in the list, from 1. */
  topics: z.array(z.int()),
  form: z.enum(FORMS).nullable(),
  /** Something is asked, and nobody could tell what. */
  unclear: z.boolean(),
});

const format = { name: 'heard', schema: z.toJSONSchema(answerSchema) };

/** What cannot be read is a question that was not understood: the patient asks back. */
const NOT_UNDERSTOOD: Heard = { acts: [], topics: [], form: 'open', understood: false };

/**
 * The ear by language model: one small call a turn, journalled as `ear`. It is given the agent's turn,
 * the patient's last words and what each topic is about, never what a fact says. An answer that cannot
 * be read is asked for once more, then the turn counts as not understood.
 */
export function modelEar(spec: string, model: ChatModel): EarKind {
  const prompt = loadPrompt(fileURLToPath(PROMPT), []);
  return { spec, prompts: [prompt], open: (cast) => openEar(model, prompt, cast) };
}

function openEar(model: ChatModel, prompt: PromptFile, { scenario, calls, seed }: EarCast) {
  const topics = topicsHeard(scenario);
  const recorded = recordedModel(model, calls, { role: 'ear' });
  const { hearing } = loadPhrases();
  return {
    hear: async (turn: Turn, context: HearingContext, signal: AbortSignal) => {
      const messages = earMessages(prompt, topics, turn, context);
      for (const further of [0, 1]) {
        const answer = await recorded.complete({ messages, format, seed: seed + further }, signal);
        const heard = readHeard(answer, topics);
        if (heard) return { ...heard, acts: [...heard.acts, ...cuesIn(turn.text, hearing)] };
      }
      return NOT_UNDERSTOOD;
    },
  };
}

/**
 * One name for one thing: a required item whose facts have topics of their own is left to those, what
 * is recalled of the vignette to the vignette's parts.
 */
export function topicsHeard(scenario: Scenario): Topic[] {
  const answered = new Set(scenario.ledger.flatMap(({ answers }) => answers));
  const { vignette } = scenario;
  const isSilent = (id: string) =>
    (id === 'occupation' || id === 'home') && vignette[id] === undefined;
  return topicsOf(scenario).filter(
    ({ kind, id }) =>
      kind !== 'recall' &&
      !(kind === 'item' && answered.has(id)) &&
      !(kind === 'vignette' && isSilent(id)),
  );
}

/** What the model is asked: instructions that never change, then the case's topics and the speech. */
export function earMessages(
  prompt: PromptFile,
  topics: readonly Topic[],
  { text }: Pick<Turn, 'text'>,
  { said }: HearingContext,
): ChatMessage[] {
  const numbered = topics.map(({ kind, label }, index) => ({
    kind,
    line: `${index + 1} ${label}`,
  }));
  const linesOf = (agreed: boolean) =>
    numbered.filter(({ kind }) => (kind === 'commitment') === agreed).map(({ line }) => line);
  const speech = [
    ...(said === undefined ? [] : [`The person said last: ${quotedSpeech(said)}`]),
    `The caller says: ${quotedSpeech(text)}`,
  ];
  return [
    { role: 'system', text: prompt.fill({}) },
    {
      role: 'user',
      text: ['Asked about:', ...linesOf(false), 'Agreed to:', ...linesOf(true), '', ...speech].join(
        '\n',
      ),
    },
  ];
}

/** Undefined where the answer is not whole, not of the form or names a topic that is not listed. */
export function readHeard(
  { text, finish }: ChatAnswer,
  topics: readonly Topic[],
): Heard | undefined {
  const { success, data } = answerSchema.safeParse(answerJson(text));
  if (finish !== 'complete' || !success) return undefined;
  const { acts, form, unclear } = data;
  const named = [...new Set(data.topics)].map((number) => topics[number - 1]);
  const known = named.filter((topic) => topic !== undefined);
  if (known.length < named.length) return undefined;
  return { acts, topics: known, form: form ?? undefined, understood: !unclear };
}
