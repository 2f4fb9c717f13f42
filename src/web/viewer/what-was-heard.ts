import type { Heard } from '../../agents/patbot/ear/ear.js';
import { readHeard, topicsHeard } from '../../agents/patbot/ear/model-ear.js';
import { OFFLINE_EAR } from '../../agents/patbot/ear/rules-ear.js';
import { UNRECORDED } from '../../calls/call-recorder.js';
import type { Call } from '../../calls/call.js';
import { chatAnswerSchema } from '../../models/chat-model.js';
import type { Scenario } from '../../scenarios/scenario.js';
import { numberTurns, type Turn } from '../../transcript/transcript.js';

/** Signs of a turn above which it is not heard again for a page: no call has such turns. */
const MOST_SIGNS = 10_000;

/** Agent turns that a patient answered: others nobody listened to. */
function answered(turns: readonly Turn[]) {
  return numberTurns(turns).filter(
    ({ role, number }) => role === 'agent' && turns[number]?.role === 'patient',
  );
}

/** What the ear by rules makes of the agent's turns, by their numbers: it hears the same each time. */
export async function hearByRules(
  turns: readonly Turn[],
  scenario: Scenario,
  signal: AbortSignal,
): Promise<Map<number, Heard>> {
  const ear = OFFLINE_EAR.open({ scenario, calls: UNRECORDED, seed: 0 });
  const heard = new Map<number, Heard>();
  for (const turn of answered(turns)) {
    if (turn.text.length > MOST_SIGNS) continue;
    const said = turns[turn.number - 2]?.text;
    heard.set(turn.number, await ear.hear(turn, { said }, signal));
  }
  return heard;
}

/** What a model's ear answered, by the turns that it was asked about; it is asked again at most once. */
export function heardInCalls(
  turns: readonly Turn[],
  calls: readonly Call[],
  scenario: Scenario,
): Map<number, Heard> {
  const topics = topicsHeard(scenario);
  const answers = calls.filter(({ role }) => role === 'ear').map(({ answer }) => answer);
  const heard = new Map<number, Heard>();
  for (const { number } of answered(turns)) {
    const read = readNext(answers, topics) ?? readNext(answers, topics);
    if (read) heard.set(number, read);
  }
  return heard;
}

function readNext(answers: unknown[], topics: ReturnType<typeof topicsHeard>): Heard | undefined {
  const answer = chatAnswerSchema.safeParse(answers.shift());
  return answer.success ? readHeard(answer.data, topics) : undefined;
}
