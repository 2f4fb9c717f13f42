import { onTestFinished } from 'vitest';
import { randomFrom, type Random } from '../../src/determinism.js';
import type { ModelServer } from '../../tools/model-server/model-server.js';
import { smallLibrary, waitFor } from '../cli/killed-runs.js';
import { newFolder, runMatrixSim } from '../cli/matrix-sim.js';
import { judgeThat } from '../cli/scripted-judge.js';
import type { Cluster } from '../postgres.js';
import { startServer } from '../tools/model-server/start-server.js';
import { startProxy, type CuttingProxy } from './cutting-proxy.js';
import { contentOf, type StoredContent } from './stored-content.js';
import { CONCURRENCY, WorkerProcess, type Place } from './worker-process.js';

const WORKERS = 4;

/**
 * `kill`: SIGKILL of a worker, which is started again; `freeze`: SIGSTOP of one until its lease is over
 * and others have its dialogues, then SIGCONT; `stop`, `crash`: the database server is stopped (pg_ctl
 * fast, immediate) and started; `cut`: all connections to it are broken.
 */
export const FAULTS = ['kill', 'freeze', 'stop', 'crash', 'cut'] as const;
export type Fault = (typeof FAULTS)[number];

/** What a fault may cost: each dialogue of those that it hits had one call in flight. */
const ALLOWED: Readonly<Record<Fault, number>> = {
  ...{ kill: CONCURRENCY, freeze: CONCURRENCY },
  ...{ stop: WORKERS * CONCURRENCY, crash: WORKERS * CONCURRENCY, cut: WORKERS * CONCURRENCY },
};

export interface Outcome {
  readonly faults: number;
  /** Dialogues that the undisturbed run held and judged, and this one did not. */
  readonly lost: number;
  /** Dialogues that were held or judged more often than in the undisturbed run. */
  readonly doubled: number;
  /** Requests beyond those of the undisturbed run. */
  readonly extra: number;
  readonly allowed: number;
  readonly isEqual: boolean;
}

const env = ({ url }: ModelServer) => ({
  OPENAI_API_KEY: 'sk-any-key',
  OPENAI_BASE_URL: `${url}/v1`,
});

const newServer = () =>
  startServer({ keepRequests: false, latency: 40, answer: judgeThat(() => undefined) });

/** A run by models, in dialogues of at most twenty turns, that is queued or carried out at once. */
function runOf(store: string, repeats: number): string[] {
  const size = ['--repeats', String(repeats), '--max-turns', '20', '--concurrency', '8'];
  const roles = [
    '--agent',
    'openai:agent',
    '--patient',
    'openai:patient',
    '--judge',
    'openai:judge',
  ];
  const where = ['--scenario-library', smallLibrary(), '--store', store];
  return ['run', '--run-id', 'r', ...size, ...roles, ...where];
}

export interface Undisturbed {
  readonly repeats: number;
  readonly content: StoredContent;
  readonly requests: number;
}

/** The run as one process holds it that nothing happens to. */
export async function undisturbed(cluster: Cluster, repeats: number): Promise<Undisturbed> {
  const server = await newServer();
  const store = await cluster.newDatabase();
  const { status, stderr } = await runMatrixSim(newFolder(), env(server), ...runOf(store, repeats));
  if (status !== 0) throw new Error(`the undisturbed run ended with ${status}: ${stderr}`);
  return { repeats, content: await contentOf(store), requests: server.count() };
}

/** Four workers hold a run to its end while faults befall it, at requests that the seed decides. */
export async function befall(
  faults: readonly Fault[],
  seed: number,
  { cluster, whole }: { readonly cluster: Cluster; readonly whole: Undisturbed },
): Promise<Outcome> {
  const random = randomFrom(seed, 'faults', ...faults);
  const server = await newServer();
  const direct = await cluster.newDatabase();
  const proxy = await startProxy(Number(new URL(direct).port));
  onTestFinished(() => proxy.close());
  const place = { folder: newFolder(), env: env(server), store: proxy.through(direct) };
  const queued = await runMatrixSim(
    place.folder,
    place.env,
    ...runOf(direct, whole.repeats),
    '--enqueue',
  );
  if (queued.status !== 0)
    throw new Error(`queueing ended with ${queued.status}: ${queued.stderr}`);
  const shift = new Shift(place, { cluster, proxy, server, direct, random });
  for (const [index, at] of pointsOf(faults.length, whole.requests, random).entries()) {
    await waitFor(() => server.count() >= at);
    await shift[faults[index] ?? 'kill']();
  }
  await shift.over();
  return outcomeOf(faults, await contentOf(direct), server.count(), whole);
}

/** Counts of requests at which something happens, in order, while there is work for all. */
function pointsOf(count: number, requests: number, random: Random): number[] {
  const [first, last] = [Math.floor(requests * 0.05), Math.floor(requests * 0.75)];
  return Array.from({ length: count }, () => random.int(first, last)).sort((a, b) => a - b);
}

function outcomeOf(
  faults: readonly Fault[],
  found: StoredContent,
  requests: number,
  whole: Undisturbed,
): Outcome {
  const times = (of: StoredContent) => new Map(of.dialogues.map(({ id, held }) => [id, held]));
  const [seen, due] = [times(found), times(whole.content)];
  const all = [...due];
  return {
    faults: faults.length,
    lost: all.filter(([id, held]) => (seen.get(id) ?? 0) < held).length,
    doubled: all.filter(([id, held]) => (seen.get(id) ?? 0) > held).length,
    extra: requests - whole.requests,
    allowed: faults.reduce((sum, fault) => sum + ALLOWED[fault], 0),
    isEqual: JSON.stringify(found) === JSON.stringify(whole.content),
  };
}

interface Scene {
  readonly cluster: Cluster;
  readonly proxy: CuttingProxy;
  readonly server: ModelServer;
  /** The store, past the proxy. */
  readonly direct: string;
  readonly random: Random;
}

/** Four workers, and what befalls them. */
class Shift implements Record<Fault, () => Promise<void>> {
  readonly #place: Place;
  readonly #scene: Scene;
  readonly #workers: WorkerProcess[];

  constructor(place: Place, scene: Scene) {
    this.#place = place;
    this.#scene = scene;
    this.#workers = Array.from({ length: WORKERS }, () => this.#start());
  }

  #start(): WorkerProcess {
    const worker = new WorkerProcess(this.#place);
    onTestFinished(() => worker.signal('SIGKILL'));
    return worker;
  }

  #pick(): number {
    return this.#scene.random.int(0, WORKERS - 1);
  }

  async kill(): Promise<void> {
    const index = this.#pick();
    const worker = this.#workers[index];
    worker?.signal('SIGKILL');
    await worker?.ended;
    this.#workers[index] = this.#start();
  }

  async freeze(): Promise<void> {
    const { cluster, direct } = this.#scene;
    const worker = this.#workers[this.#pick()];
    const id = await worker?.id();
    worker?.signal('SIGSTOP');
    const heard = `select 1 from workers where id = '${id}' and until >= now()`;
    await waitFor(async () => (await cluster.say(direct, heard)).length === 0);
    worker?.signal('SIGCONT');
  }

  stop(): Promise<void> {
    return this.#without('fast');
  }

  crash(): Promise<void> {
    return this.#without('immediate');
  }

  async #without(mode: 'fast' | 'immediate'): Promise<void> {
    const { cluster, server } = this.#scene;
    cluster.stop(mode);
    try {
      // What is in flight is answered while there is nowhere to keep it.
      await waitFor(() => server.inFlight() === 0);
    } finally {
      cluster.start();
    }
  }

  cut(): Promise<void> {
    this.#scene.proxy.cut();
    return Promise.resolve();
  }

  /** @throws Error where a worker did not end by itself with 0 */
  async over(): Promise<void> {
    for (const worker of this.#workers) {
      const status = await worker.ended;
      if (status !== 0) throw new Error(`a worker ended with ${status}: ${worker.said}`);
    }
  }
}
