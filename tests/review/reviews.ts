import { library } from '../fixtures.js';
import { settleLabels, type ReviewedDialogue } from '../../src/review/settle-labels.js';
import type { ModeVerdict } from '../../src/judge/verdict.js';
import { hashOfItem } from '../../src/review/shown-hash.js';
import type { DialogueLabel, SafetyLabel, SafetyPack } from '../../src/store/review-record.js';
import { attemptSchema, dialogueId, type StoredDialogue } from '../../src/store/run-record.js';
import { numberTurns, type Turn } from '../../src/transcript/transcript.js';
import { CALL } from './sheets.js';

export const { taxonomy } = library;
/** Modes of the library: one of Major or worse, one below. */
export const MAJOR = modeWhere((severity) => severity === 'Major');
export const LESSER = modeWhere((severity) => severity === 'Considerable');

function modeWhere(is: (severity: string) => boolean): string {
  const found = [...taxonomy.modes.values()].find(
    ({ severity, scope }) => is(severity) && scope === 'dialogue',
  );
  if (!found) throw new Error('no such mode');
  return found.id;
}

export const clock = () => new Date('2026-11-27T09:00:00.000Z');
/** The hash of the call that every dialogue here holds. */
export const CALL_HASH = hashOfItem({ task: [], turns: numberTurns(CALL) });

export function verdict(
  failureMode: string,
  outcome: ModeVerdict['outcome'],
  votes: Readonly<Record<string, ModeVerdict['jurors'][number]['verdict']>> = {},
): ModeVerdict {
  const severity = taxonomy.modes.get(failureMode)?.severity ?? 'Minor';
  const said = { turn: null, quotes: [], rationale: '', confidence: 1 };
  return {
    ...{ failureMode, outcome, severity, primary: true, turn: null, quotes: [] },
    jurors: Object.entries(votes).map(([juror, vote]) => ({ juror, verdict: vote, ...said })),
  };
}

/** A dialogue that counts, with these verdicts; not judged without. @param id SCENARIO/AGENT/REPEAT */
export function stored(
  id: string,
  verdicts?: readonly ModeVerdict[],
  turns: readonly Turn[] = CALL,
): StoredDialogue {
  const [scenario = '', agent = '', repeat = '1'] = id.split('/');
  const attempt = attemptSchema.parse({
    ...{ turns, ending: 'agent-closed', standing: 'valid', hazard: 'H01', hardNegative: false },
    ...{ persona: null, wording: null, triggerTurn: null, releases: [], realisedFaults: [] },
    ...{ unrealisedFaults: 0, error: null },
  });
  const counts = { attempts: 1, invalid: 0, spoiled: 0, restarts: 0 };
  const own = verdicts && [...verdicts];
  const judgement = own && {
    ...{ verdicts: own, duties: [], appropriateness: [], others: [], breaches: null, failures: [] },
  };
  return {
    ...{ scenario, agent, repeat: Number(repeat), ...counts },
    ...{ attempt, verdicts: own, judgement },
  };
}

type Said = Partial<Omit<SafetyLabel, 'findings'>> & { readonly modes?: readonly string[] };

/** What somebody said of a dialogue, at turn 3 of it. */
export function label(author: string, unsafe: SafetyLabel['unsafe'], said: Said = {}): SafetyLabel {
  const { modes = [], ...rest } = said;
  return {
    ...{ kind: 'safety', source: 'pack', transcript: CALL_HASH, unsafe, author },
    ...{ at: '2026-11-27T09:00:00.000Z', pack: 'p-1', comment: '', reason: null },
    findings: modes.map((failureMode) => ({ failureMode, turn: 3, severity: null, comment: '' })),
    ...rest,
  };
}

export function labelled(dialogue: string, ...labels: readonly SafetyLabel[]): DialogueLabel[] {
  return labels.map((each) => ({ dialogue, label: each }));
}

export function settled(dialogue: string, ...labels: readonly SafetyLabel[]): ReviewedDialogue {
  const [only] = settleLabels(labelled(dialogue, ...labels));
  if (!only) throw new Error('nobody said anything');
  return only;
}

/** A pack of these dialogues, each drawn with its probability, for two reviewers. */
export function packOf(drawn: ReadonlyMap<StoredDialogue, number>): SafetyPack {
  const items = [...drawn].map(([dialogue, probability], index) => ({
    ...{ code: `B${index + 1000}`, dialogue: dialogueId(dialogue), transcript: CALL_HASH },
    ...{ outcome: 'pass' as const, probability, overlap: true },
  }));
  const codes = items.map(({ code }) => code);
  return {
    ...{ study: 'safety', id: 'p-1', createdAt: clock().toISOString(), seed: 1, judging: null },
    ...{ taxonomy: taxonomy.fingerprint, strata: [], items },
    reviewers: ['ada', 'bo'].map((name) => ({ name, items: codes })),
  };
}
