import { z } from 'zod';
import { Rejected } from './chat-api.js';
import { geminiError } from './gemini-error.js';
import { geminiSchema, geminiSchemaFaults } from './gemini-schema.js';

const anything = z.unknown().optional();

// The stand-in reads words alone, no pictures or calls of functions.
const contentSchema = z.strictObject({
  role: z.string().optional(),
  parts: z
    .array(
      z.strictObject({
        text: z.string().optional(),
        thought: anything,
        thoughtSignature: anything,
      }),
    )
    .default([]),
});
export type GeminiContent = z.infer<typeof contentSchema>;

const configSchema = z.strictObject({
  stopSequences: anything,
  responseMimeType: z.string().optional(),
  responseSchema: geminiSchema.optional(),
  responseJsonSchema: anything,
  responseModalities: anything,
  // The stand-in gives one answer.
  candidateCount: z.literal(1).optional(),
  maxOutputTokens: z.int().positive().optional(),
  temperature: z.number().optional(),
  topP: anything,
  topK: anything,
  seed: z.int().optional(),
  presencePenalty: anything,
  frequencyPenalty: anything,
  responseLogprobs: anything,
  logprobs: anything,
  enableEnhancedCivicAnswers: anything,
  speechConfig: anything,
  thinkingConfig: anything,
  mediaResolution: anything,
});

const generateSchema = z.strictObject({
  contents: z.array(contentSchema).default([]),
  model: z.string().optional(),
  systemInstruction: contentSchema.optional(),
  generationConfig: configSchema.optional(),
  safetySettings: anything,
  tools: anything,
  toolConfig: anything,
  cachedContent: anything,
});
export type GeminiRequest = z.infer<typeof generateSchema>;

/** @throws Rejected as Google rejects unknown fields, empty contents and schemas that it does not take */
export function readGeminiRequest(json: unknown): GeminiRequest {
  if (typeof json !== 'object' || json === null) {
    throw invalidArgument(['Invalid JSON payload received. Expected an object.']);
  }
  const { data, error } = generateSchema.safeParse(json);
  if (!data) {
    const violations = error.issues.flatMap((issue) => violationsOf(issue, json));
    throw invalidArgument(
      violations.map(({ description }) => description),
      [{ '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations: violations }],
    );
  }
  if (data.contents.some(({ role = 'user' }) => !['user', 'model'].includes(role))) {
    throw invalidArgument(['Please use a valid role: user, model.']);
  }
  const faults = faultsOf(data).map((fault) => `* GenerateContentRequest.${fault}\n`);
  if (faults.length > 0) throw invalidArgument(faults);
  return data;
}

function invalidArgument(messages: readonly string[], details?: readonly object[]): Rejected {
  return new Rejected(geminiError(400, 'INVALID_ARGUMENT', messages.join('\n'), details));
}

function violationsOf(issue: z.core.$ZodIssue, json: unknown) {
  const field = protoPath(issue.path, json);
  const at = field === '' ? '' : ` at '${field}'`;
  const descriptions =
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => `Unknown name "${key}"${at}: Cannot find field.`)
      : [`Invalid value${at}: ${issue.message}`];
  return descriptions.map((description) => ({
    field,
    description: `Invalid JSON payload received. ${description}`,
  }));
}

/** `generation_config.response_schema.properties[0].value`: the service counts the entries of a map. */
function protoPath(path: readonly PropertyKey[], json: unknown): string {
  let place = json as Record<PropertyKey, unknown>;
  let text = '';
  path.forEach((key, index) => {
    if (typeof key === 'number') text += `[${key}]`;
    else if (path[index - 1] === 'properties')
      text += `[${Object.keys(place).indexOf(String(key))}].value`;
    else text += `.${snakeCase(String(key))}`;
    place = place[key] as Record<PropertyKey, unknown>;
  });
  return text.replace(/^\./, '');
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function faultsOf({ contents, systemInstruction, generationConfig = {} }: GeminiRequest): string[] {
  const { responseSchema, responseMimeType, temperature = 0 } = generationConfig;
  const at = 'generation_config';
  return [
    ...(contents.length === 0 ? ['contents: contents is not specified'] : []),
    ...contents.flatMap((content, index) => contentFaults(content, `contents[${index}]`)),
    ...(systemInstruction ? contentFaults(systemInstruction, 'system_instruction') : []),
    ...(temperature < 0 || temperature > 2
      ? [`${at}.temperature: temperature must be in the range [0.0, 2.0].`]
      : []),
    ...(responseSchema && responseMimeType !== 'application/json'
      ? [`${at}.response_mime_type: must be application/json where response_schema is set.`]
      : []),
    ...(responseSchema ? geminiSchemaFaults(responseSchema, `${at}.response_schema`) : []),
  ];
}

/** An empty text counts as no text. */
function contentFaults({ parts }: GeminiContent, place: string): string[] {
  if (parts.length === 0) return [`${place}.parts: contents.parts must not be empty.`];
  return parts.flatMap(({ text = '' }, index) =>
    text === ''
      ? [
          `${place}.parts[${index}].data: required oneof field 'data' must have one initialized field`,
        ]
      : [],
  );
}
