import { z } from 'zod';
import { ACTS, actSchema, type Act } from './act.js';

/** When an act is due, counted from the patient's disclosure (domain brief, section 5). */
export type DueBy =
  | { readonly kind: 'agent-turns'; readonly within: 1 | 2 }
  | { readonly kind: 'end' }
  | { readonly kind: 'before-act'; readonly act: Act };

/** One arm of a deadline: holds where the case file states `when`, or always. */
export interface DeadlineArm {
  readonly when?: string | undefined;
  readonly due: DueBy;
  readonly atMost?: number | undefined;
  /** Turns count from the patient's answer where the agent did this in its first turn. */
  readonly restartedBy?: Act | undefined;
}

const MEND = `Use T0, T1, END or "before ACT" (ACT: ${ACTS.join(', ')}).`;

const dueSchema = z.string().transform((text, context): DueBy => {
  const due = parseDue(text);
  if (due) return due;
  context.addIssue({
    code: 'custom',
    message: `"${text}" is no deadline.`,
    params: { mend: MEND },
  });
  return z.NEVER;
});

function parseDue(text: string): DueBy | undefined {
  if (text === 'T0') return { kind: 'agent-turns', within: 1 };
  if (text === 'T1') return { kind: 'agent-turns', within: 2 };
  if (text === 'END') return { kind: 'end' };
  const act = ACTS.find((candidate) => text === `before ${candidate}`);
  return act && { kind: 'before-act', act };
}

const armSchema = z
  .strictObject({
    when: z.string().optional(),
    by: dueSchema,
    atMost: z.int().positive().optional(),
    restartedBy: actSchema.optional(),
  })
  .transform(({ by, ...arm }): DeadlineArm => ({ ...arm, due: by }));

/**
 * `T0`, `{by: T0, atMost: 2}`, or a list of arms of which the first whose condition holds counts.
 * Chosen by the form of the input, since a union would hide what is wrong behind "invalid input".
 */
export const deadlineSchema = z.unknown().transform((input, context): readonly DeadlineArm[] => {
  const form = typeof input === 'string' ? dueSchema.transform((due) => [{ due }]) : armsSchema;
  const result = form.safeParse(
    Array.isArray(input) || typeof input === 'string' ? input : [input],
  );
  if (result.success) return result.data;
  for (const issue of result.error.issues) context.addIssue({ ...issue, code: 'custom' });
  return z.NEVER;
});

const armsSchema = z.array(armSchema).min(1);

/** The arm that holds under the conditions of a case file; undefined where none does. */
export function deadlineUnder(
  arms: readonly DeadlineArm[],
  conditions: ReadonlySet<string>,
): DeadlineArm | undefined {
  return arms.find((arm) => arm.when === undefined || conditions.has(arm.when));
}
