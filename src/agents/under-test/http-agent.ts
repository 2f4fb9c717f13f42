import { randomUUID } from 'node:crypto';
import { EXIT, MatrixError } from '../../errors.js';
import type { Random } from '../../determinism.js';
import { ModelError } from '../../models/model-error.js';
import { withRetries } from '../../models/retry.js';
import { readYaml } from '../../read-file.js';
import type { Scenario } from '../../scenarios/scenario.js';
import type { Turn } from '../../transcript/transcript.js';
import type { Agent } from './agent.js';
import { agentReplySchema, parseReply } from './agent-reply.js';
import { itemList, taskOf } from './agent-task.js';
import { httpAgentSpecSchema, type HttpAgentSpec } from './http-agent-spec.js';
import { callJson, codeOf, type HttpCall } from './http-call.js';
import { endpointOf } from './http-endpoint.js';
import { noSession, readHttpEvents, readHttpReply, type HttpReply } from './http-reply.js';
import { inTime } from '../../models/in-time.js';
import { fillTemplate, placesIn } from './request-template.js';

/** One answer of a bot and what its spec found in it, for who wants to look. */
export interface HttpSeen {
  readonly spec: HttpAgentSpec;
  readonly status: number;
  readonly reply: HttpReply;
}

export interface HttpAgentOptions {
  /** Seconds for one answer, unless the file says otherwise. */
  readonly turnTimeout: number;
  /** One try, also where a failure may pass. */
  readonly once?: boolean | undefined;
  readonly onHttp?: ((seen: HttpSeen) => void) | undefined;
}

/**
 * A deployed bot as the agent, as a YAML file describes it.
 * @throws MatrixError where the file is wrong, or names a variable that is not set
 */
export function loadHttpAgent(
  file: string,
  { turnTimeout, once, onHttp }: HttpAgentOptions,
): Agent {
  const spec = readYaml(file, httpAgentSpecSchema);
  const callOf = endpointOf(spec, file);
  const seconds = spec.timeout ?? turnTimeout;
  return {
    history: spec.history === 'session' ? 'session' : 'stateless',
    server: callOf('', undefined).url,
    toldItems: placesIn(spec.request).includes('items'),
    open: ({ scenario, random, calls }) => {
      let session = firstSession(spec);
      const ask = async (turns: readonly Turn[], signal: AbortSignal) => {
        const call = callOf(session ?? '', bodyOf(spec, scenario, turns, session));
        const sent = send(call, once ? 'once' : spec.history, seconds, random, signal);
        const { value, attempts } = await sent.catch((error: unknown) => {
          throw stopping(error, file);
        });
        const reply = spec.reply.stream
          ? readHttpEvents(value.values, spec)
          : readHttpReply(value.values[0], spec);
        session = reply.session ?? session;
        if (session === undefined) throw noSession(value.values[0], spec.reply);
        onHttp?.({ spec, status: value.status, reply });
        return { answer: parseReply(reply), attempts };
      };
      return {
        reply: (turns, signal) => {
          // On resume the journal's request must be the same, so it keeps no session.
          const body = bodyOf(spec, scenario, turns, '{{session}}');
          return calls.call({ role: 'agent' }, { url: spec.url, body }, agentReplySchema, () =>
            ask(turns, signal),
          );
        },
      };
    },
  };
}

/**
 * Undefined where the server issues it. Else drawn anew each time: a bot may still remember this
 * dialogue from an earlier run.
 */
function firstSession({ reply }: HttpAgentSpec): string | undefined {
  return reply.session === undefined ? randomUUID() : undefined;
}

function bodyOf(
  spec: HttpAgentSpec,
  scenario: Scenario,
  turns: readonly Turn[],
  session: string | undefined,
) {
  const { clinic, purpose, requiredItems, patient } = taskOf(scenario);
  const texts = {
    text: turns.at(-1)?.text ?? '',
    session: session ?? '',
    clinic,
    purpose,
    items: itemList(requiredItems),
    patientName: patient.name,
    dateOfBirth: patient.dateOfBirth,
  };
  const { roles, role, text } = spec.turns;
  const list = turns.map((turn) => ({ [role]: roles[turn.role], [text]: turn.text }));
  return fillTemplate(spec.request, {
    texts,
    lists: { turns: list, items: requiredItems },
    lacking: session === undefined ? ['session'] : [],
  });
}

/** The number of dialogues at a time is bound enough for a bot. */
const UNLIMITED = { run: <T>(task: () => Promise<T>) => task() };

function send(
  call: HttpCall,
  tries: HttpAgentSpec['history'] | 'once',
  seconds: number,
  random: Random,
  signal: AbortSignal,
) {
  const policy = { timeout: seconds * 1000, random, limiter: UNLIMITED, target: call.shownUrl };
  if (tries === 'full') return withRetries((limit) => callJson(call, limit), policy, signal);
  // What may be heard only once gets all of the time in one try, of which a policy gives half of its
  // own; the waits for a busy bot come on top.
  return withRetries(
    (limit) => inTime(seconds * 1000, limit, (each) => callJson(call, each)),
    {
      ...policy,
      timeout: 3 * policy.timeout,
      isTransient: (error) => tries === 'session' && isUnprocessed(error),
    },
    signal,
  );
}

/** Surely the bot has not taken up what was said: said again, it will not hear it twice. */
function isUnprocessed({ status, cause }: ModelError): boolean {
  return status === 429 || status === 503 || codeOf(cause) === 'ECONNREFUSED';
}

/** A refused key would fail every dialogue alike: it stops the run. */
function stopping(error: unknown, file: string): unknown {
  if (!(error instanceof ModelError) || error.failure !== 'key') return error;
  return new MatrixError(`${error.message}: the bot refuses the key`, {
    mend: `Mend the headers in ${file}, or the variable that they name, then go on.`,
    exitCode: EXIT.incomplete,
    cause: error,
  });
}
