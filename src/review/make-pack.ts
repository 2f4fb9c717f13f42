import { randomFrom, type Clock } from '../determinism.js';
import { sha256 } from '../evidence/canonical-json.js';
import type { SafetyPack } from '../store/review-record.js';
import { assertReviewers } from './assert-reviewers.js';
import { dealItems } from './deal-items.js';
import { drawSample, type Drawn } from './draw-sample.js';
import { itemCodes } from './item-codes.js';
import type { ShownDialogue } from './shown-dialogue.js';
import { hashOfItem } from './shown-hash.js';

export interface PackWishes {
  readonly run: string;
  readonly study: SafetyPack['study'];
  readonly judging: string | null;
  /** Fingerprint of the taxonomy from which reviewers choose. */
  readonly taxonomy: string;
  readonly reviewers: readonly string[];
  /** Dialogues in all. */
  readonly sample: number;
  /** Dialogues that every reviewer gets. */
  readonly overlap: number;
  /** Reviewers that see each of the rest. */
  readonly each: number;
  readonly seed: number;
}

/** Draws dialogues and deals them out. @throws MatrixError where the sample cannot stand for the run, or a name for a reviewer */
export function makePack(
  dialogues: readonly ShownDialogue[],
  wishes: PackWishes,
  clock: Clock,
): SafetyPack {
  const { drawn, strata } = drawSample(dialogues, wishes.sample, randomFrom(wishes.seed, 'sample'));
  return { ...packOf(drawn, wishes, clock), strata: [...strata] };
}

/** A pack of dialogues that were not drawn: each stands for itself alone. */
export function packAll(
  dialogues: readonly ShownDialogue[],
  wishes: PackWishes,
  clock: Clock,
): SafetyPack {
  return packOf(
    dialogues.map((candidate) => ({ candidate, probability: 1 })),
    wishes,
    clock,
  );
}

function packOf(
  drawn: readonly Drawn<ShownDialogue>[],
  wishes: PackWishes,
  clock: Clock,
): SafetyPack {
  assertReviewers(wishes.reviewers);
  const { run, seed, study, judging, taxonomy } = wishes;
  const createdAt = clock().toISOString();
  const id = `p-${sha256(JSON.stringify([run, study, seed, createdAt])).slice(0, 8)}`;
  const codes = itemCodes(drawn.length, randomFrom(seed, 'codes', id));
  const dealt = dealItems(codes, wishes);
  const items = drawn.map(({ candidate, probability }, index) => {
    const code = codes[index] ?? '';
    const { dialogue, outcome } = candidate;
    const transcript = hashOfItem(candidate);
    return { code, dialogue, transcript, outcome, probability, overlap: dealt.overlap.has(code) };
  });
  const { reviewers } = dealt;
  return { id, createdAt, study, seed, judging, taxonomy, reviewers, strata: [], items };
}
