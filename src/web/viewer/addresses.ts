import type { DialogueKey } from '../../store/run-record.js';

export type Query = Readonly<Record<string, string | undefined>>;

/** The address of a page, with what is given of a query. */
export function address(parts: readonly string[], query: Query = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const asked = new URLSearchParams(given as [string, string][]).toString();
  return `/${parts.map(encodeURIComponent).join('/')}${asked && `?${asked}`}`;
}

export function runAddress(run: string, query?: Query): string {
  return address(['runs', run], query);
}

export function dialogueAddress(run: string, key: DialogueKey, query?: Query): string {
  const { scenario, agent, repeat } = key;
  return address(['runs', run, 'dialogues', scenario, agent, String(repeat)], query);
}
