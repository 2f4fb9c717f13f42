import type { ModelError } from '../models/model-error.js';
import { withoutSecrets } from '../secrets.js';

/** Why a model could not be asked, as it is shown and kept: on one line, without keys. */
export function failureLine({ message }: ModelError): string {
  return withoutSecrets(message)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}
