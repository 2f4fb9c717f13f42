import { ManifestHasher, type RunHashes } from './manifest-hasher.js';
import {
  entryOf,
  type ManifestEntry,
  type RecordPlace,
  type StoredRecord,
} from './stored-record.js';

/** The records of one dialogue, or those that belong to none, with what its manifest holds of them. */
export interface DialogueEvidence {
  readonly records: readonly StoredRecord[];
  readonly entries: readonly ManifestEntry[];
}

/** A record that is not as the manifest says. */
export interface Difference {
  readonly what: 'altered' | 'missing' | 'added';
  readonly place: RecordPlace;
}

export interface Verification {
  /** Of the records as they are now. */
  readonly hashes: RunHashes;
  readonly records: number;
  /** False for a run that an edition without manifests began: nothing to hold the records against. */
  readonly hasManifest: boolean;
  readonly differences: readonly Difference[];
}

/**
 * Hashes every record of a run anew, and holds it against the run's manifest.
 * @param evidence by dialogue, those that belong to none first
 */
export async function verifyRun(evidence: AsyncIterable<DialogueEvidence>): Promise<Verification> {
  const hasher = new ManifestHasher();
  const differences: Difference[] = [];
  let records = 0;
  let hasManifest: boolean | undefined;
  for await (const each of evidence) {
    const found = each.records.map(entryOf);
    hasManifest ??= beginsManifest(each.entries);
    if (hasManifest) differences.push(...differencesOf(each.entries, found));
    hasher.addDialogue(found);
    records += found.length;
  }
  return { hashes: hasher.hashes(), records, hasManifest: hasManifest ?? false, differences };
}

/** A manifest begins with its run; where only later records have entries it would not be whole. */
export function beginsManifest(entries: readonly ManifestEntry[]): boolean {
  return entries.some(({ kind }) => kind === 'run');
}

/** What differs between the entries of a dialogue and those of its records as they are. */
export function differencesOf(
  kept: readonly ManifestEntry[],
  found: readonly ManifestEntry[],
): Difference[] {
  const hashes = new Map(kept.map((entry) => [keyOf(entry), entry.hash]));
  const keys = new Set(found.map(keyOf));
  return [
    ...found.flatMap((place): Difference[] => {
      const hash = hashes.get(keyOf(place));
      if (hash === place.hash) return [];
      return [{ what: hash === undefined ? 'added' : 'altered', place }];
    }),
    ...kept
      .filter((entry) => !keys.has(keyOf(entry)))
      .map((place): Difference => ({ what: 'missing', place })),
  ];
}

function keyOf({ kind, judging, dialogue, id }: RecordPlace): string {
  return JSON.stringify([kind, judging, dialogue, id]);
}
