import path from 'node:path';
import { MatrixError } from '../../errors.js';
import { loneModels } from '../../models/lone-models.js';
import { bareModelName, PROVIDERS } from '../../models/model-spec.js';
import type { Models } from '../../models/open-model.js';
import { PLAIN_NAME } from '../../plain-name.js';
import type { Agent } from './agent.js';
import { commandAgent } from './command-agent.js';
import type { HttpSeen } from './http-agent.js';
import { loadAgentPrompt, modelAgent } from './model-agent.js';
import { moduleFileAgent } from './module-file-agent.js';
import { referenceAgent } from './reference/reference-agent.js';
import { loadReferenceData } from './reference/reference-data.js';

/** The forms of an agent's spec. */
export const AGENT_FORMS =
  'offline:NAME, openai:MODEL, google:MODEL, langchain:PROVIDER:MODEL, http:FILE.yaml, command:"…" or module:FILE.mjs';

/** An agent's name, unique in its run, and the spec from which it is made. */
export interface NamedSpec {
  readonly name: string;
  readonly spec: string;
}

/** What agents are made with beside their spec. */
export interface AgentContext {
  readonly models: Models;
  /** Prompt of the agents that are models, in place of ours. */
  readonly promptFile?: string | undefined;
  /** Seconds for an answer of a module, command or HTTP agent; models have a limit of their own. */
  readonly turnTimeout: number;
  /** Ask an HTTP agent once, also where a failure may pass. */
  readonly once?: boolean;
  /** Is shown what a module writes to its stdout and stderr. */
  readonly onOutput?: ((text: string) => void) | undefined;
  /** Is shown each answer of an HTTP agent. */
  readonly onHttp?: ((seen: HttpSeen) => void) | undefined;
}

/**
 * Reads `SPEC` or `NAME=SPEC`; without a name one is derived from the spec. `all` stands for the five
 * reference agents.
 * @throws MatrixError where two agents would share a name
 */
export function nameAgents(texts: readonly string[]): NamedSpec[] {
  const each = texts.flatMap((text) => (text === 'all' ? allReferenceAgents() : [text]));
  const named = each.map((text) => {
    const [, name, spec = text] = /^([\w.-]+)=(.+)$/s.exec(text) ?? [];
    return { name: name ?? derivedName(spec), spec };
  });
  const twice = named.find(
    ({ name }, index) => named.findIndex((other) => other.name === name) !== index,
  );
  if (twice) {
    throw new MatrixError(`two agents are called "${twice.name}"`, {
      mend: `Name one of them: --agent other=${twice.spec}`,
    });
  }
  const stranger = named.find(({ name }) => !PLAIN_NAME.test(name));
  if (stranger) {
    throw new MatrixError(`"${stranger.name}" cannot be the name of an agent`, {
      mend: `Give it another: --agent bot=${stranger.spec}`,
    });
  }
  return named;
}

/**
 * Makes an agent from its spec, in one of the {@link AGENT_FORMS}.
 * @throws MatrixError where the kind, the name or the file is not known
 */
export async function openAgent(spec: string, context = aloneContext()): Promise<Agent> {
  const { kind, target } = partsOf(spec);
  if (target !== '') {
    if (kind === 'offline') return openReferenceAgent(target);
    if (kind === 'module') return moduleFileAgent(target, context);
    if (kind === 'command') return commandAgent(unquoted(target), context.turnTimeout);
    if (kind === 'http') return openHttpAgent(target, context);
    if (isProvider(kind)) {
      return modelAgent(await context.models.open(spec), loadAgentPrompt(context.promptFile));
    }
  }
  throw new MatrixError(`"${spec}" is no agent`, { mend: `Use ${AGENT_FORMS}.` });
}

/** Loads the HTTP client only where it is used. */
async function openHttpAgent(file: string, context: AgentContext): Promise<Agent> {
  if (file.startsWith('//')) throw noAddress(`http:${file}`);
  return (await import('./http-agent.js')).loadHttpAgent(file, context);
}

/** For one agent outside a run: no budget, and two minutes for a turn. */
function aloneContext(): AgentContext {
  return { models: loneModels(), turnTimeout: 120 };
}

function noAddress(spec: string): MatrixError {
  return new MatrixError(
    `"${spec}" is an address; http: takes a file that says how to talk to it`,
    {
      mend: 'Write http:my-bot.yaml with url, request and reply: see docs/agents.md.',
    },
  );
}

/** Whether a spec names an agent that comes with the package and says the same at each run. */
export function isReferenceSpec(spec: string): boolean {
  return partsOf(spec).kind === 'offline';
}

function partsOf(spec: string): { kind: string; target: string } {
  const [kind = '', ...rest] = spec.split(':');
  return { kind, target: rest.join(':') };
}

function isProvider(kind: string): boolean {
  return PROVIDERS.some((provider) => provider === kind);
}

/** A plan may hold the quotes that a shell would have taken off. */
function unquoted(command: string): string {
  return /^"([^"]*)"$/.exec(command)?.[1] ?? command;
}

function derivedName(spec: string): string {
  return wordIn(spec).replace(/[^\w.-]+/g, '-') || 'agent';
}

function wordIn(spec: string): string {
  const { kind, target } = partsOf(spec);
  // An agent made in code has no kind: the plan's word is its name.
  if (target === '') return kind;
  if (isProvider(kind)) return path.basename(bareModelName(spec));
  if (kind !== 'command') return path.parse(target).name;
  const words = unquoted(target).split(/\s+/);
  // `python3 bot.py --fast` is called after its script, `./bot --fast` after the program.
  return path.parse(words.find((word) => /\.\w+$/.test(word)) ?? words[0] ?? '').name;
}

function allReferenceAgents(): string[] {
  return Object.keys(loadReferenceData().agents).map((name) => `offline:${name}`);
}

/** `offline:NAME` speaks the first half of the utterance bank, `offline:NAME/second` the other. */
function openReferenceAgent(target: string): Agent {
  const data = loadReferenceData();
  const [name = '', half = 'first'] = target.split('/');
  const agent = Object.hasOwn(data.agents, name) ? data.agents[name] : undefined;
  if (agent && (half === 'first' || half === 'second')) {
    return referenceAgent(agent, data.halves[half], data);
  }
  throw new MatrixError(`there is no reference agent "${target}"`, {
    mend: `Use one of ${Object.keys(data.agents)
      .map((known) => `offline:${known}`)
      .join(', ')}.`,
  });
}
