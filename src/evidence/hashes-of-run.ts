import { ManifestHasher, type RunHashes } from './manifest-hasher.js';
import type { ManifestEntry } from './stored-record.js';
import { beginsManifest, verifyRun, type DialogueEvidence } from './verify-run.js';

/** Where the records of runs and their manifests are; a run store is one. */
export interface EvidenceSource {
  manifest(run: string): AsyncIterable<readonly ManifestEntry[]>;
  evidence(run: string): AsyncIterable<DialogueEvidence>;
}

/**
 * What is to be kept of a run: from its manifest, without reading the records; where an edition
 * without manifests began it, from these.
 */
export async function hashesOfRun(source: EvidenceSource, run: string): Promise<RunHashes> {
  const hasher = new ManifestHasher();
  let isFirst = true;
  for await (const entries of source.manifest(run)) {
    if (isFirst && !beginsManifest(entries)) return (await verifyRun(source.evidence(run))).hashes;
    isFirst = false;
    hasher.addDialogue(entries);
  }
  return hasher.hashes();
}

/** The hash to keep of a run as one judging sees it: that of the simulation where there is none. */
export function hashToKeep(
  { simulation, judgings }: RunHashes,
  judging: string | undefined,
): string {
  return (judging === undefined ? undefined : judgings[judging]) ?? simulation;
}

/** What a hash that was kept elsewhere is of: `simulation`, `review`, or the id of a judging. */
export function findHash(
  { simulation, judgings, review }: RunHashes,
  kept: string,
): string | undefined {
  if (kept === simulation) return 'simulation';
  if (kept === review) return 'review';
  return Object.keys(judgings).find((id) => judgings[id] === kept);
}
