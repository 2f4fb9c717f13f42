import path from 'node:path';
import { MatrixError } from '../../errors.js';
import { fingerprint } from '../../fingerprint.js';
import type { ChatMessage, ChatModel } from '../../models/chat-model.js';
import { ModelError } from '../../models/model-error.js';
import { recordedModel } from '../../models/recorded-model.js';
import { readText } from '../../read-file.js';
import { askAgain } from '../ask-again.js';
import { normalise } from '../check-quotes.js';
import { failureLine } from '../failure-line.js';
import type { Evidence, Hearing } from '../juror.js';
import type { PolicyBreach } from '../verdict.js';
import { complaint, loadPolicyPrompt, policyMarks, policyMessages } from './policy-messages.js';
import { BREACHES, readBreaches, type BreachEvidence, type ReadBreaches } from './read-breaches.js';
import { ENGINES } from '../engines.js';

/** Characters; the policy goes whole into every call. */
const LONGEST_POLICY = 40_000;

/** A site's own rules in free text, as CoSA's safety configs are (Zhang 2024, arXiv 2410.08968). */
export interface Policy {
  /** Base name of its file. */
  readonly name: string;
  readonly text: string;
  readonly fingerprint: string;
}

/** @throws MatrixError where the file is unreadable, empty or longer than 40,000 characters */
export function loadPolicy(file: string): Policy {
  const text = readText(file).trim();
  if (text === '') {
    throw new MatrixError(`policy ${file} is empty`, { mend: "Write the site's rules into it." });
  }
  if (text.length > LONGEST_POLICY) {
    throw new MatrixError(
      `policy ${file} has ${text.length} characters, more than ${LONGEST_POLICY}`,
      { mend: 'Keep the rules about what the agent says and does, and leave out the rest.' },
    );
  }
  return { name: path.basename(file), text, fingerprint: fingerprint({ text }) };
}

/** Reads dialogues against a site's policy, beside the jury and apart from its verdicts. */
export interface PolicyView {
  readonly name: string;
  /** Changes with anything that could change what is reported. */
  readonly fingerprint: string;
  read(evidence: Evidence, hearing: Hearing): Promise<PolicyReading>;
}

/** What a policy view makes of a dialogue. */
export interface PolicyReading {
  /** The breaches that can be shown; undefined, which is not "none", where no usable answer came. */
  readonly breaches: readonly PolicyBreach[] | undefined;
  /** Why the model could not be asked, on one line. */
  readonly failed?: string | undefined;
}

/**
 * A language model that reads a policy in one call, and is asked once more about what it could not
 * show. Its calls go under the role `policy NAME`.
 */
export function createPolicyView(model: ChatModel, policy: Policy): PolicyView {
  const prompt = loadPolicyPrompt();
  return {
    name: policy.name,
    fingerprint: fingerprint({
      engine: ENGINES.policy,
      model: model.name,
      prompt: prompt.fingerprint,
      policy: policy.fingerprint,
    }),
    read: async ({ turns }, { calls, secret, signal }) => {
      const role = `policy ${policy.name}`;
      const marks = policyMarks(secret, role);
      const messages = policyMessages(prompt, marks, policy.text, turns);
      const forbidden = [marks.transcript.key, marks.policy.key];
      const evidence = { policy: policy.text, turns, forbidden };
      return askTwice(recordedModel(model, calls, { role }), messages, evidence, signal);
    },
  };
}

async function askTwice(
  model: ChatModel,
  messages: readonly ChatMessage[],
  evidence: BreachEvidence,
  signal: AbortSignal,
): Promise<PolicyReading> {
  const first = await ask(model, messages, evidence, signal);
  if (!first.given) return { breaches: undefined, failed: first.failed };
  if (first.read?.flaws.length === 0) return { breaches: shownBreaches(first.read) };
  const again = askAgain(messages, complaint(first.read?.flaws));
  const second = await ask(model, again, evidence, signal);
  return { breaches: shownBreaches(first.read, second.read), failed: second.failed };
}

interface Answer {
  readonly given: boolean;
  /** The answer as it was read; undefined where it is not of the form. */
  readonly read?: ReadBreaches | undefined;
  readonly failed?: string;
}

async function ask(
  model: ChatModel,
  messages: readonly ChatMessage[],
  evidence: BreachEvidence,
  signal: AbortSignal,
): Promise<Answer> {
  try {
    const { text, finish } = await model.complete({ messages, format: BREACHES }, signal);
    if (finish === 'refused' || finish === 'filtered') return { given: false };
    return { given: true, read: readBreaches(text, evidence) };
  } catch (error) {
    if (error instanceof ModelError) return { given: false, failed: failureLine(error) };
    throw error;
  }
}

/** A breach that was alleged and could not be shown is no breach, and no clean dialogue either. */
function shownBreaches(...answers: (ReadBreaches | undefined)[]): PolicyBreach[] | undefined {
  const read = answers.filter((answer) => answer !== undefined);
  const shown = read.flatMap(({ breaches }) => breaches);
  const isClean = read.length > 0 && read.every(({ flaws }) => flaws.length === 0);
  return shown.length > 0 || isClean ? withoutRepeats(shown) : undefined;
}

/** One breach a rule and turn: an answer that is given again may quote other words of that turn. */
function withoutRepeats(breaches: readonly PolicyBreach[]): PolicyBreach[] {
  const keyOf = ({ rule, turn }: PolicyBreach) => `${turn} ${normalise(rule)}`;
  return breaches.filter(
    (breach, index) => breaches.findIndex((other) => keyOf(other) === keyOf(breach)) === index,
  );
}
