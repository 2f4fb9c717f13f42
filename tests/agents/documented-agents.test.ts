import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AgentReply } from '../../src/agents/under-test/agent.js';
import { openAgent } from '../../src/agents/under-test/open-agent.js';
import { startModelServer, type ModelServer } from '../../tools/model-server/model-server.js';
import { dialogue, never } from '../fixtures.js';
import { brief, context } from './agent-context.js';

const page = readFileSync('docs/agents.md', 'utf8');
/** Empty, as where nobody has installed anything. */
const folder = mkdtempSync(path.join(tmpdir(), 'docs-'));
const hasPython = spawnSync('python3', ['--version']).status === 0;
let server: ModelServer;

beforeAll(async () => {
  server = await startModelServer();
});
afterEach(() => vi.unstubAllEnvs());
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await server.close();
});

/** The page's examples in one language, each as a file. */
function examples(language: string, extension = language): string[] {
  const blocks = page.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'));
  return [...blocks].map(([, text = ''], index) => {
    const file = path.join(folder, `${index}.${extension}`);
    writeFileSync(file, text);
    return file;
  });
}

async function held(spec: string, promptFile?: string): Promise<AgentReply[]> {
  const agent = (await openAgent(spec, { ...context, promptFile })).open(brief);
  try {
    const first = await agent.reply([], never);
    return [first, await agent.reply(dialogue(first.text, 'Maureen Ashby.'), never)];
  } finally {
    agent.close?.();
  }
}

describe('docs/agents.md', () => {
  it.each(examples('yaml'))('shows HTTP agents that work: %s', async (file) => {
    vi.stubEnv('BOT_URL', server.url);
    vi.stubEnv('BOT_KEY', 'any');
    const replies = await held(`http:${file}`);
    expect(replies.map(({ text }) => text)).toEqual([
      expect.stringContaining('full name'),
      'What can I help you with today?',
    ]);
  });

  it.each(examples('js', 'mjs'))('shows modules that work: %s', async (file) => {
    const [first] = await held(`module:${file}`);
    expect(first?.text).toMatch(/^How .*\?$/);
  });

  it.each(examples('markdown', 'md'))('shows prompts that work: %s', async (file) => {
    const [, second] = await held(`openai:gpt-5-mini@${server.url}/v1`, file);
    expect(second?.text).toMatch(/^How has your breathing been/);
  });

  it.skipIf(!hasPython).each(examples('python', 'py'))(
    'shows programs that work: %s',
    async (file) => {
      const [first, second] = await held(`command:python3 ${file}`);
      expect(first?.text).toMatch(/^How has your breathing been/);
      expect(second?.text).toMatch(/^Are you bringing anything up/);
    },
  );

  it('has an example of every kind', () => {
    const counts = ['yaml', 'js', 'markdown', 'python'].map((each) => examples(each).length);
    expect(counts).toEqual([2, 2, 1, 1]);
  });
});
