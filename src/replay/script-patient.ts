import type { Act, Ear, EarKind, Heard } from '../agents/patbot/ear/ear.js';
import type { Mishearing } from '../agents/patbot/director/disclosure.js';
import type { PatientKind } from '../agents/patbot/open-patient.js';
import { placeKey } from '../calls/call.js';
import { createCallRecorder } from '../calls/call-recorder.js';
import { standingOf } from '../dialogue/stop-rules.js';
import type { Attempt } from '../store/run-record.js';
import type { RecordedDialogue } from './recorded-dialogue.js';

/** A patient that says its recorded turns once more, whatever it is asked. */
export interface ScriptedPatient {
  readonly patient: PatientKind;
  /** Listens as well whether a recorded turn still answers what is asked. */
  ear(kind: EarKind): EarKind;
  /** The attempt with what the recorded turns told, in place of what a director would have. */
  told(attempt: Attempt): Attempt;
}

/**
 * Where the record has no further turn the patient hangs up. The ear hears both agents, the recorded
 * one with the answers of the record.
 */
export function scriptPatient(recorded: RecordedDialogue): ScriptedPatient {
  const { turns, triggerTurn, releases } = recorded.attempt;
  const marks: Mishearing[] = [];
  return {
    patient: {
      spec: 'scripted',
      varies: false,
      prompts: [],
      open: () => ({ speak: (_, said) => Promise.resolve(turns[said.length]?.text) }),
    },
    ear: (kind) => ({
      ...kind,
      open: (cast) => listenTwice(kind.open(cast), reopen(kind, cast, recorded), recorded, marks),
    }),
    told: (attempt) => {
      const length = attempt.turns.length;
      const trigger = triggerTurn !== null && triggerTurn <= length ? triggerTurn : null;
      return {
        ...attempt,
        triggerTurn: trigger,
        standing: standingOf(attempt.ending, trigger !== null),
        releases: releases.filter(({ turn }) => turn <= length),
        mishearings: marks.filter(({ turn }) => turn <= length),
      };
    },
  };
}

/** The ear of the record, which answers from the journal alone. */
function reopen(kind: EarKind, cast: Parameters<EarKind['open']>[0], { calls }: RecordedDialogue) {
  const answers = new Map(calls.map((call) => [placeKey(call), call]));
  const recording = {
    find: (asked: Parameters<typeof placeKey>[0]) => answers.get(placeKey(asked)),
    keep: () => Promise.resolve(),
  };
  return kind.open({ ...cast, calls: createCallRecorder(recording) });
}

function listenTwice(
  ear: Ear,
  earBefore: Ear,
  { attempt: { turns } }: RecordedDialogue,
  marks: Mishearing[],
): Ear {
  let next = 0;
  return {
    hear: async (turn, context, signal) => {
      const before = turns[next];
      const said = turns[next - 1]?.text;
      next += 2;
      const heard = await ear.hear(turn, context, signal);
      if (!before || !turns[next - 1]) return heard;
      const outcome = fitOf(heard, await earBefore.hear(before, { said }, signal));
      if (outcome) marks.push({ turn: next, outcome });
      return heard;
    },
  };
}

/** What calls for an answer of its own; what is asked about stands among the topics. */
const ASKING: readonly Act[] = [
  'asks-identity',
  'asks-openly',
  'asks-commitment',
  'asks-if-right',
  'asks-if-wrong',
  'asks-which',
  'asks-for-more',
  'asks-safety',
];

/**
 * Undefined where all that is asked now was asked then, and something of what was asked then is asked
 * now; where the ear cannot tell what is asked, it says so.
 */
function fitOf(now: Heard, before: Heard): Mishearing['outcome'] | undefined {
  if (!now.understood) return 'not-understood';
  const [asks, asked] = [askedIn(now), askedIn(before)];
  const answered = asks.every((each) => asked.includes(each));
  const wanted = asked.length === 0 || asked.some((each) => asks.includes(each));
  return answered && wanted ? undefined : 'not-answered';
}

function askedIn({ acts, topics }: Heard): string[] {
  return [
    ...acts.filter((act) => ASKING.includes(act)),
    ...topics.map(({ kind, id }) => `${kind} ${id}`),
  ];
}
