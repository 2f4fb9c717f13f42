import { MatrixError } from '../../errors.js';
import { readSecret } from '../../secrets.js';

export interface Key {
  readonly value: string;
  /** What is refused where it is, as a message puts it. */
  readonly credential: string;
}

/** Sent where a server of the user's own needs no key: the SDKs insist on one. */
const NO_KEY = 'none';

/**
 * The key in the first of the variables that is set.
 * @param name of the model, for the message
 * @param isOwnServer whether the server is another than the provider's, which may need none
 * @throws MatrixError where there is no key, or none that could be sent
 */
export function readKey(
  name: string,
  variables: readonly [string, ...string[]],
  isOwnServer: boolean,
): Key {
  for (const variable of variables) {
    const value = readSecret(variable);
    if (value !== undefined) return checked(value, variable);
  }
  const [first] = variables;
  if (isOwnServer)
    return { value: NO_KEY, credential: `a call without a key (${first} is not set)` };
  throw new MatrixError(`${name} needs a key: ${first} is not set`, {
    mend: `Set ${variables.join(' or ')}, or name a server of your own: ${name}@URL.`,
  });
}

function checked(value: string, variable: string): Key {
  if (/^[!-~]+$/.test(value)) return { value, credential: `the key in ${variable}` };
  throw new MatrixError(`${variable} holds a space, a line break or a letter that no key has`, {
    mend: 'Copy the key again, without what is around it.',
  });
}
