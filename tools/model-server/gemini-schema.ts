import { z } from 'zod';

const TYPES = ['string', 'number', 'integer', 'boolean', 'array', 'object', 'null'];

/** Gemini's subset of OpenAPI schemas: no `$schema`, no `additionalProperties`, no list of types. */
export const geminiSchema = z.strictObject({
  type: z.enum([...TYPES, ...TYPES.map((type) => type.toUpperCase())]).optional(),
  format: z.string().optional(),
  title: z.string().optional(),
  description: z.string().optional(),
  nullable: z.boolean().optional(),
  enum: z.array(z.string()).optional(),
  minItems: z.int().optional(),
  maxItems: z.int().optional(),
  minProperties: z.int().optional(),
  maxProperties: z.int().optional(),
  minLength: z.int().optional(),
  maxLength: z.int().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  pattern: z.string().optional(),
  example: z.unknown().optional(),
  default: z.unknown().optional(),
  required: z.array(z.string()).optional(),
  propertyOrdering: z.array(z.string()).optional(),
  get items() {
    return geminiSchema.optional();
  },
  get anyOf(): z.ZodOptional<z.ZodArray<typeof geminiSchema>> {
    return z.array(geminiSchema).optional();
  },
  get properties(): z.ZodOptional<z.ZodRecord<z.ZodString, typeof geminiSchema>> {
    return z.record(z.string(), geminiSchema).optional();
  },
});
export type GeminiSchema = z.infer<typeof geminiSchema>;

/** What the service finds wrong with a schema whose fields it knows, one line each. */
export function geminiSchemaFaults(schema: GeminiSchema, place: string): string[] {
  const properties = Object.entries(schema.properties ?? {});
  return [
    ...ownFaults(schema).map((fault) => `${place}.${fault}`),
    ...properties.flatMap(([name, child]) =>
      geminiSchemaFaults(child, `${place}.properties[${name}]`),
    ),
    ...(schema.anyOf ?? []).flatMap((child, index) =>
      geminiSchemaFaults(child, `${place}.any_of[${index}]`),
    ),
    ...(schema.items ? geminiSchemaFaults(schema.items, `${place}.items`) : []),
  ];
}

function ownFaults(schema: GeminiSchema): string[] {
  const { properties = {}, required = [], enum: values = [], items, format } = schema;
  const type = schema.type?.toLowerCase();
  const faults: [boolean, string][] = [
    [type === 'array' && !items, 'items: missing field.'],
    [
      type === 'object' && Object.keys(properties).length === 0,
      'properties: should be non-empty for OBJECT type',
    ],
    [values.length > 0 && type !== 'string', 'enum: only allowed for STRING type'],
    [values.includes(''), `enum[${values.indexOf('')}]: cannot be empty`],
    [
      type === 'string' && !['enum', 'date-time', undefined].includes(format),
      "format: only 'enum' and 'date-time' are supported for STRING type",
    ],
  ];
  return [
    ...faults.flatMap(([faulty, fault]) => (faulty ? [fault] : [])),
    ...required.flatMap((name, index) =>
      name in properties ? [] : [`required[${index}]: property is not defined`],
    ),
  ];
}
