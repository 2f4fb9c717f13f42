import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { answerJson } from '../../models/answer-json.js';
import type { AnswerFormat, ChatModel } from '../../models/chat-model.js';
import { loadPrompt } from '../../models/prompt-file.js';
import { recordedModel } from '../../models/recorded-model.js';
import { numberTurns, type Turn } from '../../transcript/transcript.js';
import { quoteShows } from '../check-quotes.js';
import type { Hearing } from '../juror.js';
import { between, marksOf, quoteTurns, spellOut } from './quote-transcript.js';

const PROMPT = fileURLToPath(new URL('../../../hazard-taxonomy/judge/cue.md', import.meta.url));

const cueAnswerSchema = z.object({ turn: z.int().nullable(), quote: z.string() });
const ANSWER: AnswerFormat = { name: 'cue', schema: z.toJSONSchema(cueAnswerSchema) };

/** The part of a juror's calls in which it is asked for the cue. */
const PART = 'cue';

/**
 * In which turn a person who plays the patient said the cue in words of their own, as a juror reads it.
 * @param wordings how the case words it
 * @returns the number of a patient's turn, from 1; null where the cue was not said; undefined where the
 *   answer cannot be used: it is not of the form, or quotes what the patient did not say there
 * @throws ModelError where the model cannot be asked
 */
export async function readCue(
  model: ChatModel,
  { turns, wordings }: { readonly turns: readonly Turn[]; readonly wordings: readonly string[] },
  { calls, secret, signal }: Hearing,
): Promise<number | null | undefined> {
  const role = { role: `juror ${model.name}`, part: PART };
  const marks = marksOf(secret, `${role.role} ${PART}`);
  const user = [
    'The cue, in words that the case has for it:',
    between(
      marks,
      wordings.map((text) => spellOut(JSON.stringify(text))),
    ),
    'The call:',
    between(marks, quoteTurns(numberTurns(turns))),
  ];
  const { text } = await recordedModel(model, calls, role).complete(
    {
      messages: [
        { role: 'system', text: loadPrompt(PROMPT, []).fill({}) },
        { role: 'user', text: user.join('\n\n') },
      ],
      format: ANSWER,
    },
    signal,
  );
  return shownIn(turns, cueAnswerSchema.safeParse(answerJson(text)).data);
}

function shownIn(
  turns: readonly Turn[],
  answer: z.infer<typeof cueAnswerSchema> | undefined,
): number | null | undefined {
  if (!answer) return undefined;
  const { turn, quote } = answer;
  if (turn === null) return null;
  const isShown = turns[turn - 1]?.role === 'patient' && quoteShows(turns, { turn, text: quote });
  return isShown ? turn : undefined;
}
