import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { MatrixError } from '../../errors.js';
import { actionSchema, type Turn } from '../../transcript/transcript.js';
import type { Agent } from './agent.js';

/** What a module's function is told of the call beside its turns: the task, never the hazard. */
export interface ModuleCall {
  readonly clinic: string;
  readonly purpose: string;
  readonly requiredItems: readonly string[];
  readonly patient: { readonly name: string; readonly dateOfBirth: string };
  readonly signal: AbortSignal;
}

/** Characters of one reply; more than anybody says in a turn of a call. */
const LONGEST_REPLY = 20_000;

const words = z.string().max(LONGEST_REPLY);

const replySchema = z.union([
  words.transform((text) => ({ text })),
  z
    .object({
      text: words,
      actions: z.array(actionSchema).default([]),
      end: z.boolean().default(false),
    })
    .transform(({ text, actions, end }) => ({
      text,
      actions: end ? [...actions, { type: 'end-call' as const }] : actions,
    })),
]);

/** What `module:` files export by default: turns so far in, the next words out. */
export type AgentFunction = (turns: readonly Turn[], call: ModuleCall) => unknown;

function parseReply(reply: unknown) {
  const parsed = replySchema.safeParse(reply);
  if (parsed.success) return parsed.data;
  throw new Error(
    `the agent's reply is no text of at most ${LONGEST_REPLY} characters, and no { text, actions, end }`,
  );
}

/** Wraps a function as an agent; its answers are checked at each turn. */
export function functionAgent(answer: AgentFunction): Agent {
  return {
    history: 'stateless',
    open: ({ scenario: { task, vignette } }) => ({
      reply: async (turns, signal) => {
        const call = {
          clinic: task.clinic,
          purpose: task.purpose,
          requiredItems: task.requiredItems.map((item) => item.question),
          patient: { name: vignette.name, dateOfBirth: vignette.dateOfBirth },
          signal,
        };
        return parseReply(await answer(structuredClone(turns), call));
      },
    }),
  };
}

/** Loads `module:FILE.mjs`. @throws MatrixError where the file or its default export is missing */
export async function loadModuleAgent(file: string): Promise<Agent> {
  const url = pathToFileURL(path.resolve(file)).href;
  let loaded: { default?: unknown };
  try {
    loaded = (await import(url)) as { default?: unknown };
  } catch (cause) {
    throw new MatrixError(`module:${file} cannot be loaded: ${(cause as Error).message}`, {
      mend: 'Check the path and that the file runs on its own with node.',
      cause,
    });
  }
  if (typeof loaded.default !== 'function') {
    throw new MatrixError(`module:${file} has no function as its default export`, {
      mend: 'Write: export default (turns) => "what the agent says next".',
    });
  }
  return functionAgent(loaded.default as AgentFunction);
}
