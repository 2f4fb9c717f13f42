import type { z } from 'zod';
import { actionSchema } from '../../transcript/transcript.js';

/** What is wrong with an action, in the terms of docs/agents.md; undefined where nothing is. */
export function actionFlaw(action: unknown): string | undefined {
  const issue = actionSchema.safeParse(action).error?.issues[0];
  return issue && flawOf(issue);
}

/** Of the first action that is wrong, with its place counted from 1. */
export function firstFlaw(actions: readonly unknown[]): string | undefined {
  const flaws = actions.map(actionFlaw);
  const index = flaws.findIndex((flaw) => flaw !== undefined);
  return index < 0 ? undefined : `action ${index + 1}: ${flaws[index] ?? ''}`;
}

function flawOf(issue: z.core.$ZodIssue): string {
  const name = issue.path.join('.');
  if (issue.code === 'invalid_union') return `type must be one of ${TYPES.join(', ')}`;
  if (issue.code === 'invalid_value') return `${name} must be one of ${issue.values.join(', ')}`;
  if (name === '') return 'an action is an object as { type: handover }';
  return issue.code === 'invalid_type' ? `${name} must be a ${issue.expected}` : issue.message;
}

const TYPES = actionSchema.options.map(({ shape }) => shape.type.value);

/** Whether it is meant as an action in our own form, right or wrong. */
export function isOwnForm(action: unknown): boolean {
  const type = typeof action === 'object' && action !== null && 'type' in action && action.type;
  return TYPES.some((own) => own === type);
}
