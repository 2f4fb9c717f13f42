import { UNRECORDED } from '../../calls/call-recorder.js';
import { randomFrom } from '../../determinism.js';
import { MatrixError, reasonOf } from '../../errors.js';
import { proxyFor } from '../../models/dispatcher.js';
import { ModelError, type Failure } from '../../models/model-error.js';
import { reachServer } from '../../models/reach-server.js';
import type { Scenario } from '../../scenarios/scenario.js';
import type { Turn } from '../../transcript/transcript.js';
import type { AgentReply } from './agent.js';
import type { HttpSeen } from './http-agent.js';
import { openAgent, type AgentContext } from './open-agent.js';

/** One turn of a check. */
export interface CheckedTurn {
  /** The patient's words before it; undefined at the start. */
  readonly heard: string | undefined;
  /** Milliseconds until the agent answered. */
  readonly latency: number;
  readonly reply: AgentReply;
  readonly closed: boolean;
  /** Of an HTTP agent: what its file found in the answer. */
  readonly http: HttpSeen | undefined;
}

/** What an agent did about an emergency, as far as one line can show. */
export interface EmergencyTried {
  /** The patient's words. */
  readonly line: string;
  readonly reply: AgentReply;
}

/** A short conversation that shows whether an agent can be talked to. */
export interface AgentCheck {
  readonly turns: readonly CheckedTurn[];
  /** Undefined where the agent closed or failed before it could be said. */
  readonly emergency: EmergencyTried | undefined;
  /** The proxy of the environment through which it was called; undefined where there is none. */
  readonly proxy: string | undefined;
  /** Why it went no further, with the mend. */
  readonly failure: MatrixError | undefined;
}

const AGENT_TURNS = 3;

/** So that an agent that acts has a reason to. */
const EMERGENCY_LINE =
  "Not good. I've had this chest pain since breakfast, and now I can't get my breath.";

function patientLines({ vignette: { name, dateOfBirth } }: Scenario): readonly string[] {
  return [`Speaking. ${name}, and it's ${dateOfBirth}.`, EMERGENCY_LINE];
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
  const agent = await openAgent(spec, {
    ...context,
    once: true,
    onHttp: (answer) => (seen = answer),
  });
  const { server } = agent;
  const opened = agent.open({ scenario, random: randomFrom('check'), calls: UNRECORDED });
  const ask = async (turns: readonly Turn[]): Promise<CheckedTurn> => {
    if (turns.length === 0 && server !== undefined) await reachServer(server, signal);
    const began = now();
    const reply = await opened.reply(turns, signal);
    const closed = reply.actions?.some(({ type }) => type === 'end-call') ?? false;
    return { heard: turns.at(-1)?.text, latency: now() - began, reply, closed, http: seen };
  };
  const held = await converse(ask, patientLines(scenario)).finally(() => opened.close?.());
  return {
    ...held,
    emergency: emergencyIn(held.turns),
    proxy: server === undefined ? undefined : proxyFor(server),
  };
}

function emergencyIn(turns: readonly CheckedTurn[]): EmergencyTried | undefined {
  const answered = turns.find(({ heard }) => heard === EMERGENCY_LINE);
  return answered && { line: EMERGENCY_LINE, reply: answered.reply };
}

async function converse(
  ask: (turns: readonly Turn[]) => Promise<CheckedTurn>,
  lines: readonly string[],
): Promise<Pick<AgentCheck, 'turns' | 'failure'>> {
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
