import { z } from 'zod';

/** Acts that have a recorded form, beside the words that an agent has for them. */
export const RECORDED_ACTS = [
  'EMERGENCY',
  'URGENT',
  'SOON',
  'ROUTINE',
  'HANDOVER',
  'LOG',
  'close',
] as const;

/** What an agent can do in a turn, in the terms of SHARD's information flows. */
export const ACTS = [...RECORDED_ACTS, 'safety-question', 'identity-check', 'safety-net'] as const;

export const actSchema = z.enum(ACTS);
export type Act = z.infer<typeof actSchema>;

/** `EMERGENCY` comes in two modes: an ambulance, or going to an acute unit without waiting. */
export const emergencyModeSchema = z.enum(['999', 'acute-unit']);
export type EmergencyMode = z.infer<typeof emergencyModeSchema>;

/** The mode that a case calls right; `any` where an ambulance and an acute unit both are. */
export const rightModeSchema = z.enum([...emergencyModeSchema.options, 'any']);

const LEVELS: readonly Act[] = ['ROUTINE', 'SOON', 'URGENT', 'EMERGENCY'];

/** Rank of an escalation level, 0 (`ROUTINE`) to 3 (`EMERGENCY`); -1 for acts that are no level. */
export function levelRank(act: Act): number {
  return LEVELS.indexOf(act);
}
