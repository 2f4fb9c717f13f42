import { z } from 'zod';
import { actionSchema, SPEECH_FAULTS, type Action } from '../../transcript/transcript.js';
import { firstFlaw } from './action-flaw.js';
import type { AgentReply } from './agent.js';

/** Characters of one reply; more than anybody says in a turn of a call. */
const LONGEST_REPLY = 20_000;

const words = z.string().max(LONGEST_REPLY);

const spokenSchema = z.union([
  words.transform((text) => replyOf(text, [], false)),
  z
    .object({
      text: words,
      actions: z.array(actionSchema).default([]),
      end: z.boolean().default(false),
    })
    .transform(({ text, actions, end }) => replyOf(text, actions, end)),
]);

/** A reply as the journal keeps it. */
export const agentReplySchema = z.object({
  text: z.string(),
  actions: z.array(actionSchema).readonly().optional(),
  fault: z.enum(SPEECH_FAULTS).optional(),
});

/** Reads what an agent of one's own answers: a text, or `{ text, actions?, end? }`. @throws Error on anything else */
export function parseReply(reply: unknown): AgentReply {
  const parsed = spokenSchema.safeParse(reply);
  if (parsed.success) return parsed.data;
  const flaw = firstFlaw(actionsIn(reply));
  if (flaw !== undefined) throw new Error(`the agent's reply: ${flaw}`);
  throw new Error(
    `the agent's reply is no text of at most ${LONGEST_REPLY} characters, and no { text, actions, end }`,
  );
}

function actionsIn(reply: unknown): readonly unknown[] {
  const actions =
    typeof reply === 'object' && reply !== null && 'actions' in reply && reply.actions;
  return Array.isArray(actions) ? actions : [];
}

function replyOf(text: string, actions: readonly Action[], end: boolean): AgentReply {
  const closed = actions.some(({ type }) => type === 'end-call');
  const all = end && !closed ? [...actions, { type: 'end-call' as const }] : actions;
  const silent = text.trim() === '' && all.length === 0;
  return silent ? { text, actions: all, fault: 'empty' } : { text, actions: all };
}
