import { z } from 'zod';
import { OUTCOMES } from '../../judge/verdict.js';
import type { DialogueFilter } from '../../store/dialogue-list.js';
import type { DialogueKey } from '../../store/run-record.js';
import { SEVERITIES } from '../../taxonomy/severity.js';
import { ENDINGS, STANDINGS } from '../../transcript/transcript.js';
import type { Content } from './viewed.js';

/** A field of a form that was left empty is none. */
const optional = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());
const name = optional(z.string().max(300));

/** What the list of a run is asked for in its address. */
export const listQuerySchema = z.object({
  agent: name,
  hazard: name,
  domain: name,
  mode: name,
  outcome: optional(z.enum(OUTCOMES)),
  severity: optional(z.enum(SEVERITIES)),
  ending: optional(z.enum(ENDINGS)),
  standing: optional(z.enum(STANDINGS)),
  disputed: optional(z.literal('yes')),
  undecided: optional(z.literal('yes')),
  judging: name,
  /** SCENARIO/AGENT/REPEAT after which the page begins. */
  after: name,
});
export type ListQuery = z.infer<typeof listQuerySchema>;

/** Which dialogues are meant: those of a domain are those of its scenarios. */
export function filterOf(query: ListQuery, { scenarios }: Content): DialogueFilter {
  const { agent, hazard, domain, mode, outcome, severity, ending, standing } = query;
  const inDomain = [...scenarios.values()].filter((scenario) => scenario.domain === domain);
  return {
    ...{ agent, hazard, mode, outcome, severity, ending, standing },
    scenarios: domain === undefined ? undefined : inDomain.map(({ id }) => id),
    disputed: query.disputed === 'yes',
    undecided: query.undecided === 'yes',
  };
}

/** Undefined where it is none. */
export function keyOf(id: string | undefined): DialogueKey | undefined {
  const [, scenario, agent, repeat] = /^(.+)\/([^/]+)\/(\d+)$/s.exec(id ?? '') ?? [];
  if (scenario === undefined || agent === undefined) return undefined;
  return { scenario, agent, repeat: Number(repeat) };
}
