import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkAgent } from '../../src/agents/under-test/check-agent.js';
import { agentsCommand } from '../../src/cli/commands/agents.js';
import {
  startModelServer,
  type ModelServer,
  type ModelServerOptions,
} from '../../tools/model-server/model-server.js';
import { brief, context, fixture } from './agent-context.js';

const { scenario } = brief;
let server: ModelServer | undefined;
let printed = '';

beforeEach(() => {
  printed = '';
  vi.stubEnv('BOT_KEY', 'planted-bot-key');
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  process.exitCode = undefined;
  await server?.close();
});

async function serve(options: ModelServerOptions = {}) {
  server = await startModelServer(options);
  vi.stubEnv('BOT_URL', server.url);
  return server;
}

const bot = `http:${fixture('bot-session.yaml')}`;
const command = (...args: string[]) =>
  agentsCommand()
    .exitOverride()
    .parseAsync(['check', ...args], { from: 'user' });

describe('checkAgent', () => {
  it('holds three turns, of which the last answers an emergency', async () => {
    await serve();
    const { turns, failure } = await checkAgent(bot, scenario, context);
    expect(failure).toBeUndefined();
    expect(turns.map(({ closed }) => closed)).toEqual([false, false, false]);
    expect(turns[2]?.reply.actions).toEqual([{ type: 'escalate', act: 'EMERGENCY', mode: '999' }]);
    expect(turns.every(({ http }) => http?.status === 200)).toBe(true);
  });

  it('stops where the agent closes', async () => {
    await serve({
      answer: () => ({ status: 200, body: { message: { text: 'Bye.' }, finished: true } }),
    });
    const { turns } = await checkAgent(bot, scenario, context);
    expect(turns.map(({ closed }) => closed)).toEqual([true]);
  });

  it('keeps what was said before a failure, and says in which turn it came', async () => {
    const command = `command:node ${fixture('agent-command.mjs')} twice`;
    const { turns, failure } = await checkAgent(command, scenario, context);
    expect(turns).toHaveLength(1);
    expect(failure?.message).toMatch(/^turn 3: the agent's process wrote a line/);
    expect(failure?.mend).toMatch(/fault is in the agent/);
  });

  it.each<[ModelServerOptions, RegExp, RegExp]>([
    [{ botKey: 'another' }, /401 .* refuses the key/, /^Mend the headers in .*names?\.$/],
    [{ answer: () => ({ status: 404, body: {} }) }, /404/, /Check the URL/],
    [{ answer: () => ({ status: 200, body: { words: 'x' } }) }, /top level: words/, /under reply/],
    [{ latency: 3000 }, /no answer within 0.2 s/, /--turn-timeout/],
  ])('tells the mend of a failure: %j', async (options, message, mend) => {
    await serve(options);
    const turnTimeout = options.latency === undefined ? 5 : 0.2;
    const { failure } = await checkAgent(bot, scenario, { ...context, turnTimeout });
    expect(failure?.message).toMatch(message);
    expect(failure?.mend).toMatch(mend);
    expect(failure?.exitCode).toBe(2);
  });

  it('tells the mend of a model’s failure', async () => {
    const { url } = await serve({ key: 'another' });
    const refused = await checkAgent(`openai:gpt-5@${url}/v1`, scenario, context);
    expect(refused.failure?.message).toMatch(/401 .* was refused/);
    expect(refused.failure?.mend).not.toMatch(/resume/);
    await serve();
    const unknown = await checkAgent(`openai:no-such-model@${server?.url}/v1`, scenario, context);
    expect(unknown.failure?.mend).toMatch(/model's name/);
  });

  it('finds no server where none is', async () => {
    const gone = await startModelServer();
    await gone.close();
    vi.stubEnv('BOT_URL', gone.url);
    for (const spec of [bot, `openai:gpt-5-mini@${gone.url}/v1`]) {
      const { failure } = await checkAgent(spec, scenario, { ...context, turnTimeout: 30 });
      // Of the connection that is tried first: an answer that is waited for tells of its server.
      const { host } = new URL(gone.url);
      expect(failure?.message).toBe(`turn 1: no connection to ${host} (ECONNREFUSED)`);
      expect(failure?.mend).toMatch(/that the server runs/);
    }
  });

  it('asks a server that is busy once', async () => {
    const busy = await serve({ answer: () => ({ status: 503, body: {} }) });
    const { failure } = await checkAgent(bot, scenario, context);
    expect(failure?.message).toMatch(/turn 1: 503/);
    expect(busy.count()).toBe(1);
  });

  it('keeps what was said and done about the emergency line', async () => {
    await serve();
    const { emergency, turns } = await checkAgent(bot, scenario, context);
    expect(emergency?.line).toContain("can't get my breath");
    expect(emergency?.reply).toBe(turns[2]?.reply);
  });
});

describe('agents check', () => {
  it('shows what the file found where, and what to type next', async () => {
    await serve();
    await command(bot);
    expect(printed).toMatch(/POST \$\{BOT_URL\}\/bot\/session {2}200 in at most \d+ ms/);
    expect(printed).toMatch(/reply +\$\.message\.text +"Hello, you are through/);
    expect(printed).toMatch(/actions +\$\.events +1 understood/);
    expect(printed).toMatch(/end of call +\$\.finished +false, false, false/);
    expect(printed).toMatch(/5 {2}agent .*ring 999 now.* \[EMERGENCY 999\] {2}\d+ ms/);
    expect(printed).toContain(`3 turns held. Next:  npx matrix-sim run --agent ${bot} --dry-run`);
  });

  it('shows what both sides said, and what came of one emergency line, as no test of safety', async () => {
    await serve();
    await command(bot);
    expect(printed).toMatch(/2 {2}patient .*Speaking\. Maureen Ashby/);
    expect(printed).toMatch(/4 {2}patient .*I can't get my breath/);
    expect(printed).toMatch(/said +".*ring 999 now/);
    expect(printed).toMatch(/recorded +\[EMERGENCY 999\]\n.*This is no test of safety/);
  });

  it('says that nothing was recorded, or that the line was not tried', async () => {
    await command(`command:node ${fixture('agent-command.mjs')} text`);
    expect(printed).toMatch(/recorded +nothing/);
    printed = '';
    const body = { message: { text: 'Bye.' }, finished: true };
    await serve({ answer: () => ({ status: 200, body }) });
    await command(bot);
    expect(printed).toContain('The emergency line was not tried');
  });

  it('names actions that the file does not map', async () => {
    const body = { message: { text: 'Hello.' }, events: ['smile'] };
    await serve({ answer: () => ({ status: 200, body }) });
    await command(bot);
    expect(printed).toMatch(/0 understood, 3 passed over that actions.map does not know: smile/);
  });

  it('fails with the turns that were held before', async () => {
    const spec = `command:node ${fixture('agent-command.mjs')} twice`;
    await expect(command(spec)).rejects.toMatchObject({ name: 'MatrixError', exitCode: 2 });
    expect(printed).toMatch(/1 {2}agent .*one/);
    expect(printed).not.toMatch(/Next:/);
  });

  it('quotes for a shell what it says to type', async () => {
    await command(`command:node ${fixture('agent-command.mjs')} text`);
    expect(printed).toContain(
      `--agent 'command:node ${fixture('agent-command.mjs')} text' --dry-run`,
    );
  });

  it('prints JSON, also of a failure', async () => {
    await command(`command:node ${fixture('agent-command.mjs')} die`, '--json');
    expect(JSON.parse(printed)).toMatchObject({
      turns: [],
      failure: { message: expect.stringContaining('status 3') as string },
    });
    expect(process.exitCode).toBe(2);
  });

  it('gives the agent no more time than it is told', async () => {
    const spec = `command:node ${fixture('agent-command.mjs')} hang`;
    await expect(command(spec, '--turn-timeout', '0.3')).rejects.toThrow('no answer within 0.3 s');
  });
});
