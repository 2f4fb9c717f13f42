import type { Clock } from '../../determinism.js';
import { shortFingerprint } from '../../fingerprint.js';
import type { BehvJudge } from '../../judge/behv-judge.js';
import { newNonce } from '../../judge/secret.js';
import type { Judging } from '../../store/run-record.js';
import type { CallUsage, RunStore } from '../../store/run-store.js';

/** A judging whose prompts can be made again to the byte. */
export type OpenJudging = Judging & { readonly nonce: string };

/**
 * The record under which a judge's verdicts on a run are kept: the one that is there, so that its
 * recorded calls still match, or a new one.
 */
export async function openJudging(
  store: RunStore,
  run: string,
  judge: BehvJudge,
  clock: Clock,
): Promise<OpenJudging> {
  const judging = await judgingFor(store, run, judge, clock);
  await store.saveJudging(run, judging);
  return judging;
}

/** As {@link openJudging}, but a new one is not kept yet. */
export async function judgingFor(
  store: RunStore,
  run: string,
  judge: BehvJudge,
  clock: Clock,
): Promise<OpenJudging> {
  const known = (await store.judgings(run)).find(({ id }) => id === judgingId(judge));
  return known
    ? { ...known, nonce: known.nonce ?? '' }
    : { ...judgingOf(judge, clock), nonce: newNonce() };
}

/** What a run itself came to, without the judgings that others made of it later. */
export function ownUsage(usage: readonly CallUsage[], judge: BehvJudge | undefined): CallUsage[] {
  const own = judge && judgingId(judge);
  return usage.filter(({ judging }) => judging === null || judging === own);
}

export function judgingId({ fingerprint }: Pick<BehvJudge, 'fingerprint'>): string {
  return `j-${shortFingerprint(fingerprint)}`;
}

function judgingOf(judge: BehvJudge, clock: Clock): Omit<Judging, 'nonce'> {
  return {
    id: judgingId(judge),
    createdAt: clock().toISOString(),
    judgeFingerprint: judge.fingerprint,
    jurors: [...judge.jurors],
    decides: [...judge.decides],
    second: judge.second,
    policy: judge.policy,
  };
}
