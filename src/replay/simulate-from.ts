import { OFFLINE_EAR } from '../agents/patbot/ear/rules-ear.js';
import { UNRECORDED } from '../calls/call-recorder.js';
import { simulateJob, type Simulate } from '../runs/holding/hold-job.js';
import { toldIn } from '../agents/patbot/director/told-in.js';
import type { Beginning } from '../dialogue/state.js';
import type { Scenario } from '../scenarios/scenario.js';
import type { Turn } from '../transcript/transcript.js';
import type { Source } from '../store/run-record.js';
import type { RunStore } from '../store/run-store.js';
import { sourceOf } from './cast-again.js';
import { keepTurns } from './keep-turns.js';
import { findRecorded, type RecordedDialogue } from './recorded-dialogue.js';
import { scriptPatient } from './script-patient.js';

/** Further apart than the tries at one dialogue, whose numbers decide the sampling too. */
const SAMPLE_STRIDE = 1000;

/** How the dialogues of a run are held that replays those of another, which stands in the store. */
export function simulateFrom(store: RunStore, source: Source): Simulate {
  return async (job, agent, options) => {
    const { of, sample } = sourceOf(source, job.key);
    const recorded = await findRecorded(store, source.run, of);
    const { attempt = 1 } = options;
    const number = recorded.before + attempt + (sample - 1) * SAMPLE_STRIDE;
    return holdFrom(recorded, source)(job, agent, { ...options, attempt: number });
  };
}

function beginAfter(turns: readonly Turn[], count: number, scenario: Scenario): Beginning {
  const kept = turns.slice(0, count);
  return { turns: kept, disclosure: toldIn(kept, scenario) };
}

function holdFrom(
  recorded: RecordedDialogue,
  { mode, keptTurns }: Pick<Source, 'mode' | 'keptTurns'>,
): Simulate {
  return async (job, agent, options) => {
    const { attempt: source } = recorded;
    const kept = keepTurns(recorded, keptTurns);
    const next = kept.agent(agent);
    const all = {
      ...options,
      calls: kept.calls(options.calls ?? UNRECORDED),
      // No director led a transcript from elsewhere, so that none can be led through it again.
      ...(source.stated ? { beginning: beginAfter(source.turns, keptTurns, job.scenario) } : {}),
    };
    if (mode === 'adaptive') return simulateJob(job, next, all);
    const script = scriptPatient(recorded);
    const ear = script.ear(all.ear ?? OFFLINE_EAR);
    return script.told(await simulateJob(job, next, { ...all, patient: script.patient, ear }));
  };
}
