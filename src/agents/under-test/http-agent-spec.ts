import { z } from 'zod';
import { actionSchema } from '../../transcript/transcript.js';
import { parsePath } from './json-path.js';
import { lonePlace, placesIn, PLACES } from './request-template.js';

const path = z
  .string()
  .refine((text) => parsePath(text) !== undefined, 'a path reads $.message.text or $.events[0]');

/** How the list of turns looks to a bot that is sent the whole history. */
const turnsSchema = z.strictObject({
  roles: z
    .strictObject({ agent: z.string().default('agent'), patient: z.string().default('patient') })
    .prefault({}),
  /** Name of the field with the role. */
  role: z.string().default('role'),
  /** Name of the field with the words. */
  text: z.string().default('text'),
});

/** What a bot's names for its actions mean. Actions in our own form need no entry. */
const actionsSchema = z.strictObject({
  /** The field that holds the name, where the bot gives objects. */
  name: z
    .string()
    .regex(/^[^']+$/)
    .default('name'),
  map: z.record(z.string(), actionSchema).default({}),
});

/** A deployed bot behind HTTP, as a YAML file describes it: see docs/agents.md. */
export const httpAgentSpecSchema = z
  .strictObject({
    /** May hold `${NAME}` from the environment and `{{session}}`. */
    url: z.string().min(1),
    method: z.enum(['POST', 'PUT', 'PATCH']).default('POST'),
    /** Values may hold the same as the URL. */
    headers: z.record(z.string(), z.string()).default({}),
    /** `session`: the bot remembers the dialogue; `full`: it is sent all turns each time. */
    history: z.enum(['session', 'full']),
    /** The JSON to send; its strings may hold places as `{{text}}`. */
    request: z.json(),
    turns: turnsSchema.prefault({}),
    /** Where in the answer what is. */
    reply: z.strictObject({
      text: path,
      actions: path.optional(),
      /** Whether the call is over. */
      end: path.optional(),
      /** The session, where the server issues it: sent from the next turn on. */
      session: path.optional(),
      /** `sse`: the answer comes as server-sent events, of each of which the paths are read. */
      stream: z.literal('sse').optional(),
    }),
    actions: actionsSchema.prefault({}),
    /** Seconds for one answer, in place of the run's. */
    timeout: z.number().positive().max(3600).optional(),
  })
  .superRefine(({ url, headers, history, request, reply }, context) => {
    const flaw = (place: string, message: string, mend: string) =>
      context.addIssue({ code: 'custom', path: [place], message, params: { mend } });
    const stranger = placesIn(request).find((name) => !PLACES.includes(name));
    if (stranger !== undefined) {
      flaw(
        'request',
        `there is no value for {{${stranger}}}`,
        `Use ${PLACES.map((name) => `{{${name}}}`).join(', ')}.`,
      );
    }
    if (placesIn(request, (text) => lonePlace(text) === undefined).includes('turns')) {
      flaw('request', '{{turns}} is a list and must stand alone', "Write it as '{{turns}}'.");
    }
    if (history === 'full' && !placesIn(request).includes('turns')) {
      flaw(
        'request',
        'history: full needs the turns',
        "Put '{{turns}}' (in quotes) where the list goes.",
      );
    }
    const all = [url, ...Object.values(headers)];
    if (history === 'session' && !placesIn([request, all]).includes('session')) {
      flaw(
        'request',
        'history: session needs the session',
        "Put '{{session}}' (in quotes) where the bot expects its id.",
      );
    }
    if (history === 'full' && reply.session !== undefined) {
      flaw(
        'reply',
        'history: full has no session to be told',
        'Leave reply.session out, or write history: session.',
      );
    }
  });
export type HttpAgentSpec = z.infer<typeof httpAgentSpecSchema>;
