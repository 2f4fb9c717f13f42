import { EXIT, MatrixError } from '../errors.js';
import { firstDifference, type Difference } from './first-difference.js';

/** A replay that comes out otherwise than what is stored: it ends at the first difference. */
export class ReplayDiffers extends MatrixError {
  readonly difference: Difference;

  constructor(difference: Difference) {
    super(`replayed, ${difference.where} differs from what is stored`, {
      mend: 'Code, prompt, taxonomy or scenario have changed since, or the record has: put them back.',
      exitCode: EXIT.differs,
    });
    this.name = 'ReplayDiffers';
    this.difference = difference;
  }
}

/** @throws ReplayDiffers where a value is not what it was */
export function assertSame(where: string, was: unknown, now: unknown): void {
  const found = firstDifference(was, now);
  if (!found) return;
  const place = found.where === '' ? where : `${where}, ${found.where}`;
  throw new ReplayDiffers({ ...found, where: place });
}
