import { OFFLINE_PATIENT, type PatientKind } from '../agents/patbot/open-patient.js';
import type { Agent } from '../agents/under-test/agent.js';
import { readMarkers } from '../agents/under-test/read-markers.js';
import type { Call } from '../calls/call.js';
import { createCallRecorder } from '../calls/call-recorder.js';
import { journalRecording, type CallJournal } from '../calls/recording.js';
import type { MatrixError } from '../errors.js';
import type { Casting } from '../runs/planning/plan-run.js';
import { simulate } from '../runs/holding/run-scenario.js';
import type { PatientPhrases } from '../agents/patbot/phrases.js';
import type { Scenario, Wording } from '../scenarios/scenario.js';
import type { Attempt } from '../store/run-record.js';
import { outlivingAgent } from './outliving-agent.js';
import { nextLine, Undo, type PersonAtTerminal } from './person.js';
import type { Terminal } from './terminal.js';
import { agentCard, patientCard } from './vignette-card.js';

export interface Chat {
  readonly scenario: Scenario;
  readonly casting: Casting;
  readonly phrases: PatientPhrases;
  readonly terminal: Terminal;
  readonly maxTurns: number;
  /** Where the calls of a take are kept; each line that is taken back begins another, from 1. */
  readonly journal: (take: number) => CallJournal;
  /** Ends a call in flight, and the chat, with its reason. */
  readonly signal: AbortSignal;
}

/** A person plays the patient against an agent. Taking a line back repeats the dialogue up to there. */
export function chatAsPatient(chat: Chat, agent: Agent): Promise<HeldChat> {
  const person = {
    ...personOf(chat, 'patient', patientCard),
    canUndo: agent.history !== 'session',
  };
  return hold(chat, person, agent, personPatient(person));
}

/** A person plays the agent against the rule-based patient. */
export function chatAsAgent(chat: Chat): Promise<HeldChat> {
  const person = { ...personOf(chat, 'agent', agentCard), canUndo: true };
  return hold(chat, person, personAgent(person), OFFLINE_PATIENT);
}

export interface HeldChat {
  /** Incomplete where the agent failed: its turns are those before. */
  readonly attempt: Attempt;
  /** Why the agent failed, where that can be mended. */
  readonly failure: MatrixError | undefined;
}

function personOf(
  { terminal, scenario, casting }: Chat,
  role: PersonAtTerminal['role'],
  cardOf: (scenario: Scenario, wording: Wording) => string[],
): Omit<PersonAtTerminal, 'canUndo'> {
  const card = cardOf(scenario, casting.wording);
  terminal.print([...card, '']);
  return { terminal, role, card, said: [] };
}

/** Calls of a take that was undone are asked again from memory: the same turns, the same answers. */
async function hold(
  { scenario, casting, phrases, maxTurns, journal, signal }: Chat,
  person: PersonAtTerminal,
  agent: Agent,
  patient: PatientKind,
): Promise<HeldChat> {
  let failure: MatrixError | undefined;
  const outliving = outlivingAgent(agent, (error) => (failure = error));
  let known: readonly Call[] = [];
  for (let take = 1; ; take += 1) {
    const calls = [...known];
    const kept = journal(take);
    const record = async (call: Call) => {
      await kept.record(call);
      calls.push(call);
    };
    try {
      const attempt = await simulate(scenario, outliving, casting, {
        phrases,
        maxTurns,
        patient,
        calls: createCallRecorder(journalRecording({ record }, known)),
        signal,
      });
      return { attempt: withPersonsStanding(attempt, person), failure };
    } catch (error) {
      if (!(error instanceof Undo)) throw error;
      known = calls.filter(({ ordinal }) => ordinal <= person.said.length + 1);
    }
  }
}

/**
 * The director cannot know what a person told: a dialogue with a patient's word in it counts. The persona
 * is PatBot's.
 */
function withPersonsStanding(attempt: Attempt, { role }: PersonAtTerminal): Attempt {
  if (role !== 'patient') return attempt;
  const exposed = attempt.turns.some((turn) => turn.role === 'patient');
  const standing = exposed && attempt.standing !== 'incomplete' ? 'valid' : attempt.standing;
  return { ...attempt, standing, persona: null };
}

function personPatient(person: PersonAtTerminal): PatientKind {
  return {
    spec: 'person',
    varies: false,
    prompts: [],
    open: () => ({ speak: (_, turns) => nextLine(person, turns) }),
  };
}

function personAgent(person: PersonAtTerminal): Agent {
  return {
    history: 'stateless',
    open: () => ({
      reply: async (turns) => {
        const line = await nextLine(person, turns);
        if (line === undefined) return { text: '', actions: [{ type: 'end-call' }] };
        return readMarkers(line);
      },
    }),
  };
}
