/** A JSON Schema, or a part of one. */
export type JsonSchema = Readonly<Record<string, unknown>>;

export function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Converts each of some named schemas: the properties of an object, definitions. */
export function convertEach(
  schemas: JsonSchema,
  convert: (schema: JsonSchema) => JsonSchema,
): JsonSchema {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, value]) => [
      name,
      isSchema(value) ? convert(value) : value,
    ]),
  );
}
