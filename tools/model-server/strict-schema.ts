import type { JsonSchema } from './chat-api.js';

/** Of JSON Schema, what strict structured outputs do not know. */
const NOT_PERMITTED = [
  'allOf',
  'oneOf',
  'not',
  'if',
  'then',
  'else',
  'dependentRequired',
  'dependentSchemas',
  'patternProperties',
  'propertyNames',
  'minProperties',
  'maxProperties',
  'minLength',
  'maxLength',
  'uniqueItems',
  'default',
];

/** What OpenAI's strict mode finds wrong with a schema, in its words; undefined where it takes it. */
export function strictSchemaFault(schema: JsonSchema): string | undefined {
  if (schema.type !== 'object') {
    return `schema must be a JSON Schema of 'type: "object"', got 'type: "${typeof schema.type === 'string' ? schema.type : 'None'}"'.`;
  }
  return faultAt(schema, []);
}

function faultAt(schema: unknown, context: readonly string[]): string | undefined {
  if (!isSchema(schema)) return undefined;
  const here = ownFault(schema);
  if (here !== undefined) return `In context=${tuple(context)}, ${here}`;
  for (const [place, child] of childrenOf(schema)) {
    const fault = faultAt(child, [...context, ...place]);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function ownFault(schema: JsonSchema): string | undefined {
  const keyword = NOT_PERMITTED.find((name) => name in schema);
  if (keyword !== undefined) return `'${keyword}' is not permitted.`;
  if (schema.type !== 'object') return undefined;
  if (schema.additionalProperties !== false) {
    return "'additionalProperties' is required to be supplied and to be false.";
  }
  const required: unknown[] = Array.isArray(schema.required) ? schema.required : [];
  const properties = isSchema(schema.properties) ? Object.keys(schema.properties) : [];
  const missing = properties.find((name) => !required.includes(name));
  if (missing === undefined) return undefined;
  return `'required' is required to be supplied and to be an array including every key in properties. Missing '${missing}'.`;
}

function childrenOf(schema: JsonSchema): [place: string[], child: unknown][] {
  const named = ['properties', '$defs', 'definitions'].flatMap((group) => {
    const members = schema[group];
    return isSchema(members)
      ? Object.entries(members).map(([name, child]) => [[group, name], child])
      : [];
  }) as [string[], unknown][];
  const branches = Array.isArray(schema.anyOf) ? (schema.anyOf as unknown[]) : [];
  return [
    ...named,
    ...branches.map((child, index): [string[], unknown] => [['anyOf', String(index)], child]),
    [['items'], schema.items],
  ];
}

/** As Python writes a tuple. */
function tuple(context: readonly string[]): string {
  const [only] = context;
  if (context.length === 1) return `('${only ?? ''}',)`;
  return `(${context.map((name) => `'${name}'`).join(', ')})`;
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
