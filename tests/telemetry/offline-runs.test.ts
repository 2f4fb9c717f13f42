import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runPlan } from '../../src/runs/run-plan.js';
import { openSqliteStore } from '../../src/store/sqlite/sqlite-store.js';
import { openTelemetry } from '../../src/telemetry/open-telemetry.js';
import { newFolder, runMatrixSim } from '../cli/matrix-sim.js';
import { chainsOf, startCollector, type Span } from './collector.js';

const SMALL = ['run', '--run-id', 'r', '--scenario', 'H01-D01', '--agent', 'offline:careful'];
const endpoint = (url: string) => ({ OTEL_EXPORTER_OTLP_ENDPOINT: url });

describe('telemetry of an offline run', () => {
  it('is the tree of its dialogues, turns and judgings, with ids and counts', async () => {
    const { url, spans, points } = await startCollector();
    const { status } = await runMatrixSim(newFolder(), endpoint(url), ...SMALL, '--repeats', '3');
    expect(status).toBe(0);
    const dialogues = spans().filter(({ name }) => name === 'dialogue');
    const turns = dialogues.map(({ attributes }) => Number(attributes['matrix_sim.turns']));
    expect(chainsOf(spans())).toEqual({
      run: 1,
      'run > dialogue': 3,
      'run > dialogue > turn': turns.reduce((sum, each) => sum + each),
      'run > judging': 3,
    });
    expect(dialogues[0]?.attributes).toMatchObject({
      'matrix_sim.run.id': 'r',
      'matrix_sim.scenario.id': 'H01-D01',
      'matrix_sim.agent.name': 'careful',
      'matrix_sim.standing': 'valid',
    });
    expect(points('matrix_sim.dialogues').map(({ asDouble }) => asDouble)).toEqual([3]);
    expect(points('matrix_sim.judgings')).toMatchObject([
      { asDouble: 3, attributes: { 'matrix_sim.outcome': 'judged' } },
    ]);
  });

  it('holds the words of turns only where they are asked for', async () => {
    const [heard, without] = [await startCollector(), await startCollector()];
    await runMatrixSim(newFolder(), endpoint(heard.url), ...SMALL, '--otel-content');
    await runMatrixSim(newFolder(), endpoint(without.url), ...SMALL);
    const words = heard.spans().flatMap(wordsOf);
    expect(words.length).toBe(heard.spans().filter(({ name }) => name === 'turn').length);
    const bodies = without.seen.map(({ body }) => body).join('\n');
    expect(without.spans()).toHaveLength(heard.spans().length);
    expect(words.filter((text) => bodies.includes(text))).toEqual([]);
  });

  it('is of judge run too', async () => {
    const { url, spans } = await startCollector();
    const folder = newFolder();
    await runMatrixSim(folder, {}, ...SMALL, '--no-judge');
    const { status } = await runMatrixSim(folder, endpoint(url), 'judge', 'run', 'r');
    expect(status).toBe(0);
    expect(chainsOf(spans())).toEqual({ run: 1, 'run > judging': 1 });
    expect(spans().find(({ name }) => name === 'run')?.attributes['matrix_sim.run.work']).toBe(
      'judge',
    );
  });

  it.each([
    ['nothing asks for it', {}],
    ['the SDK is disabled', { OTEL_SDK_DISABLED: 'true' }],
    ['there are no exporters', { OTEL_TRACES_EXPORTER: 'none', OTEL_METRICS_EXPORTER: 'none' }],
  ])('is not sent where %s', async (name, more) => {
    const { url, seen } = await startCollector();
    const asking = name.startsWith('nothing') ? {} : endpoint(url);
    const { status, stderr } = await runMatrixSim(newFolder(), { ...asking, ...more }, ...SMALL);
    expect({ status, seen, told: stderr.includes('OpenTelemetry') }).toEqual({
      ...{ status: 0, seen: [], told: false },
    });
  });

  it('is sent for --otel where the standard variables say', async () => {
    const { url, seen } = await startCollector();
    const only = {
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${url}/mine`,
      OTEL_METRICS_EXPORTER: 'none',
    };
    await runMatrixSim(newFolder(), only, ...SMALL, '--otel');
    expect(new Set(seen.map((each) => each.path))).toEqual(new Set(['/mine']));
  });

  it.each([
    ['down', 'ECONNREFUSED'],
    ['silent', 'in time'],
  ])('changes nothing where the collector is %s, which is told once', async (how, reason) => {
    const { url } = await startCollector({ silent: true });
    // Of the ports that nobody listens on, 9 is the one kept for what is thrown away.
    const at = endpoint(how === 'down' ? 'http://127.0.0.1:9' : url);
    const { status, stderr } = await runMatrixSim(newFolder(), at, ...SMALL);
    expect(status).toBe(0);
    expect(stderr.match(/OpenTelemetry/g)).toHaveLength(1);
    expect(how === 'silent' ? stderr : reason).toContain(reason);
  });

  it('leaves the bytes of the store as they are without it', async () => {
    const { url, spans } = await startCollector();
    const heard = await storedBytes(url);
    expect(spans().length).toBeGreaterThan(0);
    expect(heard.equals(await storedBytes(undefined))).toBe(true);
  });

  it('asks for words in vain where nothing is sent', async () => {
    const { status, stderr } = await runMatrixSim(newFolder(), {}, ...SMALL, '--otel-content');
    expect(status).toBe(2);
    expect(stderr).toContain('Add --otel.');
  });
});

const messagesSchema = z.array(
  z.object({ parts: z.array(z.object({ type: z.literal('text'), content: z.string().min(5) })) }),
);

function wordsOf({ attributes }: Span): string[] {
  const json = attributes['gen_ai.output.messages'];
  if (typeof json !== 'string') return [];
  const messages = messagesSchema.parse(JSON.parse(json));
  return messages.flatMap(({ parts }) => parts.map(({ content }) => content));
}

/** The file of a run, heard by a collector or by nobody. */
async function storedBytes(url: string | undefined): Promise<Buffer> {
  const file = path.join(newFolder(), 'store.db');
  const store = openSqliteStore(file);
  if (url !== undefined) process.env.OTEL_EXPORTER_OTLP_ENDPOINT = url;
  const options = { signals: ['traces', 'metrics'] as const, content: true, tell: () => undefined };
  const telemetry = url === undefined ? undefined : openTelemetry(options);
  delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
  const clock = () => new Date('2026-11-24T09:00:00Z');
  const plan = { scenarios: ['H01-D01'], concurrency: 1, repeats: 2 };
  await runPlan(plan, { store, clock, id: 'r', observer: telemetry?.observer });
  await telemetry?.close();
  await store.close();
  return readFileSync(file);
}
