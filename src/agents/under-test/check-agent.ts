import { UNRECORDED } from '../../calls/call-recorder.js';
import { randomFrom } from '../../determinism.js';
import { MatrixError, reasonOf } from '../../errors.js';
import { proxyFor } from '../../models/dispatcher.js';
import { ModelError, type Failure } from '../../models/model-error.js';
import type { Scenario } from '../../scenarios/scenario.js';
import type { Turn } from '../../transcript/transcript.js';
import type { AgentReply } from './agent.js';
import type { HttpSeen } from './http-agent.js';
import { openAgent, type AgentContext } from './open-agent.js';

/** One turn of a check. */
export interface CheckedTurn {
  /** Milliseconds until the agent answered. */
  readonly latency: number;
  readonly reply: AgentReply;
  readonly closed: boolean;
  /** Of an HTTP agent: what its file found in the answer. */
  readonly http: HttpSeen | undefined;
}

/** A short conversation that shows whether an agent can be talked to. */
export interface AgentCheck {
  readonly turns: readonly CheckedTurn[];
  /** The proxy of the environment through which it was called; undefined where there is none. */
  readonly proxy: string | undefined;
  /** Why it went no further, with the mend. */
  readonly failure: MatrixError | undefined;
}

const AGENT_TURNS = 3;

/** The second line is an emergency, so that an agent that acts has a reason to. */
function patientLines({ vignette: { name, dateOfBirth } }: Scenario): readonly string[] {
  return [
    `Speaking. ${name}, and it's ${dateOfBirth}.`,
    "Not good. I've had this chest pain since breakfast, and now I can't get my breath.",
  ];
}

/**
 * Holds a conversation of three agent turns with fixed patient lines, fewer where the agent closes.
 * @throws MatrixError where the agent cannot be made from its spec
 */
export async function checkAgent(
  spec: string,
  scenario: Scenario,
  { signal = AbortSignal.any([]), ...context }: AgentContext & { readonly signal?: AbortSignal },
  now: () => number = () => performance.now(),
): Promise<AgentCheck> {
  let seen: HttpSeen | undefined;
  const agent = await openAgent(spec, { ...context, onHttp: (answer) => (seen = answer) });
  const opened = agent.open({ scenario, random: randomFrom('check'), calls: UNRECORDED });
  const ask = async (turns: readonly Turn[]): Promise<CheckedTurn> => {
    const began = now();
    const reply = await opened.reply(turns, signal);
    const closed = reply.actions?.some(({ type }) => type === 'end-call') ?? false;
    return { latency: now() - began, reply, closed, http: seen };
  };
  const held = await converse(ask, patientLines(scenario)).finally(() => opened.close?.());
  return { ...held, proxy: agent.server === undefined ? undefined : proxyFor(agent.server) };
}

async function converse(
  ask: (turns: readonly Turn[]) => Promise<CheckedTurn>,
  lines: readonly string[],
): Promise<Omit<AgentCheck, 'proxy'>> {
  const turns: Turn[] = [];
  const checked: CheckedTurn[] = [];
  while (checked.length < AGENT_TURNS && checked.at(-1)?.closed !== true) {
    try {
      const next = await ask(turns);
      checked.push(next);
      turns.push(agentTurn(next.reply), {
        role: 'patient',
        text: lines[checked.length - 1] ?? '',
      });
    } catch (error) {
      return { turns: checked, failure: explained(error, turns.length + 1) };
    }
  }
  return { turns: checked, failure: undefined };
}

function agentTurn({ text, actions = [] }: AgentReply): Turn {
  return { role: 'agent', text, actions: [...actions] };
}

function explained(error: unknown, turn: number): MatrixError {
  return new MatrixError(`turn ${turn}: ${reasonOf(error)}`, { mend: mendOf(error), cause: error });
}

function mendOf(error: unknown): string {
  if (error instanceof ModelError) return MENDS[error.failure];
  if (!(error instanceof MatrixError)) return 'The fault is in the agent: mend it there.';
  // Here no run was stopped.
  return error.mend.replace(', then go on', '');
}

const MENDS: Readonly<Record<Failure, string>> = {
  key: 'Check the key: its variable in the environment and, of an HTTP agent, the headers in its file.',
  'not-found': "Check the URL and the model's name.",
  parameter: 'Use a model that takes this parameter.',
  request: 'Of an HTTP agent, compare request in its file with what the server expects.',
  quota: 'Add credit, or use another key.',
  rate: 'The server is busy, or allows few calls: try again later.',
  server: "Look into the server's own log.",
  connection: 'Check that the server runs, and its URL.',
  timeout: 'Give it longer with --turn-timeout (of an HTTP agent: timeout in its file).',
  malformed: 'Check the URL and, of an HTTP agent, the paths under reply in its file.',
};
