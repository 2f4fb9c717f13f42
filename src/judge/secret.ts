import { createHmac, randomBytes } from 'node:crypto';

/** Gives, for a label, 64 hex digits that nobody can know who does not have the nonce. */
export type Secret = (label: string) => string;

/** Made once a run, or once a recording, and kept with it. */
export function newNonce(): string {
  return randomBytes(16).toString('hex');
}

/**
 * What marks and order of one dialogue's prompts derive from: the nonce and the dialogue, so that a
 * call asked again is the same to the byte, and a transcript cannot foresee it.
 */
export function secretOf(nonce: string, dialogue: string): Secret {
  return (label) =>
    createHmac('sha256', nonce)
      .update(JSON.stringify([dialogue, label]))
      .digest('hex');
}
