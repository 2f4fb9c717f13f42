import { ModelError } from '../../models/model-error.js';
import { actionSchema, type Action } from '../../transcript/transcript.js';
import { actionFlaw, isOwnForm } from './action-flaw.js';
import type { HttpAgentSpec } from './http-agent-spec.js';
import { readPath } from './json-path.js';

/** What the paths of a spec found in one answer. */
export interface HttpReply {
  readonly text: string;
  readonly actions: readonly Action[];
  /** Names of actions that the spec does not map: they are passed over. */
  readonly unknown: readonly string[];
  readonly end: boolean;
  /** As the server issued it; undefined where this answer holds none. */
  readonly session: string | undefined;
}

/** @throws ModelError that names the path at fault and what the answer holds at its top level */
export function readHttpReply(
  answer: unknown,
  spec: Pick<HttpAgentSpec, 'reply' | 'actions'>,
): HttpReply {
  const text = readPath(answer, spec.reply.text);
  if (typeof text !== 'string') throw misfit(answer, 'text', spec.reply.text, text);
  return { text, ...readBeside(answer, spec) };
}

/** What stands beside the words. */
function readBeside(
  answer: unknown,
  { reply: paths, actions: naming }: Pick<HttpAgentSpec, 'reply' | 'actions'>,
): Omit<HttpReply, 'text'> {
  const at = (path: string | undefined) =>
    path === undefined ? undefined : readPath(answer, path);
  const end = at(paths.end) ?? false;
  if (typeof end !== 'boolean') throw misfit(answer, 'end', paths.end, end);
  const session = at(paths.session) ?? undefined;
  if (!isId(session)) throw misfit(answer, 'session', paths.session, session);
  const found: unknown[] = [at(paths.actions) ?? []].flat();
  const read = found.map((item, index) => readAction(item, index + 1, paths, naming));
  return {
    actions: read.filter((action) => typeof action !== 'string'),
    unknown: read.filter((action) => typeof action === 'string'),
    end,
    session: session === undefined ? undefined : String(session),
  };
}

/**
 * Puts together what is said in the events of a stream: words joined as they stand, and all actions.
 * Events without words, as those that only tell the stream's state, need none.
 * @throws ModelError where no event holds words, or one holds something else in their place
 */
export function readHttpEvents(
  events: readonly unknown[],
  spec: Pick<HttpAgentSpec, 'reply' | 'actions'>,
): HttpReply {
  const { text } = spec.reply;
  const hasWords = (event: unknown) => (readPath(event, text) ?? undefined) !== undefined;
  if (!events.some(hasWords)) throw misfit(events[0] ?? {}, 'text', text, undefined);
  const read = events.map((event) =>
    hasWords(event) ? readHttpReply(event, spec) : { ...readBeside(event, spec), text: '' },
  );
  return {
    text: read.map((part) => part.text).join(''),
    actions: read.flatMap(({ actions }) => actions),
    unknown: read.flatMap(({ unknown }) => unknown),
    end: read.some(({ end }) => end),
    session: read.findLast(({ session }) => session !== undefined)?.session,
  };
}

function isId(value: unknown): value is string | number | undefined {
  return value === undefined || typeof value === 'string' || typeof value === 'number';
}

/** The server issued no session where one is needed. */
export function noSession(answer: unknown, { session }: HttpAgentSpec['reply']): ModelError {
  return misfit(answer, 'session', session, undefined);
}

/**
 * The action, or the name of one that nobody knows.
 * @param place counted from 1
 * @throws ModelError for one in our form that is wrong: passed over, an escalation would be lost
 */
function readAction(
  item: unknown,
  place: number,
  { actions: path = '$' }: HttpAgentSpec['reply'],
  { name, map }: HttpAgentSpec['actions'],
): Action | string {
  const called = typeof item === 'string' ? item : readPath(item, `$['${name}']`);
  if (typeof called === 'string' && Object.hasOwn(map, called)) return map[called] ?? called;
  const own = actionSchema.safeParse(item);
  if (own.success) return own.data;
  if (isOwnForm(item)) {
    throw new ModelError(`reply.actions: action ${place} at ${path}: ${actionFlaw(item) ?? ''}`, {
      failure: 'malformed',
    });
  }
  return typeof called === 'string' ? called : `(no ${name})`;
}

const WANTED = { text: 'a text', end: 'true or false', session: 'a text or a number' } as const;

function misfit(
  answer: unknown,
  part: keyof typeof WANTED,
  path: string | undefined,
  found: unknown,
): ModelError {
  const at = path ?? '$';
  const problem =
    found === undefined ? `nothing at ${at}` : `${at} is ${kindOf(found)}, not ${WANTED[part]}`;
  return new ModelError(`reply.${part}: ${problem} in the answer (${outlineOf(answer)})`, {
    failure: 'malformed',
  });
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** The names of its fields: what they hold may be anybody's words. */
function outlineOf(answer: unknown): string {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) {
    return `it is ${kindOf(answer)}`;
  }
  const keys = Object.keys(answer).map((key) => key.slice(0, 40));
  return keys.length === 0 ? 'it is empty' : `top level: ${keys.slice(0, 12).join(', ')}`;
}
