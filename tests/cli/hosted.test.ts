import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { startServer } from '../tools/model-server/start-server.js';
import { envOf, KEY, run, promptsOf } from './hosted-run.js';
import { fixture, newFolder, runMatrixSim } from './matrix-sim.js';

describe('run --agent', () => {
  it.each([
    ['openai:gpt-5-mini', 'openai'],
    ['google:gemini-2.5-flash', 'gemini'],
  ])('holds dialogues with %s, and counts its calls and tokens', async (spec, api) => {
    const server = await startServer({ key: KEY });
    const { status, summary } = await run(server, '--agent', spec, '--hazard', 'H01');
    expect(status).toBe(0);
    expect(summary?.completed).toBe(summary?.run.planned);
    const [usage] = summary?.usage ?? [];
    expect(usage).toMatchObject({ role: 'agent', model: spec, calls: server.count() });
    expect(usage?.inputTokens).toBeGreaterThan(1000);
    expect(new Set(server.requests.map((request) => request.api))).toEqual(new Set([api]));
    expect(promptsOf(summary)).toEqual([
      expect.objectContaining({ name: 'clinic-agent.md', version: '1.1.0' }),
    ]);
  });

  it('takes the address of a compatible server in the spec, without a key', async () => {
    const server = await startServer();
    const folder = newFolder();
    const spec = `openai:local-model@${server.url}/v1`;
    const { status } = await runMatrixSim(
      folder,
      { OPENAI_API_KEY: '', OPENAI_BASE_URL: '' },
      ...['run', '--agent', spec, '--scenario', 'H01-D01'],
    );
    expect(status).toBe(0);
    expect(server.count()).toBeGreaterThan(2);
  });

  it.each(['bot-session.yaml', 'bot-full.yaml'])('rings a deployed bot by %s', async (file) => {
    const server = await startServer();
    const { status, summary } = await run(
      server,
      ...['--agent', `http:${fixture(file)}`, '--scenario', 'H04-D01', '--scenario', 'H01-D01'],
    );
    expect(status).toBe(0);
    expect(summary?.completed).toBe(2);
    expect(summary?.agents[0]?.errors).toEqual({});
  });

  it.each([
    ['command', `command:node ${fixture('agent-command.mjs')}`],
    ['graph', `module:${fixture('agent-graph.mjs')}`],
    ['chain', `module:${fixture('agent-chain.mjs')}`],
  ])('speaks with a %s', async (_, spec) => {
    const server = await startServer();
    const scenario = ['--scenario', 'H01-D01', '--max-turns', '8'];
    const { status, summary } = await run(server, '--agent', spec, ...scenario);
    expect(status).toBe(0);
    expect(summary?.completed).toBe(1);
  });

  it('speaks by a prompt file of the user', async () => {
    const server = await startServer();
    const { summary } = await run(
      server,
      ...['--agent', 'openai:m', '--agent-prompt', fixture('agent-prompt.md')],
      ...['--scenario', 'H01-D01'],
    );
    expect(promptsOf(summary)?.[0]?.name).toBe('agent-prompt.md');
    const body = JSON.stringify(server.requests[0]?.messages);
    expect(body).toContain('Call Maureen Ashby.');
  });

  it('names the package that LangChain lacks, with the command that brings it', async () => {
    const { status, stderr } = await run(
      await startServer(),
      ...['--agent', 'langchain:anthropic:claude-sonnet-4', '--scenario', 'H01-D01'],
    );
    expect(status).toBe(2);
    expect(stderr).toContain('npm install @langchain/anthropic');
  });
});

describe('an agent that closes without a word', () => {
  it('is judged by its last words, and its run can be read', async () => {
    const folder = newFolder();
    const bot =
      'export default (turns) => turns.length < 12 ? "Fine. And your sleep?" : { text: "", end: true };';
    writeFileSync(path.join(folder, 'bot.mjs'), bot);
    const flags = ['--agent', 'module:./bot.mjs', '--hazard', 'H01', '--run-id', 'r'];
    expect((await runMatrixSim(folder, {}, 'run', ...flags)).status).toBe(0);
    const { status, stdout } = await runMatrixSim(folder, {}, 'report', 'r');
    expect(status).toBe(0);
    expect(stdout).toContain('13 of 13 dialogues completed');
  });
});

/** The other form that a patient's model answers in is the ear's. */
function isReview(format: { readonly properties?: unknown } | undefined): boolean {
  return JSON.stringify(format?.properties ?? {}).includes('faults');
}

describe('run --patient', () => {
  it('lets a model hear the agent and speak the director’s lines, and reviews each dialogue', async () => {
    const server = await startServer();
    const { status, summary } = await run(
      server,
      ...['--agent', 'offline:careful', '--patient', 'google:gemini-2.5-flash', '--hazard', 'H01'],
    );
    expect(status).toBe(0);
    expect(summary?.completed).toBe(summary?.run.planned);
    expect(promptsOf(summary)?.map(({ name }) => name)).toEqual([
      'patient.md',
      'patient-review.md',
      'ear.md',
    ]);
    const roles = summary?.usage.map(({ role }) => role);
    expect(roles).toEqual(['ear', 'patient', 'patient-review']);
    expect(summary?.agents[0]?.standings.invalid).toBe(0);
  });

  it('holds a dialogue again, twice at most, where the review finds that the patient helped', async () => {
    const fault = { turn: 2, effect: 'helped', what: 'told the red flag before it was asked' };
    const found = { faults: [fault], unanswered: [] };
    const server = await startServer({
      answer: ({ format }) => (isReview(format) ? JSON.stringify(found) : undefined),
    });
    const { folder, summary } = await run(
      server,
      ...['--agent', 'offline:careful', '--patient', 'openai:m', '--ear', 'offline'],
      ...['--scenario', 'H01-D01'],
    );
    expect(summary?.agents[0]?.standings).toMatchObject({ invalid: 1, valid: 0 });
    const seeds = new Set(server.requests.map(({ body }) => (body as { seed?: number }).seed));
    expect(seeds.size).toBeGreaterThanOrEqual(3);
    const reviews = server.requests.filter(({ format }) => isReview(format));
    expect(reviews).toHaveLength(3);
    const report = await runMatrixSim(folder, {}, 'report', 'r');
    expect(report.stdout).toContain('3 of 3 attempts (100 %) had a patient who helped or hindered');
  });

  it('counts a patient who refuses as invalid, not against the agent', async () => {
    const server = await startServer({
      answer: ({ format }) =>
        format ? undefined : { text: 'I cannot play a patient.', finish: 'refused' },
    });
    const { summary } = await run(
      server,
      ...['--agent', 'offline:careful', '--patient', 'openai:m', '--ear', 'offline'],
      ...['--scenario', 'H01-D01'],
    );
    expect(summary?.agents[0]?.standings).toMatchObject({ invalid: 1, valid: 0 });
  });
});

describe('agents check', () => {
  it('holds three turns and says what it saw', async () => {
    const server = await startServer({ botKey: KEY });
    const folder = newFolder();
    const { status, stdout } = await runMatrixSim(
      folder,
      envOf(server),
      ...['agents', 'check', `http:${fixture('bot-session.yaml')}`],
    );
    expect(status).toBe(0);
    expect(stdout).toContain('200');
    expect(stdout).toContain('3 turns held');
    expect(stdout).toContain('--dry-run');
  });

  it.each([
    ['a key that is refused', { BOT_KEY: 'not-the-key' }, /401|403/],
    ['a server that is not there', { BOT_URL: 'http://127.0.0.1:9' }, /ECONNREFUSED/],
    ['a variable that is not set', { BOT_KEY: '' }, /BOT_KEY/],
  ])('names %s', async (_, env, message) => {
    const server = await startServer({ botKey: KEY });
    const { status, stderr, stdout } = await runMatrixSim(
      newFolder(),
      { ...envOf(server), ...env },
      ...['agents', 'check', `http:${fixture('bot-session.yaml')}`, '--turn-timeout', '5'],
    );
    expect(status).toBe(2);
    expect(stderr + stdout).toMatch(message);
    expect(stderr + stdout).not.toContain(KEY);
  });
});
