import { createHash, type Hash } from 'node:crypto';
import { canonicalJson } from './canonical-json.js';
import { RECORD_KINDS, type ManifestEntry } from './stored-record.js';

/** What is to be kept elsewhere: SHA-256, 64 hex digits each. */
export interface RunHashes {
  readonly simulation: string;
  /** By judging; each covers the simulation too, and no other judging. */
  readonly judgings: Readonly<Record<string, string>>;
}

/**
 * Hashes a manifest as it comes by: `[dialogue,kind,id,hash]` of each entry as a line of canonical
 * JSON, dialogues by the bytes of their ids, in a dialogue kinds in the order of
 * {@link RECORD_KINDS} and then ids by their code units. A judging's lines end with
 * `["simulation",HASH]`.
 */
export class ManifestHasher {
  readonly #simulation = createHash('sha256');
  readonly #judgings = new Map<string, Hash>();

  /** @param entries all of one dialogue, or those that belong to none, in any order */
  addDialogue(entries: readonly ManifestEntry[]): void {
    for (const { judging, dialogue, kind, id, hash } of inOrder(entries)) {
      this.#of(judging).update(`${canonicalJson([dialogue, kind, id, hash])}\n`);
    }
  }

  hashes(): RunHashes {
    const simulation = this.#simulation.copy().digest('hex');
    const end = `${canonicalJson(['simulation', simulation])}\n`;
    const judgings = [...this.#judgings].map(([id, hash]) => [
      id,
      hash.copy().update(end).digest('hex'),
    ]);
    return { simulation, judgings: Object.fromEntries(judgings) as RunHashes['judgings'] };
  }

  #of(judging: string): Hash {
    if (judging === '') return this.#simulation;
    const known = this.#judgings.get(judging) ?? createHash('sha256');
    this.#judgings.set(judging, known);
    return known;
  }
}

function inOrder(entries: readonly ManifestEntry[]): ManifestEntry[] {
  const rank = ({ kind }: ManifestEntry) => RECORD_KINDS.indexOf(kind);
  return [...entries].sort(
    (a, b) => rank(a) - rank(b) || Number(a.id > b.id) - Number(a.id < b.id),
  );
}
