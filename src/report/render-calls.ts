import type { Call } from '../calls/call.js';
import { chatAnswerSchema } from '../models/chat-model.js';
import { z } from 'zod';
import { onOneLine } from '../printable.js';

const chatRequestSchema = z.looseObject({
  messages: z.array(z.object({ role: z.string(), text: z.string() })),
});

/** The calls of one beginning of a dialogue; those of judgings made later are take 0. */
export interface Take {
  readonly take: number;
  readonly calls: readonly Call[];
}

/**
 * What each role was asked and what it answered, in the order of its calls. Messages that a role was
 * sent in its call before are named by their number only.
 */
export function renderCalls(takes: readonly Take[]): string[] {
  if (takes.length === 0) return ['no call of this dialogue left the process'];
  const areHeaded = takes.length > 1 || takes[0]?.take === 0;
  return takes.flatMap(({ take, calls }) => [
    ...(areHeaded ? [`take ${take}${take === 0 ? ': judged later' : ''}`, ''] : []),
    ...renderTake(calls),
  ]);
}

function renderTake(calls: readonly Call[]): string[] {
  return calls.flatMap((call, index) => {
    const before = calls[index - 1];
    return [
      renderHead(call),
      ...renderRequest(call, before?.role === call.role ? before : undefined),
      ...renderAnswer(call),
      '',
    ];
  });
}

function renderHead({ role, ordinal, model, latency, attempts, ...call }: Call): string {
  const tokens =
    call.inputTokens === null
      ? ''
      : ` · ${call.inputTokens} tokens in, ${call.outputTokens ?? 0} out`;
  const tries = attempts === 1 ? '' : ` · ${attempts} tries`;
  return `${role} ${ordinal} · ${model ?? 'not a model'} · ${Math.round(latency)} ms${tokens}${tries} · request ${call.requestHash.slice(0, 8)}`;
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
