import type { JsonSchema } from './chat-api.js';

/**
 * The smallest value that fits a JSON Schema or a Gemini schema: null where it may be, `abstain` or
 * else the first of an enum, no optional property. Ignores patterns and formats.
 */
export function smallestJson(schema: JsonSchema): unknown {
  return smallest(schema, schema);
}

function smallest(schema: JsonSchema, root: JsonSchema): unknown {
  if (typeof schema.$ref === 'string') return smallest(referred(schema.$ref, root), root);
  if ('const' in schema) return schema.const;
  if (mayBeNull(schema)) return null;
  if (Array.isArray(schema.enum)) return pick(schema.enum);
  const [branch] = branchesOf(schema);
  if (branch) return smallest(branch, root);
  return ofType(typeOf(schema), schema, root);
}

function ofType(type: string, schema: JsonSchema, root: JsonSchema): unknown {
  switch (type) {
    case 'object':
      return smallestObject(schema, root);
    case 'array':
      return Array.from({ length: numberIn(schema.minItems) }, () =>
        smallest(asSchema(schema.items), root),
      );
    case 'string':
      return '-'.repeat(numberIn(schema.minLength));
    case 'integer':
    case 'number':
      return smallestNumber(schema);
    case 'boolean':
      return false;
    default:
      return null;
  }
}

function smallestObject(schema: JsonSchema, root: JsonSchema): Record<string, unknown> {
  const properties = asSchema(schema.properties);
  const required = Array.isArray(schema.required) ? (schema.required as string[]) : [];
  return Object.fromEntries(
    required.map((name) => [name, smallest(asSchema(properties[name]), root)]),
  );
}

/** Zero, or the number next to it that the bounds allow. */
function smallestNumber({ minimum, exclusiveMinimum, maximum }: JsonSchema): number {
  const above = typeof exclusiveMinimum === 'number' ? Math.floor(exclusiveMinimum) + 1 : -Infinity;
  const least = Math.max(0, above, numberIn(minimum));
  return typeof maximum === 'number' ? Math.min(least, maximum) : least;
}

function mayBeNull(schema: JsonSchema): boolean {
  return (
    schema.nullable === true ||
    typesOf(schema).includes('null') ||
    branchesOf(schema).some((branch) => typesOf(branch).includes('null'))
  );
}

function branchesOf(schema: JsonSchema): JsonSchema[] {
  return [schema.anyOf, schema.oneOf, schema.allOf].flatMap((branches) =>
    Array.isArray(branches) ? branches.map(asSchema) : [],
  );
}

function typesOf({ type }: JsonSchema): string[] {
  return (Array.isArray(type) ? type : [type]).map((name) => String(name).toLowerCase());
}

function typeOf(schema: JsonSchema): string {
  if (schema.type === undefined && 'properties' in schema) return 'object';
  return typesOf(schema)[0] ?? 'null';
}

function pick(values: readonly unknown[]): unknown {
  return values.includes('abstain') ? 'abstain' : values[0];
}

/** `#/$defs/name`, or `#` for the whole. */
function referred(reference: string, root: JsonSchema): JsonSchema {
  const keys = reference.split('/').slice(1);
  return asSchema(keys.reduce<unknown>((place, key) => asSchema(place)[key], root));
}

function asSchema(value: unknown): JsonSchema {
  return typeof value === 'object' && value !== null ? (value as JsonSchema) : {};
}

function numberIn(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
