import { findHash } from '../evidence/hashes-of-run.js';
import { describeRecord } from '../evidence/stored-record.js';
import type { Difference, Verification } from '../evidence/verify-run.js';
import { span, type Line } from './line.js';

/** Differences that are named; all are in `--json`. */
const MOST_NAMED = 20;

const ONLY_AGAINST =
  'Evidence only against a hash kept elsewhere: who can alter the store can alter its manifest too.';

/** What a verification came to, held against the hash that was kept of the run, where there is one. */
export function renderVerification(
  run: string,
  verification: Verification,
  kept: string | undefined,
): Line[] {
  const { hashes, records } = verification;
  return [
    `run ${run}: ${records} records`,
    `simulation  ${hashes.simulation}`,
    ...Object.entries(hashes.judgings).map(([id, hash]) => `judging     ${hash}  (${id})`),
    ...(hashes.review === undefined ? [] : [`review      ${hashes.review}`]),
    '',
    ...renderManifest(verification),
    ...(kept === undefined ? [ONLY_AGAINST] : [renderKept(verification, kept)]),
  ];
}

/** Whether nothing differs from the manifest, nor from the hash that was kept. */
export function isAsKept(verification: Verification, kept: string | undefined): boolean {
  const isKnown = kept === undefined || findHash(verification.hashes, kept) !== undefined;
  return isKnown && verification.differences.length === 0;
}

function renderManifest({ hasManifest, differences }: Verification): Line[] {
  if (!hasManifest) {
    return [
      'The run was begun by an edition without manifests: its hashes were computed now, and nothing in the store can be held against them.',
    ];
  }
  if (differences.length === 0) return [line('No record differs from the manifest.', 'good')];
  const more = differences.length - MOST_NAMED;
  return [
    line(`${differences.length} records differ from the manifest:`, 'bad'),
    ...differences.slice(0, MOST_NAMED).map(renderDifference),
    ...(more > 0 ? [`  and ${more} more: see --json`] : []),
  ];
}

function renderDifference({ what, place }: Difference): string {
  return `  ${what.padEnd(7)}  ${describeRecord(place)}`;
}

function renderKept({ hashes }: Verification, kept: string): Line {
  const of = findHash(hashes, kept);
  if (of === undefined) {
    return line(
      'The hash that was kept is none of these: the run was altered, or went on, after it was printed.',
      'bad',
    );
  }
  const what = of === 'simulation' ? 'the simulation' : `judging ${of} and the simulation`;
  return line(`The hash that was kept is that of ${what}: as it was when it was printed.`, 'good');
}

function line(text: string, emphasis: 'good' | 'bad'): Line {
  return [span(text, emphasis)];
}
