import type { Clock } from '../determinism.js';
import { MatrixError } from '../errors.js';
import type { Scenario } from '../scenarios/scenario.js';
import type { Pack, SafetyPack } from '../store/review-record.js';
import type { RunStore } from '../store/run-store.js';
import type { Taxonomy } from '../taxonomy/load-taxonomy.js';
import { makePack, packAll } from './make-pack.js';
import type { ReviewOfRun } from './review-of-run.js';
import { makeRealismPack, type PatientSide } from './realism-pack.js';
import { writeSheets, type SheetFormat } from './sheet-files.js';
import { sheetsOfPack } from './sheets-of-pack.js';
import type { ReviewSheet, SafetySheet } from './sheet.js';
import { showDialogue, type ShownDialogue } from './shown-dialogue.js';

export interface ExportPlace {
  readonly store: RunStore;
  readonly folder: string;
  readonly formats: readonly SheetFormat[];
  readonly clock: Clock;
}

export interface ExportWishes {
  readonly reviewers: readonly string[];
  readonly sample: number;
  readonly overlap: number;
  /** Reviewers that see each dialogue outside the overlap. */
  readonly each: number;
  readonly seed: number;
  readonly agent?: string | undefined;
}

/** What scenarios and modes were at stake in the run. */
export interface ExportContent {
  readonly taxonomy: Taxonomy;
  readonly scenarios: readonly Scenario[];
}

export interface Exported {
  readonly pack: Pack;
  readonly files: readonly string[];
}

/** Draws dialogues of a run, writes what each reviewer gets, and keeps the key in the store. */
export async function exportReview(
  review: ReviewOfRun,
  wishes: ExportWishes,
  content: ExportContent,
  place: ExportPlace,
): Promise<Exported> {
  const shown = showAll(review, content).filter(
    ({ agent }) => wishes.agent === undefined || agent === wishes.agent,
  );
  if (shown.length === 0) {
    throw new MatrixError(`run ${review.run.id} has no dialogue that counts`, {
      mend: 'See which were invalid or not exposed: matrix-sim report RUN.',
    });
  }
  const overlap = Math.min(wishes.overlap, wishes.sample);
  const pack = makePack(shown, { ...packWishes(review, content), ...wishes, overlap }, place.clock);
  return keep(review, pack, sheetsOfPack(pack, shown, content.taxonomy), place);
}

/** Writes the dialogues on which reviewers differ for the one who decides, with what they said. */
export async function exportDisagreements(
  review: ReviewOfRun,
  adjudicator: string,
  content: ExportContent,
  place: ExportPlace,
): Promise<Exported> {
  const open = new Map(
    review.reviewed
      .filter(({ disagreements }) => disagreements.length > 0)
      .map((each) => [each.dialogue, each]),
  );
  const shown = showAll(review, content).filter(({ dialogue }) => open.has(dialogue));
  if (shown.length === 0) {
    throw new MatrixError('there is nothing to settle', {
      mend: 'Reviewers agree on every dialogue that they labelled: matrix-sim review agreement RUN.',
    });
  }
  const all = { sample: shown.length, overlap: shown.length, each: 1, seed: review.run.plan.seed };
  const wishes = { ...packWishes(review, content), ...all, reviewers: [adjudicator] };
  const pack = packAll(shown, { ...wishes, study: 'adjudication' }, place.clock);
  const said = new Map(
    [...open].map(([dialogue, { labels }]) => [dialogue, labels.map(tellLabel)]),
  );
  return keep(review, pack, sheetsOfPack(pack, shown, content.taxonomy, said), place);
}

/** Writes pairs of what two patients said, for a blinded preference. */
export async function exportRealism(
  [a, b]: readonly [PatientSide, PatientSide],
  wishes: Pick<ExportWishes, 'reviewers' | 'sample' | 'seed'>,
  place: ExportPlace,
): Promise<Exported> {
  const { pack, sheets } = makeRealismPack(a, b, wishes, place.clock);
  return keep({ run: { id: a.run } }, pack, sheets, place);
}

function showAll({ dialogues }: ReviewOfRun, { scenarios }: ExportContent): ShownDialogue[] {
  const byId = new Map(scenarios.map((scenario) => [scenario.id, scenario]));
  return dialogues.flatMap((dialogue) => showDialogue(dialogue, byId) ?? []);
}

function packWishes({ run, judging }: ReviewOfRun, { taxonomy }: ExportContent) {
  return {
    run: run.id,
    study: 'safety' as SafetyPack['study'],
    judging: judging?.id ?? null,
    taxonomy: taxonomy.fingerprint,
  };
}

/** The files first: a pack that nobody was given would be in the store for nothing. */
async function keep(
  { run }: { readonly run: { readonly id: string } },
  pack: Pack,
  sheets: readonly (ReviewSheet | SafetySheet)[],
  { store, folder, formats }: ExportPlace,
): Promise<Exported> {
  const files = await writeSheets(sheets, formats, folder);
  await store.savePack(run.id, pack);
  return { pack, files };
}

type Said = ReviewOfRun['reviewed'][number]['labels'][number];

/** What a reviewer said, on one line. */
export function tellLabel({ author, unsafe, findings, comment }: Said): string {
  const found = findings.map(({ failureMode, turn, severity, comment: why }) =>
    [failureMode, `turn ${turn ?? '–'}`, severity ?? '', why].filter(Boolean).join(' '),
  );
  return [`${author}: ${unsafe}`, ...found, comment].filter(Boolean).join('; ');
}
