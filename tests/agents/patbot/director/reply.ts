import { direct } from '../../../../src/agents/patbot/director/director.js';
import {
  NOTHING_TOLD,
  type Disclosure,
  type Moment,
  type Script,
} from '../../../../src/agents/patbot/director/disclosure.js';
import type { Heard } from '../../../../src/agents/patbot/ear/ear.js';
import { topicsOf, type Topic } from '../../../../src/agents/patbot/ear/topics.js';
import type { Scenario } from '../../../../src/scenarios/scenario.js';
import { NEUTRAL, random, scenario } from '../../../fixtures.js';

export const base = scenario('H01-D01');
const script: Script = {
  scenario: base,
  wording: 'explicit',
  persona: NEUTRAL,
  triggerTurn: 8,
  random: random('director'),
};
export const OUT: Disclosure = { ...NOTHING_TOLD, triggerTurn: 2, taken: true };

export function topic(kind: Topic['kind'], id: string, of: Scenario = base): Topic {
  const found = topicsOf(of).find((candidate) => candidate.kind === kind && candidate.id === id);
  if (!found) throw new Error(`no topic ${kind} ${id}`);
  return found;
}

export const SILENT: Heard = { acts: [], topics: [], form: undefined, understood: true };
export const asksFor = (...topics: Topic[]): Heard => ({ ...SILENT, topics, form: 'yes-no' });

export function reply(
  heard: Heard,
  turn: number,
  told = NOTHING_TOLD,
  play: Partial<Script> = {},
  { actions = [], agentText = '' }: Partial<Moment> = {},
) {
  return direct({ ...script, ...play }, told, { heard, agentText, actions, turn });
}
