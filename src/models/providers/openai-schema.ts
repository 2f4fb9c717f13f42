import { convertEach, isSchema, type JsonSchema } from './json-schema.js';

/** What strict mode takes; all else (lengths, patterns, defaults) is checked when the answer is read. */
const TAKEN = ['type', 'description', 'enum', 'const', 'minItems', 'maxItems', '$ref'];

/** A JSON Schema as OpenAI's strict mode takes it. */
export function openaiSchema(schema: JsonSchema): JsonSchema {
  const { items, anyOf, oneOf, $defs } = schema;
  const kept = Object.entries(schema).filter(([keyword]) => TAKEN.includes(keyword));
  const choices = anyOf ?? oneOf;
  return {
    ...Object.fromEntries(kept),
    ...keysOf(schema),
    ...(isSchema(items) ? { items: openaiSchema(items) } : {}),
    ...(Array.isArray(choices) ? { anyOf: choices.filter(isSchema).map(openaiSchema) } : {}),
    ...(isSchema($defs) ? { $defs: convertEach($defs, openaiSchema) } : {}),
  };
}

/** Every property is required, and no others. An object of free keys stays, and is refused there. */
function keysOf({ properties, additionalProperties }: JsonSchema): JsonSchema {
  if (!isSchema(properties)) return isSchema(additionalProperties) ? { additionalProperties } : {};
  return {
    properties: convertEach(properties, openaiSchema),
    required: Object.keys(properties),
    additionalProperties: false,
  };
}
