import type { Call, Sitting } from '../calls/call.js';
import { chatAnswerSchema } from '../models/chat-model.js';
import { z } from 'zod';
import { onOneLine } from '../printable.js';

const chatRequestSchema = z.looseObject({
  messages: z.array(z.object({ role: z.string(), text: z.string() })),
});

/** The calls of one take of a dialogue, or of one judging. */
export interface SittingCalls {
  readonly sitting: Sitting;
  readonly calls: readonly Call[];
}

/**
 * What each role was asked and what it answered, in the order of its calls. Messages that a role was
 * sent in its call before are named by their number only.
 */
export function renderCalls(sittings: readonly SittingCalls[]): string[] {
  if (sittings.length === 0) return ['no call of this dialogue left the process'];
  return sittings.flatMap(({ sitting, calls }) => [
    ...(sittings.length > 1 || 'judging' in sitting ? [nameOf(sitting), ''] : []),
    ...renderSitting(calls),
  ]);
}

function nameOf(sitting: Sitting): string {
  return 'take' in sitting ? `take ${sitting.take}` : `judging ${sitting.judging}`;
}

function renderSitting(calls: readonly Call[]): string[] {
  return calls.flatMap((call, index) => [
    renderCallHead(call),
    ...renderCallBody(call, calls[index - 1]),
    '',
  ]);
}

/**
 * What was asked and answered.
 * @param before the call before it: what that was sent too is named by its number only
 */
export function renderCallBody(call: Call, before: Call | undefined): string[] {
  return [
    ...renderRequest(call, before && isOfOne(before, call) ? before : undefined),
    ...renderAnswer(call),
  ];
}

function isOfOne(before: Call, { role, part }: Call): boolean {
  return before.role === role && before.part === part;
}

/** Who was asked, and what that took, in one line. */
export function renderCallHead({
  role,
  part,
  ordinal,
  model,
  latency,
  attempts,
  ...call
}: Call): string {
  const tokens =
    call.inputTokens === null
      ? ''
      : ` · ${call.inputTokens} tokens in, ${call.outputTokens ?? 0} out`;
  const tries = attempts === 1 ? '' : ` · ${attempts} tries`;
  const whose = part === '' ? role : `${role}, part ${part},`;
  return `${whose} ${ordinal} · ${model ?? 'not a model'} · ${Math.round(latency)} ms${tokens}${tries} · request ${call.requestHash.slice(0, 8)}`;
}

function renderRequest({ request }: Call, before: Call | undefined): string[] {
  const chat = chatRequestSchema.safeParse(request);
  if (!chat.success) return [`  asked     ${onOneLine(JSON.stringify(request))}`];
  const { messages, ...settings } = chat.data;
  const earlier = chatRequestSchema.safeParse(before?.request).data?.messages ?? [];
  const known = messages.findIndex(({ text }, index) => earlier[index]?.text !== text);
  const shared = known === -1 ? messages.length : known;
  return [
    ...(shared > 0 ? [`  asked     … ${shared} messages as in the call before`] : []),
    ...messages.slice(shared).flatMap(({ role, text }) => indented(role, text)),
    `  settings  ${onOneLine(JSON.stringify(settings))}`,
  ];
}

function renderAnswer({ answer }: Call): string[] {
  const chat = chatAnswerSchema.safeParse(answer);
  if (!chat.success) return [`  answered  ${onOneLine(JSON.stringify(answer))}`];
  const { text, finish, dropped } = chat.data;
  return [
    ...indented('answered', text),
    ...(finish === 'complete' ? [] : [`  finish    ${finish}`]),
    ...(dropped.length > 0 ? [`  left out  ${dropped.join(', ')} (the model refuses it)`] : []),
  ];
}

function indented(label: string, text: string): string[] {
  return text
    .split('\n')
    .map((line, index) => `  ${(index === 0 ? label : '').padEnd(9)} ${onOneLine(line)}`);
}
