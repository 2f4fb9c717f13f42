import path from 'node:path';
import { MatrixError } from '../../errors.js';
import type { Agent } from './agent.js';
import { loadModuleAgent } from './module-agent.js';
import { referenceAgent } from './reference/reference-agent.js';
import { loadReferenceData } from './reference/reference-data.js';

/** An agent's name, unique in its run, and the spec from which it is made. */
export interface NamedSpec {
  readonly name: string;
  readonly spec: string;
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
  return named;
}

function derivedName(spec: string): string {
  const target = spec.slice(spec.indexOf(':') + 1);
  return path.parse(target).name.replace(/[^\w.-]+/g, '-') || 'agent';
}

/**
 * Makes an agent from its spec: `offline:NAME` or `module:FILE`.
 * @throws MatrixError where the kind, the name or the file is not known
 */
export async function openAgent(spec: string): Promise<Agent> {
  const [kind, ...rest] = spec.split(':');
  const target = rest.join(':');
  if (kind === 'module' && target !== '') return loadModuleAgent(target);
  if (kind === 'offline') return openReferenceAgent(target);
  throw new MatrixError(`"${spec}" is no agent`, {
    mend: 'Use offline:careful, another reference agent, all, or module:FILE.mjs.',
  });
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
