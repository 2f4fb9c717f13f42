import { PROVIDERS } from '../models/model-spec.js';

/**
 * Whether some juror reads what was said, as a language model does. Checks read what is recorded and
 * counted; a guard can only raise a mode.
 */
export function understandsText(jurors: readonly string[]): boolean {
  return jurors.some((spec) => PROVIDERS.some((provider) => spec.startsWith(`${provider}:`)));
}
