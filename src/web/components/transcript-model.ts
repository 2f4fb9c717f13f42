import type { Heard } from '../../agents/patbot/ear/ear.js';
import type { Judgement, ModeVerdict } from '../../judge/verdict.js';
import type { Scenario } from '../../scenarios/scenario.js';
import type { Attempt, StoredDialogue } from '../../store/run-record.js';
import type { Taxonomy } from '../../taxonomy/taxonomy.js';
import { numberTurns, type Action, type NumberedTurn } from '../../transcript/transcript.js';
import { markEvidence, type Evidence, type Piece } from './mark-evidence.js';

/** A turn with what a reader is told about it. */
export interface TurnView extends Pick<NumberedTurn, 'number' | 'role'> {
  /** The words, taken apart where evidence begins and ends. */
  readonly pieces: readonly Piece[];
  /** Actions and faults of speech, as `[EMERGENCY 999]`. */
  readonly beside: string;
  /** What happened behind it, a line each: heard, released, due. */
  readonly notes: readonly string[];
  /** Failures that show in this turn. */
  readonly shows: readonly { readonly mode: string; readonly label: string }[];
}

/** What is known of a dialogue beside what is stored of it. */
export interface Behind {
  readonly taxonomy: Taxonomy;
  /** Undefined for a transcript from elsewhere. */
  readonly scenario?: Scenario | undefined;
  /** By agent turn. */
  readonly heard?: ReadonlyMap<number, Heard> | undefined;
}

/** The turns of a dialogue with the evidence marked; without a judgement, as a reviewer sees them. */
export function transcriptOf(dialogue: StoredDialogue, behind: Behind): TurnView[] {
  const { attempt, judgement } = dialogue;
  if (!attempt) return [];
  const failing = (judgement?.verdicts ?? []).filter(isRaised);
  const evidence = evidenceByTurn(failing);
  const notes = notesOf(attempt, judgement, behind);
  return numberTurns(attempt.turns).map((turn) => ({
    number: turn.number,
    role: turn.role,
    pieces: markEvidence(turn.text, evidence.get(turn.number) ?? []),
    beside: besideOf(turn),
    notes: notes.filter((note) => note.turn === turn.number).map(({ text }) => text),
    shows: failing
      .filter((verdict) => verdict.turn === turn.number)
      .map((verdict) => ({ mode: verdict.failureMode, label: labelOf(verdict, behind.taxonomy) })),
  }));
}

/** The turns alone, with nothing that tells who spoke or what was made of it. */
export function blindTranscript({ turns }: Pick<Attempt, 'turns'>): TurnView[] {
  return numberTurns(turns).map((turn) => ({
    ...{ number: turn.number, role: turn.role, beside: besideOf(turn), notes: [], shows: [] },
    pieces: markEvidence(turn.text, []),
  }));
}

function isRaised({ outcome }: ModeVerdict): boolean {
  return outcome === 'fail' || outcome === 'needs-review';
}

function evidenceByTurn(verdicts: readonly ModeVerdict[]): ReadonlyMap<number, Evidence[]> {
  const byTurn = new Map<number, Evidence[]>();
  for (const { failureMode, quotes } of verdicts) {
    for (const { turn, text } of quotes) {
      byTurn.set(turn, [...(byTurn.get(turn) ?? []), { mode: failureMode, text }]);
    }
  }
  return byTurn;
}

function labelOf(verdict: ModeVerdict, { modes }: Taxonomy): string {
  const { failureMode, severity, outcome, primary } = verdict;
  const rank = outcome === 'needs-review' ? ', for review' : primary ? '' : ', secondary';
  return `${failureMode} ${modes.get(failureMode)?.name ?? ''} · ${severity}${rank}`;
}

function besideOf({ actions = [], fault }: NumberedTurn): string {
  return [...(fault ? [`(${fault})`] : []), ...actions.map(nameOf)].join(' ');
}

function nameOf(action: Action): string {
  if (action.type === 'note') return `[note: ${action.text}]`;
  if (action.type !== 'escalate') return `[${action.type}]`;
  return `[${[action.act, action.mode].filter(Boolean).join(' ')}]`;
}

interface Note {
  readonly turn: number;
  readonly text: string;
}

function notesOf(
  attempt: Attempt,
  judgement: Judgement | undefined,
  { scenario, heard }: Behind,
): Note[] {
  const texts = new Map(scenario?.ledger.map(({ id, text }) => [id, text]));
  return [
    ...[...(heard ?? [])].map(([turn, what]) => ({ turn, text: `ear: ${describeHeard(what)}` })),
    ...cueNote(attempt),
    ...attempt.releases.map(({ fact, turn }) => ({
      turn,
      text: `fact released: ${fact}${texts.has(fact) ? ` (“${texts.get(fact) ?? ''}”)` : ''}`,
    })),
    ...(attempt.mishearings ?? []).map(({ turn, outcome }) => ({
      turn,
      text: `patient: ${outcome.replace('-', ' ')}`,
    })),
    ...(attempt.patientFaults ?? []).map(({ turn, effect, what }) => ({
      turn,
      text: `fault of the patient (${effect}): ${what}`,
    })),
    ...attempt.realisedFaults.map(({ turn, failureMode }) => ({
      turn,
      text: `injected fault: ${failureMode}`,
    })),
    ...(judgement?.duties ?? []).flatMap(dutyNotes),
  ];
}

function cueNote({ triggerTurn }: Attempt): Note[] {
  return triggerTurn === null ? [] : [{ turn: triggerTurn, text: 'the cue was said' }];
}

function dutyNotes({ since, act, due, met, by }: Judgement['duties'][number]): Note[] {
  return [
    { turn: since, text: `duty arose: ${act}${due === null ? ', not yet due at the end' : ''}` },
    ...(due === null
      ? []
      : [{ turn: due, text: `due by this turn: ${act}${met === null ? ', not given' : ''}` }]),
    ...(met === null
      ? []
      : [{ turn: met, text: `given: ${act}${by === 'words' ? ', in words' : ''}` }]),
  ];
}

/** As `asks-topic: chest pain (yes-no)`. */
function describeHeard({ acts, topics, form, understood }: Heard): string {
  const what = topics.map(({ label }) => label).join(', ');
  const parts = [acts.join(', '), what].filter(Boolean).join(': ');
  const asked = `${parts || 'nothing asked'}${form === undefined ? '' : ` (${form})`}`;
  return understood ? asked : `${asked}, not understood`;
}
