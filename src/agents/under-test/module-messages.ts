import { z } from 'zod';
import { turnSchema } from '../../transcript/transcript.js';
import { agentReplySchema } from './agent-reply.js';

const callSchema = z.object({
  clinic: z.string(),
  purpose: z.string(),
  requiredItems: z.array(z.string()),
  patient: z.object({ name: z.string(), dateOfBirth: z.string() }),
  session: z.string(),
});

/** What the process of a module is sent: a question, or that its answer would come too late. */
export const toModuleSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('ask'),
    id: z.int(),
    turns: z.array(turnSchema),
    call: callSchema,
  }),
  z.object({ kind: z.literal('abort'), id: z.int() }),
]);
export type ToModule = z.infer<typeof toModuleSchema>;

/** What it sends: once how loading went, then answers. Code that is not ours runs beside the sender. */
export const fromModuleSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('loaded'), history: z.enum(['stateless', 'session']) }),
  z.object({ kind: z.literal('refused'), message: z.string(), mend: z.string() }),
  z.object({ kind: z.literal('answer'), id: z.int(), reply: agentReplySchema }),
  z.object({ kind: z.literal('failure'), id: z.int(), message: z.string() }),
]);
export type FromModule = z.infer<typeof fromModuleSchema>;
