import { describe, expect, it } from 'vitest';
import { envOf, KEY } from '../cli/hosted-run.js';
import { newFolder, runMatrixSim } from '../cli/matrix-sim.js';
import { startServer } from '../tools/model-server/start-server.js';
import { chainsOf, startCollector } from './collector.js';

const JURY = ['--judge', 'openai:gpt-4o-mini'];
const MODELS = ['--agent', 'openai:gpt-5-mini', '--scenario', 'H01-D01', ...JURY];
const REPLAYED = 'matrix_sim.call.replayed';

async function hostedRun(options: Parameters<typeof startServer>[0], ...flags: string[]) {
  const server = await startServer({ key: KEY, ...options });
  const collector = await startCollector();
  const env = {
    ...envOf(server),
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_HEADERS: 'x-token=planted-header-9876',
  };
  const folder = newFolder();
  const ended = await runMatrixSim(folder, env, 'run', '--run-id', 'r', ...MODELS, ...flags);
  return { server, collector, env, folder, ended };
}

const chatsIn = (collector: Awaited<ReturnType<typeof startCollector>>) =>
  collector.spans().filter(({ name }) => name.startsWith('chat '));
const total = (points: readonly { count?: number | undefined; asDouble?: number | undefined }[]) =>
  points.reduce((sum, { count, asDouble }) => sum + (count ?? asDouble ?? 0), 0);

describe('telemetry of a run with models', () => {
  it('hangs calls below their turns and judgings, with tokens, retries and waits', async () => {
    const { server, collector, ended } = await hostedRun({ faults: { rate: 0.3 }, retryAfter: 0 });
    expect(ended.status).toBe(0);
    const chats = chatsIn(collector);
    const chains = chainsOf(collector.spans());
    const turns = collector.spans().filter(({ name }) => name === 'turn');
    const spoken = turns.filter((turn) => turn.attributes['matrix_sim.speaker'] === 'agent').length;
    expect(chains['run > dialogue > turn > chat gpt-5-mini']).toBe(spoken);
    expect(chains['run > judging > chat gpt-4o-mini']).toBe(chats.length - spoken);
    expect(Object.keys(chains).filter((chain) => chain.includes('lost'))).toEqual([]);
    expect(chats[0]).toMatchObject({
      kind: 3,
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'openai',
        'gen_ai.request.model': 'gpt-5-mini',
        'gen_ai.response.finish_reasons': { values: [{ stringValue: 'stop' }] },
        'gen_ai.usage.input_tokens': expect.any(Number) as number,
        'matrix_sim.call.role': 'agent',
        [REPLAYED]: false,
      },
    });
    const attempts = chats.map(({ attributes }) => Number(attributes['matrix_sim.call.attempts']));
    expect(attempts.reduce((sum, each) => sum + each)).toBe(server.count());
    expect(server.count()).toBeGreaterThan(chats.length);
    expect(total(collector.points('matrix_sim.retries'))).toBe(server.count() - chats.length);
    expect(total(collector.points('matrix_sim.limiter.wait'))).toBe(server.count());
    expect(total(collector.points('gen_ai.client.operation.duration'))).toBe(chats.length);
    const tokens = collector.points('gen_ai.client.token.usage');
    const inputs = tokens.filter(({ attributes }) => attributes['gen_ai.token.type'] === 'input');
    const told = chats.map(({ attributes }) => Number(attributes['gen_ai.usage.input_tokens']));
    expect(inputs.reduce((sum, point) => sum + (point.sum ?? 0), 0)).toBe(
      told.reduce((sum, each) => sum + each),
    );
  });

  it('sends words only where they are asked for, and keys never', async () => {
    const said = `Good morning, planted words, ${KEY} planted-header-9876.`;
    const answer = ({ messages }: { messages: readonly unknown[] }) =>
      JSON.stringify(messages).includes('verdict') ? undefined : said;
    for (const content of [[], ['--otel-content']]) {
      const { collector } = await hostedRun({ answer }, ...content);
      const all = collector.seen.map(({ body }) => body).join('\n');
      expect(all).toContain('gen_ai.usage.input_tokens');
      expect(all.includes('planted words')).toBe(content.length > 0);
      expect(all.includes('gen_ai.input.messages')).toBe(content.length > 0);
      expect(all.includes('gen_ai.output.messages')).toBe(content.length > 0);
      expect(all).not.toContain(KEY);
      expect(all).not.toContain('planted-header');
    }
  });

  it('marks replayed calls, and measures only those that are made', async () => {
    const { server, collector, env, folder, ended } = await hostedRun({}, '--token-budget', '900');
    expect(ended.status).toBe(3);
    const [before, spans] = [server.count(), collector.spans().length];
    const resumed = ['run', '--resume', 'r', '--token-budget', '900000'];
    expect((await runMatrixSim(folder, env, ...resumed)).status).toBe(0);
    const chats = collector
      .spans()
      .slice(spans)
      .filter(({ name }) => name.startsWith('chat '));
    const replayed = chats.filter(({ attributes }) => attributes[REPLAYED] === true);
    expect(replayed).toHaveLength(before);
    expect(replayed[0]?.attributes).not.toHaveProperty('gen_ai.usage.input_tokens');
    expect(chats.length - replayed.length).toBe(server.count() - before);
    expect(total(collector.points('gen_ai.client.operation.duration'))).toBe(
      server.count() - before,
    );
  });

  it('tells what broke a run off, in one word', async () => {
    const { collector, ended } = await hostedRun({ key: 'another-key-entirely' });
    expect(ended.status).toBe(3);
    const failed = collector.spans().filter(({ status }) => status.code === 2);
    expect(failed.map(({ name }) => name)).toContain('run');
    const call = failed.find(({ name }) => name.startsWith('chat '));
    expect(call?.attributes['error.type']).toBe('key');
  });
});
