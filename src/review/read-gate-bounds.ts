import { z } from 'zod';
import { MatrixError } from '../errors.js';
import { DEFAULT_BOUNDS, type GateBounds } from './validity-gate.js';

const boundSchema = z.coerce.number().min(0).lt(1);
const boundsSchema = z.strictObject({
  sensitivity: boundSchema.default(DEFAULT_BOUNDS.sensitivity),
  specificity: boundSchema.default(DEFAULT_BOUNDS.specificity),
  labels: z.coerce.number().int().min(1).default(DEFAULT_BOUNDS.labels),
});

/**
 * Bounds of the validity gate as somebody types them: `sensitivity=0.95,labels=3`; what is not named
 * stays as it is by default.
 * @throws MatrixError where that is not how it reads; no number of labels reaches a bound of 1
 */
export function readGateBounds(text: string): GateBounds {
  const pairs = text.split(',').map((part) => part.split('=').map((word) => word.trim()));
  const isWhole = pairs.every(({ length, 1: value = '' }) => length === 2 && value !== '');
  const { success, data } = boundsSchema.safeParse(Object.fromEntries(pairs));
  const names = new Set(pairs.map(([name]) => name));
  if (isWhole && success && names.size === pairs.length) return data;
  throw new MatrixError(`"${text.slice(0, 60)}" are no bounds of the gate`, {
    mend: 'Write sensitivity=0.95,specificity=0.8,labels=2: bounds from 0 to below 1, labels from 1.',
  });
}
