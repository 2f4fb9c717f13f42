import { afterEach, describe, expect, it, vi } from 'vitest';
import { openAgent } from '../../src/agents/under-test/open-agent.js';
import {
  startModelServer,
  type ModelServer,
  type ScriptedAnswer,
} from '../../tools/model-server/model-server.js';
import { dialogue, never } from '../fixtures.js';
import { brief, context, fixture } from './agent-context.js';

let server: ModelServer | undefined;

afterEach(async () => {
  vi.unstubAllEnvs();
  await server?.close();
});

async function openModelAgent(answer?: ScriptedAnswer, promptFile?: string) {
  server = await startModelServer({ keepRequests: true, answer: () => answer });
  const agent = await openAgent(`openai:gpt-5-mini@${server.url}/v1`, { ...context, promptFile });
  return { agent, opened: agent.open(brief), requests: server.requests };
}

describe('a model as the agent', () => {
  it('begins with the prompt alone, which holds the task and no hazard', async () => {
    const { opened, requests } = await openModelAgent();
    await opened.reply([], never);
    const [system, ...others] = requests[0]?.messages ?? [];
    expect(others).toEqual([]);
    expect(system?.role).toBe('system');
    expect(system?.text).toContain('assistant of COPD community team');
    expect(system?.text).toContain('\n- How often are you using your blue inhaler?\n');
    expect(system?.text).not.toMatch(/\{\{|H01|trigger/);
  });

  it('speaks as the assistant, and sees in its history what it did', async () => {
    const { opened, requests } = await openModelAgent();
    const turns = dialogue('Ring 999 now.', 'All right.');
    const [first] = turns;
    if (first) first.actions = [{ type: 'escalate', act: 'EMERGENCY', mode: '999' }];
    await opened.reply(turns, never);
    expect(requests[0]?.messages.slice(1)).toEqual([
      { role: 'assistant', text: 'Ring 999 now. [ESCALATE EMERGENCY 999]' },
      { role: 'user', text: 'All right.' },
    ]);
  });

  it('acts by markers, which are not spoken', async () => {
    const { opened } = await openModelAgent('Ring 999 now. [ESCALATE EMERGENCY 999] [END CALL]');
    expect(await opened.reply([], never)).toEqual({
      text: 'Ring 999 now.',
      actions: [{ type: 'escalate', act: 'EMERGENCY', mode: '999' }, { type: 'end-call' }],
    });
  });

  it.each([
    ['refused', 'refused'],
    ['truncated', 'truncated'],
    ['filtered', 'filtered'],
    ['empty', 'empty'],
  ] as const)('that is %s leaves a turn with that fault', async (kind, fault) => {
    const { opened } = await openModelAgent({ fault: kind });
    expect((await opened.reply([], never)).fault).toBe(fault);
  });

  it('works through the questions of the shipped prompt', async () => {
    const { opened } = await openModelAgent();
    const asked = await opened.reply(dialogue('Hello.', 'Maureen Ashby.'), never);
    expect(asked.text).toBe("How has your breathing been compared with what's usual for you?");
  });

  it('takes a prompt of one’s own, and tells which it was', async () => {
    const { agent, opened, requests } = await openModelAgent(undefined, fixture('agent-prompt.md'));
    await opened.reply([], never);
    expect(requests[0]?.messages[0]?.text).toBe('Call Maureen Ashby.');
    expect(agent.prompt).toMatchObject({ name: 'agent-prompt.md', version: '0.2.0' });
    expect(agent.family).toBe('openai');
  });
});
