import { PROVIDERS } from '../models/model-spec.js';

const READERS = [...PROVIDERS, 'recorded'];

/**
 * Whether some juror reads what was said, as a language model does, or one that was recorded. Checks
 * read what is recorded and counted; a guard can only raise a mode.
 */
export function understandsText(jurors: readonly string[]): boolean {
  return jurors.some((spec) => READERS.some((reader) => spec.startsWith(`${reader}:`)));
}
