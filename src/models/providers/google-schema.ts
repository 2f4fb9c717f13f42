import { convertEach, isSchema, type JsonSchema } from './json-schema.js';

const TAKEN = ['type', 'description', 'minItems', 'maxItems', 'required'];

/**
 * A JSON Schema in the form that Gemini takes: OpenAPI's, in which `nullable` stands for null, an enum
 * is of strings, and the order of properties is said. What it has no word for is left out, and checked
 * when the answer is read.
 */
export function googleSchema(schema: JsonSchema): JsonSchema {
  const [inner, nullable] = withoutNull(schema);
  const { properties, items, anyOf } = inner;
  const kept = Object.entries(inner).filter(([keyword]) => TAKEN.includes(keyword));
  return {
    ...Object.fromEntries(kept),
    ...choicesOf(inner),
    ...(nullable ? { nullable } : {}),
    ...(isSchema(items) ? { items: googleSchema(items) } : {}),
    ...(Array.isArray(anyOf) ? { anyOf: anyOf.filter(isSchema).map(googleSchema) } : {}),
    ...(isSchema(properties)
      ? {
          properties: convertEach(properties, googleSchema),
          propertyOrdering: Object.keys(properties),
        }
      : {}),
  };
}

/** The schema without the possibility of null, and whether it had one. */
function withoutNull(schema: JsonSchema): [JsonSchema, boolean] {
  const { type, oneOf, anyOf = oneOf, ...others } = schema;
  const all = Array.isArray(type) ? type.map((each: unknown) => ({ type: each })) : anyOf;
  if (!Array.isArray(all)) return [schema, false];
  const choices = all.filter(isSchema).filter((choice) => choice.type !== 'null');
  const [only, ...more] = choices;
  const inner = only && more.length === 0 ? { ...others, ...only } : { ...others, anyOf: choices };
  return [inner, choices.length < all.length];
}

function choicesOf({ enum: choices, const: only }: JsonSchema): JsonSchema {
  const all = Array.isArray(choices) ? (choices as unknown[]) : only === undefined ? [] : [only];
  const isOfStrings =
    all.length > 0 && all.every((choice) => typeof choice === 'string' && choice !== '');
  return isOfStrings ? { format: 'enum', enum: all } : {};
}
