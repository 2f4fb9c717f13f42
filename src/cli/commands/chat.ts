import { Command, Option } from 'commander';
import { createInterface, type Interface } from 'node:readline/promises';
import { coverPersonas } from '../../agents/patbot/persona.js';
import { nameAgents, openAgent } from '../../agents/under-test/open-agent.js';
import { chatAsAgent, chatAsPatient, type Chat } from '../../chat/hold-chat.js';
import { storeChat } from '../../chat/store-chat.js';
import type { Terminal } from '../../chat/terminal.js';
import { createLogger } from '../../logger.js';
import { renderDialogue } from '../../report/render-transcript.js';
import { deterministicJudge, loadLibrary } from '../../runs/library.js';
import { castDialogue, findScenario } from '../../runs/plan-run.js';
import { planSchema } from '../../runs/plan.js';
import { openRunModels } from '../../runs/run-models.js';
import { nextRunId } from '../../runs/start-run.js';
import { print } from '../output.js';
import { runId, whole } from '../option-values.js';
import { STORE_OPTION, withNewStore } from '../store-option.js';

interface ChatFlags {
  readonly scenario: string;
  readonly as: 'patient' | 'agent';
  readonly agent: string;
  readonly agentPrompt?: string;
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
    .option('--seed <n>', 'decides persona and wording of PatBot', whole, 1)
    .option('--run-id <id>', 'name under which the chat is stored', runId)
    .option(...STORE_OPTION)
    .addHelpText(
      'after',
      `
Examples:
  matrix-sim chat --scenario H01-D03
  matrix-sim chat --scenario H01-D03 --agent openai:gpt-5-mini
  matrix-sim chat --scenario H01-D03 --as agent
In the chat: /facts shows your card, /undo takes your last line back, /end ends the call.`,
    )
    .action(chat);
}

async function chat(flags: ChatFlags): Promise<void> {
  const library = loadLibrary();
  const plan = planSchema.parse({ seed: flags.seed, agentPrompt: flags.agentPrompt });
  const scenario = findScenario(library.scenarios.scenarios, flags.scenario);
  const casting = castDialogue(plan.seed, scenario, 1, coverPersonas(plan.seed));
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const table: Chat = {
    scenario,
    casting,
    phrases: library.phrases,
    maxTurns: plan.maxTurns,
    terminal: terminalOf(lines),
  };
  try {
    const { held, agent, patient } = await play(table, flags, plan);
    await withNewStore(flags.store, async (store) => {
      const id = flags.runId ?? (await nextRunId(store, clock));
      const judge = deterministicJudge(library.taxonomy);
      const key = await storeChat(
        held,
        table,
        { id, agent, patient },
        { store, judge, library, clock },
      );
      const dialogue = await store.dialogue(id, key);
      if (dialogue) print(['', ...renderDialogue(id, dialogue, library.taxonomy)]);
      print(['', `Stored in ${flags.store} as run ${id}.`]);
    });
  } finally {
    lines.close();
  }
}

async function play(table: Chat, flags: ChatFlags, plan: ReturnType<typeof planSchema.parse>) {
  if (flags.as === 'agent') {
    const agent = { name: 'person', spec: 'person' };
    return { held: await chatAsAgent(table), agent, patient: 'offline' };
  }
  const [named] = nameAgents([flags.agent]);
  const { models } = openRunModels(plan, createLogger(undefined));
  const agent = named ?? { name: 'agent', spec: flags.agent };
  const opened = await openAgent(agent.spec, {
    models,
    promptFile: plan.agentPrompt,
    turnTimeout: plan.turnTimeout,
  });
  return { held: await chatAsPatient(table, opened), agent, patient: 'person' };
}

/** Reads line by line, whether typed or piped in. */
function terminalOf(lines: Interface): Terminal {
  const typed = lines[Symbol.asyncIterator]();
  return {
    print,
    ask: async (prompt) => {
      lines.setPrompt(prompt);
      lines.prompt();
      const next = await typed.next();
      return next.done ? undefined : next.value;
    },
  };
}
