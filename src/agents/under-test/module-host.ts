import { AsyncLocalStorage } from 'node:async_hooks';
import { Worker } from 'node:worker_threads';
import { MatrixError, reasonOf } from '../../errors.js';
import { parseReply } from './agent-reply.js';
import { loadModule, type LoadedModule } from './load-module.js';
import { lendPackages } from './module-packages.js';
import { toModuleSchema, type FromModule, type ToModule } from './module-messages.js';

/**
 * The process in which a module of the user's runs, begun by `ModuleProcess` with the module's file and
 * its own process id. What it does to its process, it does to this one.
 */
const [file = '', parent = ''] = process.argv.slice(2);
const asked = new Map<number, AbortController>();
const sessions = new Set<string>();
const callInHand = new AsyncLocalStorage<number>();

process.exit = (code) => {
  throw new Error(`the module called process.exit(${String(code ?? '')})`);
};
process.on('uncaughtException', blame);
process.on('unhandledRejection', blame);
// Else what could not be written would be blamed, in words that cannot be written, for ever.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
// Nobody is left to answer to; what the module has started ends with it.
process.on('disconnect', () => process.kill(-process.pid, 'SIGKILL'));
// A module in an endless loop hears nothing, and whoever began this may be gone before it listens: a
// thread of its own sees that.
new Worker(
  `const { workerData } = require('node:worker_threads');
   setInterval(() => process.ppid === workerData || process.kill(-process.pid, 'SIGKILL'), 500);`,
  { eval: true, workerData: Number(parent) },
).unref();
// Not to be kept alive by us: a module whose loading waits for nothing ends, and is told of.
process.channel?.unref();

lendPackages();
const loaded = await loadModule(file).catch((error: unknown) => {
  if (!(error instanceof MatrixError)) throw error;
  send({ kind: 'refused', message: error.message, mend: error.mend });
  return undefined;
});
if (loaded) {
  process.on('message', (message) => heed(toModuleSchema.parse(message), loaded));
  process.channel?.ref();
  send({ kind: 'loaded', history: loaded.history });
}

function heed(message: ToModule, module: LoadedModule): void {
  const { id } = message;
  if (message.kind === 'abort') {
    asked.get(id)?.abort();
    fail(id, 'it was told to stop');
  } else
    void callInHand
      .run(id, () => answer(message, module))
      .catch((error: unknown) => fail(id, error));
}

async function answer(
  { id, turns, call }: Extract<ToModule, { kind: 'ask' }>,
  { answer: ask, history }: LoadedModule,
): Promise<void> {
  const controller = new AbortController();
  asked.set(id, controller);
  if (history === 'session' && turns.length > 0 && !sessions.has(call.session)) {
    throw new Error("the module's process has ended and begun anew: the state of the call is lost");
  }
  sessions.add(call.session);
  const reply = parseReply(await ask(turns, { ...call, signal: controller.signal }));
  if (asked.delete(id)) send({ kind: 'answer', id, reply });
}

/** What nobody catches is an error of the call in which it was thrown, as long as that is open. */
function blame(error: unknown): void {
  const id = callInHand.getStore();
  if (id !== undefined && asked.has(id)) fail(id, error);
  else console.error(reasonOf(error));
}

function fail(id: number, error: unknown): void {
  if (asked.delete(id)) send({ kind: 'failure', id, message: reasonOf(error) });
}

function send(message: FromModule): void {
  process.send?.(message);
}
