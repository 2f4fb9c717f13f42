import { Command, Option } from 'commander';
import type { Interface } from 'node:readline/promises';
import { coverPersonas } from '../../agents/patbot/persona.js';
import { nameAgents, openAgent, type NamedSpec } from '../../agents/under-test/open-agent.js';
import { chatAsAgent, chatAsPatient, type Chat, type HeldChat } from '../../chat/hold-chat.js';
import {
  beginChat,
  concludeChat,
  type ChatKeeping,
  type StoredChat,
} from '../../chat/store-chat.js';
import type { Terminal } from '../../chat/terminal.js';
import { EXIT, MatrixError } from '../../errors.js';
import { createLogger } from '../../logger.js';
import type { Models } from '../../models/open-model.js';
import { renderDialogue } from '../../report/render-transcript.js';
import { storeFlag } from '../../report/render-way-on.js';
import { loadLibrary } from '../../runs/library.js';
import { JUDGE_FORMS, openJury, readerIn } from '../../judge/jury/open-jury.js';
import { castDialogue, findScenario } from '../../runs/planning/plan-run.js';
import { planSchema, type Plan } from '../../plan/plan.js';
import { openRunModels } from '../../runs/holding/run-models.js';
import { nextRunId } from '../../runs/holding/start-run.js';
import { dialogueId } from '../../store/run-record.js';
import { interruptible, type Interrupts } from '../interruptible.js';
import { openLines, print } from '../output.js';
import { collect, runId, whole } from '../option-values.js';
import { STORE_OPTION, withNewStore } from '../store-option.js';

interface ChatFlags {
  readonly scenario: string;
  readonly as: 'patient' | 'agent';
  readonly agent: string;
  readonly agentPrompt?: string;
  readonly judge?: string[];
  readonly seed: number;
  readonly runId?: string;
  readonly store: string;
}

const clock = () => new Date();

export function chatCommand(): Command {
  return new Command('chat')
    .description(
      'Play the patient against an agent, or the agent against PatBot; stored and judged.',
    )
    .requiredOption('--scenario <id>', 'the scenario that is played')
    .addOption(
      new Option('--as <role>', 'who you are').choices(['patient', 'agent']).default('patient'),
    )
    .option('--agent <spec>', 'the agent that you talk to', 'offline:careful')
    .option('--agent-prompt <file>', 'prompt of an agent that is a model')
    .option('--judge <spec>', `who judges (repeatable): ${JUDGE_FORMS}`, collect)
    .option('--seed <n>', 'decides persona and wording of PatBot', whole, 1)
    .option('--run-id <id>', 'name under which the chat is stored', runId)
    .option(...STORE_OPTION)
    .addHelpText(
      'after',
      `
Examples:
  matrix-sim chat --scenario H01-D03
  matrix-sim chat --scenario H01-D03 --agent openai:gpt-5-mini
  matrix-sim chat --scenario H01-D03 --as agent --judge openai:gpt-5-mini
In the chat: /facts shows your card, /undo takes your last line back, /end or Ctrl-C ends the call.`,
    )
    .action(chat);
}

async function chat(flags: ChatFlags): Promise<void> {
  const { seed, agentPrompt, judge: judges } = flags;
  const library = loadLibrary();
  const plan = planSchema.parse({ seed, agentPrompt, judges });
  const scenario = findScenario(library.scenarios.scenarios, flags.scenario);
  const casting = castDialogue(plan.seed, scenario, 1, coverPersonas(plan.seed));
  const logger = createLogger(undefined);
  const { models } = openRunModels(plan, logger);
  const judge = await openJury({ judges: plan.judges }, library.taxonomy, models);
  const reader = await readerIn({ judges: plan.judges }, models);
  const facing = await openFacing(flags, plan, models);
  const table = { scenario, casting, phrases: library.phrases, maxTurns: plan.maxTurns };
  await withNewStore(flags.store, async (store) => {
    const id = flags.runId ?? (await nextRunId(store, clock));
    const keeping = { store, judge, reader, library, clock, logger };
    const stored = await beginChat(table, { id, ...facing, judges: plan.judges }, keeping);
    const lock = await store.lock(id);
    try {
      await interruptible((interrupts) => talk(table, facing, stored, keeping, interrupts));
    } catch (error) {
      throw withRun(error, stored, flags.store);
    } finally {
      await lock.release();
    }
    print(['', `Stored in ${flags.store} as run ${id}.`]);
  });
}

/** Whom the person talks to, and how. */
interface Facing {
  readonly agent: NamedSpec;
  readonly patient: string;
  readonly hold: (chat: Chat) => Promise<HeldChat>;
}

async function openFacing(flags: ChatFlags, plan: Plan, models: Models): Promise<Facing> {
  if (flags.as === 'agent') {
    return { agent: { name: 'person', spec: 'person' }, patient: 'offline', hold: chatAsAgent };
  }
  const [agent = { name: 'agent', spec: flags.agent }] = nameAgents([flags.agent]);
  const { agentPrompt: promptFile, turnTimeout } = plan;
  const opened = await openAgent(agent.spec, { models, promptFile, turnTimeout });
  return { agent, patient: 'person', hold: (chat) => chatAsPatient(chat, opened) };
}

/** Holds the dialogue, stores and judges it, and shows what came of it. */
async function talk(
  table: Omit<Chat, 'terminal' | 'journal' | 'signal'>,
  { hold }: Facing,
  stored: StoredChat,
  keeping: Omit<ChatKeeping, 'signal'>,
  { stop, signal }: Interrupts,
): Promise<void> {
  const lines = openLines();
  // A terminal in raw mode sends no signal: readline tells of the key.
  lines.on('SIGINT', () => process.emit('SIGINT'));
  try {
    const terminal = terminalOf(lines, stop);
    const { attempt, failure } = await hold({
      ...table,
      terminal,
      journal: stored.journal,
      signal,
    });
    const isJudged = await concludeChat(attempt, table.scenario, stored, { ...keeping, signal });
    await show(stored, keeping);
    if (failure) throw failure;
    if (!isJudged) throw unjudged(stored);
    if (attempt.standing === 'incomplete') process.exitCode = EXIT.incomplete;
  } finally {
    lines.close();
  }
}

async function show(
  { run, key }: StoredChat,
  { store, library }: Pick<ChatKeeping, 'store' | 'library'>,
): Promise<void> {
  const dialogue = await store.dialogue(run, key);
  if (dialogue) print(['', ...renderDialogue(run, dialogue, library.taxonomy)]);
}

function unjudged({ run }: StoredChat): MatrixError {
  return new MatrixError('a juror could not be asked, so there are no verdicts', {
    mend: `Ask again: npx matrix-sim judge run ${run} with the same --judge.`,
    exitCode: EXIT.incomplete,
  });
}

/** What stopped a chat is to be mended; the run that holds what was said stays. */
function withRun(error: unknown, { run, key }: StoredChat, store: string): unknown {
  if (!(error instanceof MatrixError)) return error;
  const mend = `${error.mend} What was said stays: npx matrix-sim show ${run}/${dialogueId(key)}${storeFlag(store)}`;
  return new MatrixError(error.message, { mend, exitCode: error.exitCode, cause: error });
}

/** Reads line by line, whether typed or piped in, until there are no more or the person interrupts. */
function terminalOf(lines: Interface, stop: AbortSignal): Terminal {
  const typed = lines[Symbol.asyncIterator]();
  const stopped = new Promise<undefined>((resolve) => {
    stop.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  return {
    print,
    ask: async (prompt) => {
      if (stop.aborted) return undefined;
      lines.setPrompt(prompt);
      lines.prompt();
      const next = await Promise.race([typed.next(), stopped]);
      return next === undefined || next.done ? undefined : next.value;
    },
  };
}
