import { createHash, type Hash } from 'node:crypto';
import { canonicalJson } from './canonical-json.js';
import { RECORD_KINDS, REVIEW_KINDS, type ManifestEntry } from './stored-record.js';

/** What is to be kept elsewhere: SHA-256, 64 hex digits each. */
export interface RunHashes {
  readonly simulation: string;
  /** By judging; each covers the simulation too, and no other judging. */
  readonly judgings: Readonly<Record<string, string>>;
  /** Of what reviewers were given and said; covers the simulation too. Left out where there is none. */
  readonly review?: string | undefined;
}

/**
 * Hashes a manifest as it comes by: `[dialogue,kind,id,hash]` of each entry as a line of canonical
 * JSON, dialogues by the bytes of their ids, in a dialogue kinds in the order of
 * {@link RECORD_KINDS} and then ids by their code units. The lines of a judging, and of a review, end
 * with `["simulation",HASH]`.
 */
export class ManifestHasher {
  readonly #simulation = createHash('sha256');
  readonly #judgings = new Map<string, Hash>();
  #review: Hash | undefined;

  /** @param entries all of one dialogue, or those that belong to none, in any order */
  addDialogue(entries: readonly ManifestEntry[]): void {
    for (const entry of inOrder(entries)) {
      const { dialogue, kind, id, hash } = entry;
      this.#of(entry).update(`${canonicalJson([dialogue, kind, id, hash])}\n`);
    }
  }

  hashes(): RunHashes {
    const simulation = this.#simulation.copy().digest('hex');
    const end = `${canonicalJson(['simulation', simulation])}\n`;
    const ended = (hash: Hash) => hash.copy().update(end).digest('hex');
    const judgings = [...this.#judgings].map(([id, hash]) => [id, ended(hash)]);
    return {
      simulation,
      judgings: Object.fromEntries(judgings) as RunHashes['judgings'],
      ...(this.#review && { review: ended(this.#review) }),
    };
  }

  #of({ kind, judging }: ManifestEntry): Hash {
    if (REVIEW_KINDS.has(kind)) return (this.#review ??= createHash('sha256'));
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
