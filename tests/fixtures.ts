import { openHearing, unrecorded } from '../src/judge/open-hearing.js';
import type { Persona } from '../src/agents/patbot/persona.js';
import { randomFrom } from '../src/determinism.js';
import { createBehvJudge } from '../src/judge/behv-judge.js';
import { createDeterministicJuror } from '../src/judge/deterministic-juror.js';
import { evidenceOf, type Evidence } from '../src/judge/juror.js';
import { loadRecognition } from '../src/judge/reading/recognition.js';
import { createTurnReader } from '../src/judge/reading/turn-reader.js';
import { loadLibrary } from '../src/runs/library.js';
import type { CaseFile } from '../src/scenarios/case-file.js';
import type { Scenario } from '../src/scenarios/scenario.js';
import type { Action, Turn } from '../src/transcript/transcript.js';

export const library = loadLibrary();
export const juror = createDeterministicJuror(library.taxonomy, loadRecognition(library.taxonomy));
export const judge = createBehvJudge(library.taxonomy, [juror]);
export const NEUTRAL: Persona = {
  personality: 'plain',
  language: 'B',
  recall: 'high',
  confusion: 'normal',
  disclosure: 'open',
  healthBelief: 'accurate',
  channel: 'clean',
};
export const never = new AbortController().signal;
export const random = (...labels: string[]) => randomFrom(1, ...labels);

export function scenario(id: string): Scenario {
  const found = library.scenarios.scenarios.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`no scenario ${id}`);
  return found;
}

const read = createTurnReader(loadRecognition(library.taxonomy));

/** What a juror is given of a dialogue. */
export function evidenceOn(turns: readonly Turn[], caseFile?: CaseFile): Evidence {
  return evidenceOf(turns, caseFile, read);
}

/** A case file under these conditions, whatever the wording of its cue. */
export function under(caseFile: CaseFile, ...conditions: string[]): CaseFile {
  const cue = caseFile.cue.map((wording) => ({ ...wording, conditions }));
  return { ...caseFile, conditions, cue };
}

/** An agent's turn with what it records. */
export function acting(text: string, ...actions: Action[]): Turn {
  return { role: 'agent', text, actions };
}

/** Turns from alternating lines, the agent first. */
export function dialogue(...lines: string[]): Turn[] {
  return lines.map((text, index) => ({ role: index % 2 === 0 ? 'agent' : 'patient', text }));
}

/** A hearing that keeps nothing. */
export const unrecordedHearing = () => openHearing(unrecorded(), { signal: never });
