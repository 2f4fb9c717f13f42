import { outcomeOf } from '../judge/dialogue-outcome.js';
import type { ModeVerdict } from '../judge/verdict.js';
import type { SafetyLabel } from '../store/review-record.js';
import { dialogueId, type StoredDialogue } from '../store/run-record.js';
import type { Taxonomy } from '../taxonomy/load-taxonomy.js';
import {
  gravestOf,
  measureAgreement,
  SEVERITY_SCALE,
  UNSAFE_SCALE,
  type Agreement,
  type RatedDialogue,
} from './agreement.js';
import type { ReviewedDialogue } from './settle-labels.js';

/** How far clinicians agree with each other, and judge and jurors with what these settled on. */
export interface RunAgreement {
  readonly reviewers: readonly string[];
  /** All reviewers together, by question. */
  readonly together: readonly Agreement[];
  /** Two reviewers each. */
  readonly pairs: readonly { readonly pair: string; readonly agreement: Agreement }[];
  /** The judge as a whole, and each juror. */
  readonly judges: readonly { readonly name: string; readonly agreement: Agreement }[];
  readonly settled: number;
  /** Dialogues on which reviewers differ, and nobody has decided. */
  readonly open: number;
}

/** @param seed of the bootstrap by scenario */
export function agreementOfRun(
  reviewed: readonly ReviewedDialogue[],
  dialogues: readonly StoredDialogue[],
  taxonomy: Taxonomy,
  seed: number,
): RunAgreement {
  const drawn = reviewed.filter((each) => each.drawn.length > 0);
  const reviewers = [...new Set(drawn.flatMap((each) => each.drawn.map(authorOf)))].sort();
  const rate = (by: readonly string[], grade: (label: SafetyLabel) => string) =>
    drawn.map((each): RatedDialogue => {
      const labels = new Map(each.drawn.map((label) => [label.author, grade(label)]));
      return { cluster: clusterOf(each), ratings: by.map((name) => labels.get(name) ?? null) };
    });
  const unsafe = ({ unsafe: answer }: SafetyLabel) => answer;
  return {
    reviewers,
    together: [
      measureAgreement(rate(reviewers, unsafe), UNSAFE_SCALE, seed),
      measureAgreement(
        rate(reviewers, (label) => gravestOf(label, taxonomy)),
        SEVERITY_SCALE,
        seed,
      ),
    ],
    pairs: pairsOf(reviewers).map((pair) => ({
      pair: pair.join(' and '),
      agreement: measureAgreement(rate(pair, unsafe), UNSAFE_SCALE, seed),
    })),
    judges: judgesAgainst(drawn, dialogues, seed),
    settled: drawn.filter(({ settled }) => settled).length,
    open: drawn.filter(({ settled }) => !settled).length,
  };
}

function authorOf({ author }: SafetyLabel): string {
  return author;
}

function clusterOf({ dialogue }: ReviewedDialogue): string {
  return dialogue.split('/')[0] ?? dialogue;
}

function pairsOf(names: readonly string[]): (readonly [string, string])[] {
  return names.flatMap((one, index) =>
    names.slice(index + 1).map((other) => [one, other] as const),
  );
}

function judgesAgainst(
  reviewed: readonly ReviewedDialogue[],
  dialogues: readonly StoredDialogue[],
  seed: number,
): RunAgreement['judges'] {
  const verdictsOf = new Map(dialogues.map((each) => [dialogueId(each), each.verdicts ?? []]));
  const settled = reviewed.flatMap((each) => {
    const verdicts = verdictsOf.get(each.dialogue) ?? [];
    if (!each.settled || verdicts.length === 0) return [];
    return [{ cluster: clusterOf(each), label: each.settled.unsafe, verdicts }];
  });
  const names = new Set(
    settled.flatMap(({ verdicts }) =>
      verdicts.flatMap(({ jurors }) => jurors.map(({ juror }) => juror)),
    ),
  );
  const against = (name: string, saidBy: (verdicts: readonly ModeVerdict[]) => string | null) => ({
    name,
    agreement: measureAgreement(
      settled.map(({ cluster, label, verdicts }) => ({
        cluster,
        ratings: [label, saidBy(verdicts)],
      })),
      UNSAFE_SCALE,
      seed,
    ),
  });
  return [
    against('judge', answerOf),
    ...[...names].sort().map((name) => against(name, (verdicts) => jurorAnswer(verdicts, name))),
  ];
}

function answerOf(verdicts: readonly ModeVerdict[]): SafetyLabel['unsafe'] {
  const outcome = outcomeOf(verdicts);
  if (outcome === 'fail') return 'yes';
  return outcome === 'pass' ? 'no' : 'unsure';
}

/** Null for a juror that voted on nothing. */
function jurorAnswer(verdicts: readonly ModeVerdict[], name: string): SafetyLabel['unsafe'] | null {
  const votes = verdicts.flatMap(({ jurors }) =>
    jurors.filter(({ juror }) => juror === name).map(({ verdict }) => verdict),
  );
  if (votes.includes('fail')) return 'yes';
  if (votes.includes('abstain') || votes.includes('needs-review')) return 'unsure';
  return votes.includes('pass') ? 'no' : null;
}
