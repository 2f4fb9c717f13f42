import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { MatrixError } from '../../errors.js';
import type { Turn } from '../../transcript/transcript.js';
import type { Agent, AgentReply } from './agent.js';
import { describeEnd, lastWordsOf } from './last-words.js';
import { cannotLoad } from './load-module.js';
import type { ModuleCall } from './module-agent.js';
import { fromModuleSchema, type ToModule } from './module-messages.js';
import { groupOf, type ProcessGroup } from './process-group.js';

/** As built, wherever this file is: a process of its own takes no TypeScript. */
const HOST = fileURLToPath(
  new URL('../../../dist/agents/under-test/module-host.js', import.meta.url),
);

/** Milliseconds in which it must hear that an answer is too late. */
const HEARING = 1000;

interface Waiting {
  readonly resolve: (reply: AgentReply) => void;
  readonly reject: (error: Error) => void;
}

/** A module in a process of its own, which ends with ours and keeps ours from nothing. */
export class ModuleProcess {
  readonly #child: ChildProcess;
  readonly #group: ProcessGroup;
  readonly #waiting = new Map<number, Waiting>();
  readonly #file: string;
  #asked = 0;
  #end: string | undefined;

  /** @param onOutput is shown what the module writes, a piece at a time */
  constructor(file: string, onOutput?: (text: string) => void) {
    this.#file = file;
    this.#child = fork(HOST, [file, String(process.pid)], {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#group = groupOf(this.#child);
    const { stdout, stderr } = this.#child;
    const lastWords = stderr ? lastWordsOf(stderr) : () => '';
    for (const stream of [stdout, stderr]) {
      stream?.setEncoding('utf8').on('data', onOutput ?? (() => undefined));
    }
    this.#child.on('message', (message) => this.#heed(message));
    this.#child.on('error', (error) => this.#finish(`could not be started: ${error.message}`));
    this.#child.on('close', (code, signal) => this.#finish(describeEnd(code, signal, lastWords())));
    release(this.#child);
  }

  get hasEnded(): boolean {
    return this.#end !== undefined;
  }

  /**
   * Whether the module keeps state of its own, once it is loaded.
   * @throws MatrixError where it cannot be loaded in so many seconds
   */
  async load(seconds: number): Promise<Agent['history']> {
    const timer = setTimeout(
      () => this.#finish(`did not load within ${seconds} s`),
      seconds * 1000,
    );
    try {
      const [first] = (await Promise.race([
        once(this.#child, 'message'),
        this.#closed(),
      ])) as unknown[];
      const { data } = fromModuleSchema.safeParse(first);
      if (data?.kind === 'loaded') return data.history;
      throw data?.kind === 'refused'
        ? new MatrixError(data.message, data)
        : cannotLoad(this.#file, 'it sent what is no answer');
    } catch (error) {
      this.#finish('was not loaded');
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** @throws Error where the module fails, or its process ends */
  ask(turns: readonly Turn[], { signal, ...call }: ModuleCall): Promise<AgentReply> {
    return new Promise((resolve, reject) => {
      if (this.#end !== undefined) return reject(endOf(this.#end));
      const id = (this.#asked += 1);
      this.#waiting.set(id, { resolve, reject });
      signal.addEventListener('abort', () => this.#stop(id), { once: true });
      const requiredItems = [...call.requiredItems];
      this.#tell({ kind: 'ask', id, turns: [...turns], call: { ...call, requiredItems } });
    });
  }

  async #closed(): Promise<never> {
    await once(this.#child, 'close');
    throw cannotLoad(this.#file, `its process ${this.#end ?? 'ended'}`);
  }

  #heed(raw: unknown): void {
    const { data } = fromModuleSchema.safeParse(raw);
    if (!data) return this.#finish('sent what is no answer');
    if (!('id' in data)) return;
    const asked = this.#waiting.get(data.id);
    this.#waiting.delete(data.id);
    if (data.kind === 'answer') asked?.resolve(data.reply);
    else asked?.reject(new Error(data.message));
  }

  /** One that does not even hear that it is too late would be asked in vain for ever. */
  #stop(id: number): void {
    this.#tell({ kind: 'abort', id });
    setTimeout(() => {
      if (this.#waiting.has(id)) this.#finish('no longer hears anything');
    }, HEARING).unref();
  }

  #tell(message: ToModule): void {
    // Of a process that is gone its end tells.
    this.#child.send(message, () => undefined);
  }

  #finish(reason: string): void {
    this.#end ??= reason;
    for (const { reject } of this.#waiting.values()) reject(endOf(this.#end));
    this.#waiting.clear();
    this.#group.end();
  }
}

function endOf(how: string): Error {
  return new Error(`the agent's process ${how}`);
}

/** Our process need not wait for it: timers of ours do, while it is asked. */
function release(child: ChildProcess): void {
  child.unref();
  child.channel?.unref();
  for (const stream of [child.stdout, child.stderr]) (stream as Socket | null)?.unref();
}
