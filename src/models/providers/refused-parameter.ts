import type { Droppable } from '../supported-parameters.js';

/** Names on the wire, of all providers and in every spelling that their refusals use. */
const WIRE_NAMES: Readonly<Record<string, Droppable>> = {
  max_completion_tokens: 'maxTokens',
  max_tokens: 'maxTokens',
  maxOutputTokens: 'maxTokens',
  max_output_tokens: 'maxTokens',
  temperature: 'temperature',
  seed: 'seed',
  response_format: 'format',
  responseSchema: 'format',
  response_schema: 'format',
  responseMimeType: 'format',
  response_mime_type: 'format',
};

/** Words of everyday speech too: they name a parameter only where the message says what is wrong. */
const EVERYDAY = ['temperature', 'seed'];
const NOT_TAKEN = /support|unknown|unrecogni[sz]ed|permitted|allowed|range/i;

/**
 * The parameter that a refusal (HTTP 400 or 422) is about: as the server names it in a field, else in
 * its message. Undefined where it is about something else.
 */
export function refusedParameter(
  status: number,
  param: string | undefined,
  message = '',
): Droppable | undefined {
  if (status !== 400 && status !== 422) return undefined;
  const [field = ''] = (param ?? '').split(/[.[]/);
  if (field !== '') return parameterOf(field);
  if (/JSON mode/i.test(message)) return 'format';
  const words = message.match(/\w+/g) ?? [];
  const named = words.filter((word) => !EVERYDAY.includes(word) || NOT_TAKEN.test(message));
  return named.map(parameterOf).find((parameter) => parameter !== undefined);
}

function parameterOf(word: string): Droppable | undefined {
  return Object.hasOwn(WIRE_NAMES, word) ? WIRE_NAMES[word] : undefined;
}
