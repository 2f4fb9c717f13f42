import { CompiledQuery, type Kysely } from 'kysely';
import type { Tables } from '../kysely/schema.js';
import type { Execute } from '../leases.js';

/** Executes statements of others on a connection of the store, which binds texts and numbers alone. */
export function executeOn(db: Kysely<Tables>): Execute {
  return async (statement, values = []) => {
    const query = CompiledQuery.raw(statement, values.map(bindable));
    const { rows } = await db.executeQuery<Record<string, unknown>>(query);
    return { rows };
  };
}

function bindable(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return `{${value.map(quoted).join()}}`;
  return typeof value === 'object' ? JSON.stringify(value) : value;
}

/** As an element of the server's lists in words. */
function quoted(element: unknown): string {
  return `"${String(element).replace(/["\\]/g, '\\$&')}"`;
}
