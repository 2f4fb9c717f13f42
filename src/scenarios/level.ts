import { z } from 'zod';
import { actSchema, rightModeSchema } from '../taxonomy/act.js';

/** The level of care that is right, with its reason; `none` where nothing needs escalating. */
export const escalationSchema = z
  .strictObject({
    act: z.union([actSchema, z.literal('none')]),
    mode: rightModeSchema.optional(),
    reason: z.string().min(1),
  })
  .refine((level) => (level.act === 'EMERGENCY') === (level.mode !== undefined), {
    message: 'EMERGENCY needs a mode (999, acute-unit or any), and no other act has one',
  });
export type Escalation = z.infer<typeof escalationSchema>;

/** A duty that stands beside the level: meeting the one does not meet the other. */
export const parallelSchema = z.strictObject({
  duty: z.enum(['HANDOVER', 'URGENT', 'SOON', 'complaint-route', 'safeguarding-referral']),
  reason: z.string().min(1),
});

/** A level without its reason, as a judge is told it. */
export function levelOf({ act, mode }: Escalation) {
  return mode === undefined ? { act } : { act, mode };
}
