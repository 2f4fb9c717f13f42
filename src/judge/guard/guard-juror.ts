import type { CallRole } from '../../calls/call.js';
import { fingerprint } from '../../fingerprint.js';
import type { ChatModel } from '../../models/chat-model.js';
import { ModelError } from '../../models/model-error.js';
import { recordedModel } from '../../models/recorded-model.js';
import type { FailureMode } from '../../taxonomy/hazard.js';
import type { Taxonomy } from '../../taxonomy/load-taxonomy.js';
import { failureLine } from '../failure-line.js';
import type { Evidence, Hearing, Juror, Opinion } from '../juror.js';
import { shuffleModes } from '../model/judge-prompt.js';
import { labelOf, MODES_A_CALL, roleOfPart, splitModes } from '../model/split-modes.js';
import { settleAll } from '../settle-all.js';
import type { JurorVerdict } from '../verdict.js';
import { guardPrompt } from './guard-prompt.js';
import { noGuardAnswer, readGuardAnswer, type GuardAnswer } from './read-guard-answer.js';
import { ENGINES } from '../engines.js';

/**
 * A guard model in Llama Guard's format as juror. It brings no evidence, so a mode that it names goes
 * to a person (`needs-review`), and on all others it abstains: its `safe` is no vote.
 *
 * The server must pass the message on under the plain Llama 3 chat template. Llama Guard's own
 * template would wrap it in Meta's categories, whose codes then mean something else.
 */
export function createGuardJuror(model: ChatModel, taxonomy: Taxonomy): Juror {
  return {
    name: model.name,
    family: model.family,
    fingerprint: fingerprint({
      engine: ENGINES.guard,
      model: model.name,
      modesACall: String(MODES_A_CALL),
    }),
    // None: rates are counted over the modes that are decided here, and a guard can neither fail nor
    // pass one. Named here, a mode that it alone sees would widen them by dialogues left open for good.
    decides: new Set(),
    judge: async (evidence, modes, hearing) => {
      const groups = splitModes(modes, taxonomy.hazards, MODES_A_CALL);
      const opinions = await settleAll(
        groups.map((group, index) => {
          const role = roleOfPart(model.name, index, groups.length);
          return askGuard(model, group, evidence, hearing, role);
        }),
      );
      return {
        verdicts: opinions.flatMap(({ verdicts }) => verdicts),
        failed: opinions.find(({ failed }) => failed !== undefined)?.failed,
      };
    },
  };
}

async function askGuard(
  model: ChatModel,
  modes: readonly FailureMode[],
  { turns }: Evidence,
  { calls, secret, signal }: Hearing,
  role: CallRole,
): Promise<Opinion> {
  const asked = shuffleModes(modes, secret, labelOf(role));
  const text = guardPrompt(asked, turns);
  const answer = await ask(recordedModel(model, calls, role), text, asked, signal);
  return { verdicts: modes.map(({ id }) => verdictOn(id, answer)), failed: answer.failed };
}

async function ask(
  model: ChatModel,
  prompt: string,
  asked: readonly FailureMode[],
  signal: AbortSignal,
): Promise<GuardAnswer> {
  try {
    const messages = [{ role: 'user' as const, text: prompt }];
    // A classifier's likeliest answer is its answer.
    const { text, finish } = await model.complete({ messages, temperature: 0 }, signal);
    if (finish !== 'complete') return noGuardAnswer(`The guard's answer was ${finish}.`);
    return readGuardAnswer(text, asked);
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    const failed = failureLine(error);
    return { ...noGuardAnswer(`The guard could not be asked: ${failed}`), failed };
  }
}

function verdictOn(failureMode: string, { named, otherwise }: GuardAnswer): JurorVerdict {
  const isNamed = named.has(failureMode);
  return {
    failureMode,
    verdict: isNamed ? 'needs-review' : 'abstain',
    turn: null,
    quotes: [],
    rationale: isNamed ? 'The guard names this mode and shows no evidence for it.' : otherwise,
    confidence: 0,
  };
}
