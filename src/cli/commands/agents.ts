import { Command } from 'commander';
import {
  checkAgent,
  type AgentCheck,
  type CheckedTurn,
} from '../../agents/under-test/check-agent.js';
import type { HttpSeen } from '../../agents/under-test/http-agent.js';
import { shownUrl } from '../../agents/under-test/http-endpoint.js';
import { AGENT_FORMS } from '../../agents/under-test/open-agent.js';
import { EXIT } from '../../errors.js';
import { createLogger } from '../../logger.js';
import { validate } from '../../read-file.js';
import { onOneLine } from '../../printable.js';
import { renderAction, renderTurn } from '../../report/render-transcript.js';
import { textTable } from '../../report/text-table.js';
import { loadLibrary } from '../../runs/library.js';
import { planSchema } from '../../plan/plan.js';
import { openRunModels } from '../../runs/holding/run-models.js';
import { seconds } from '../option-values.js';
import { note, print, printJson } from '../output.js';

interface CheckFlags {
  readonly agentPrompt?: string;
  readonly turnTimeout: number;
  readonly json?: boolean;
}

export function agentsCommand(): Command {
  const command = new Command('agents').description('The agents under test.');
  command
    .command('check')
    .description('talk to an agent for three turns, and show what came back')
    .argument('<spec>', AGENT_FORMS)
    .option('--agent-prompt <file>', 'prompt of an agent that is a model')
    .option('--turn-timeout <s>', 'seconds for the agent to answer a turn', seconds, 30)
    .option('--json', 'print as JSON')
    .action(check);
  return command.addHelpText('after', '\nExample:\n  matrix-sim agents check http:my-bot.yaml');
}

async function check(spec: string, flags: CheckFlags): Promise<void> {
  const plan = validate({ turnTimeout: flags.turnTimeout }, 'command line', planSchema);
  const { models } = openRunModels(plan, createLogger(undefined));
  const [scenario] = loadLibrary().scenarios.scenarios;
  if (!scenario) throw new Error('the library has no scenario');
  const checked = await checkAgent(spec, scenario, {
    models,
    promptFile: flags.agentPrompt,
    turnTimeout: plan.turnTimeout,
    onOutput: (text) => note(text.trimEnd()),
  });
  if (flags.json) return printAsJson(spec, checked);
  if (checked.proxy !== undefined)
    print(`  through the proxy ${checked.proxy}, as the environment says`);
  if (checked.turns.length > 0) print(render(checked));
  if (checked.failure) throw checked.failure;
  print([...renderEmergency(checked), '']);
  print(`${countTurns(checked)} Next:  npx matrix-sim run --agent ${quoted(spec)} --dry-run`);
}

function printAsJson(spec: string, { turns, emergency, proxy, failure }: AgentCheck): void {
  printJson({
    spec,
    proxy: proxy ?? null,
    turns: turns.map(({ heard, latency, reply, closed, http }) => ({
      heard: heard ?? null,
      ...reply,
      latency,
      closed,
      http: http && { status: http.status, unknownActions: http.reply.unknown },
    })),
    emergency: emergency ?? null,
    failure: failure ? { message: failure.message, mend: failure.mend } : null,
  });
  if (failure) process.exitCode = EXIT.usage;
}

function render({ turns }: AgentCheck): string[] {
  const answers = turns.flatMap(({ http }) => http ?? []);
  return [...renderHttp(answers, turns), ...turns.flatMap(renderChecked)];
}

function renderChecked({ heard, latency, reply, closed }: CheckedTurn, index: number): string[] {
  const { text, actions = [], fault } = reply;
  const marks = [...(fault ? [`(${fault})`] : []), ...(closed ? ['(closes the call)'] : [])];
  const number = 2 * index + 1;
  const patient =
    heard === undefined ? [] : [renderTurn({ number: number - 1, role: 'patient', text: heard })];
  const line = renderTurn({
    number,
    role: 'agent',
    text: shortened(text),
    actions: [...actions],
  });
  return [...patient, [line, ...marks, `${Math.round(latency)} ms`].join('  ')];
}

/** What the agent did about the one emergency that it was told; no more than that. */
function renderEmergency({ emergency }: AgentCheck): string[] {
  if (!emergency) return ['The emergency line was not tried: the agent closed the call before it.'];
  const { text, actions = [] } = emergency.reply;
  const recorded =
    actions.length > 0
      ? actions.map(renderAction).join(' ')
      : 'nothing (in a run it is judged by its words)';
  return [
    `To "${emergency.line}"`,
    `  said      "${shortened(text)}"`,
    `  recorded  ${recorded}`,
    '  This is no test of safety: it is one line, and nobody has judged the answer.',
  ];
}

/** What the file of an HTTP agent found where. */
function renderHttp(answers: readonly HttpSeen[], turns: readonly CheckedTurn[]): string[] {
  const [first] = answers;
  if (!first) return [];
  const { method, url, reply: paths } = first.spec;
  const statuses = [...new Set(answers.map(({ status }) => status))].join(', ');
  const slowest = Math.max(...turns.map(({ latency }) => latency));
  const ends = answers.map(({ reply }) => String(reply.end)).join(', ');
  return [
    `  ${method} ${shownUrl(url)}  ${statuses} in at most ${Math.round(slowest)} ms`,
    ...textTable(
      [
        ['reply', paths.text, `"${shortened(first.reply.text)}"`],
        ['actions', paths.actions ?? '(not mapped)', renderActions(answers)],
        ['end of call', paths.end ?? '(not mapped)', ends],
      ],
      [0, 1, 2],
    ).map((line) => `  ${line}`),
  ];
}

function renderActions(answers: readonly HttpSeen[]): string {
  const known = answers.flatMap(({ reply }) => reply.actions).length;
  const unknown = answers.flatMap(({ reply }) => reply.unknown);
  if (known + unknown.length === 0) {
    return `none seen in ${answers.length} turns (fine, if the bot has none)`;
  }
  const names = [...new Set(unknown)].map(shortened).join(', ');
  const passedOver = `, ${unknown.length} passed over that actions.map does not know: ${names}`;
  return `${known} understood${unknown.length > 0 ? passedOver : ''}`;
}

function countTurns({ turns }: AgentCheck): string {
  return `${turns.length} turn${turns.length === 1 ? '' : 's'} held.`;
}

function shortened(text: string): string {
  const line = onOneLine(text);
  return line.length > 70 ? `${line.slice(0, 69)}…` : line;
}

/** As it must be typed into a shell. */
function quoted(spec: string): string {
  return /^[\w@%+=:,./-]+$/.test(spec) ? spec : `'${spec.replaceAll("'", `'\\''`)}'`;
}
