import type { Random } from '../../determinism.js';
import type { Scenario } from '../../scenarios/scenario.js';
import type { CallRecorder } from '../../calls/call-recorder.js';
import type { PromptFile } from '../../models/prompt-file.js';
import type { Action, SpeechFault, Turn } from '../../transcript/transcript.js';

/** What an agent says in one turn, and what it does beside. An `end-call` action closes the call. */
export interface AgentReply {
  readonly text: string;
  readonly actions?: readonly Action[] | undefined;
  readonly fault?: SpeechFault | undefined;
}

/** A fault that took effect in the dialogue, by the failure mode it realises and the turn it shows. */
export interface RealisedFault {
  readonly failureMode: string;
  readonly turn: number;
}

/** An agent under test in one dialogue. It speaks first: the first call gets no turns. */
export interface AgentUnderTest {
  reply(turns: readonly Turn[], signal: AbortSignal): Promise<AgentReply>;
  /** The dialogue is over: ends what the instance holds open. */
  close?(): void;
  /** Only reference agents know their faults: planned ones that took effect, and how many did not. */
  faults?(turns: readonly Turn[]): { realised: readonly RealisedFault[]; unrealised: number };
}

/** What an agent is opened with. A real agent is given the task alone, never the whole scenario. */
export interface AgentBrief {
  readonly scenario: Scenario;
  readonly random: Random;
  /** Through this every call goes that leaves the process, under the role `agent`. */
  readonly calls: CallRecorder;
}

/** A kind of agent, from which a fresh instance is opened for each dialogue. */
export interface Agent {
  /**
   * `session`: the agent keeps a state of its own between turns, which is lost with its process;
   * `stateless`: the same turns give the same answer;
   * `seeded`: it keeps a state, which the seed and all turns, heard from the first, give again.
   */
  readonly history: 'stateless' | 'session' | 'seeded';
  /** The model family behind it, where it is known. */
  readonly family?: string;
  /** Where its calls go, if they leave the machine and it is known. */
  readonly server?: string;
  /** False where nobody tells it which questions the call must settle: then it is not judged by them. */
  readonly toldItems?: boolean;
  /** The prompt that it speaks by, where it is ours to record. */
  readonly prompt?: PromptFile;
  open(brief: AgentBrief): AgentUnderTest;
}
