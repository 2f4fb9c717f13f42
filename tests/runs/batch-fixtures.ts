import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type {
  ModelServer,
  ScriptedAnswer,
  SeenRequest,
} from '../../tools/model-server/model-server.js';
import type { BatchAsking, JudgeRunOptions } from '../../src/runs/judging/judging-options.js';
import type { JurySpec } from '../../src/judge/jury/open-jury.js';
import type { PendingBatches } from '../../src/runs/batches/pending-batches.js';
import { startServer } from '../tools/model-server/start-server.js';
import { answerTo, holdRun, judgeBy, newStore, specOf, storedRun } from './judging-fixtures.js';

export const once: BatchAsking = { onProgress: () => undefined };
export const reading = (seen: SeenRequest) => answerTo(seen);

/** A run of four dialogues, and the command that judges it in batches. */
export async function start(answer: (seen: SeenRequest) => ScriptedAnswer | undefined = reading) {
  const server = await startServer({ answer });
  const { store, storeFile } = newStore();
  await holdRun(store);
  const jury: JurySpec = { judges: [specOf(server)] };
  const command = async (options: Partial<JudgeRunOptions> & { jury?: JurySpec } = {}) =>
    judgeBy(options.jury ?? jury, await storedRun(store), {
      store,
      storeFile,
      batch: once,
      ...options,
    });
  return { server, store, storeFile, jury, command };
}

/** Whether a request came in by itself. */
export const live = ({ requests }: ModelServer) =>
  requests.filter(({ customId }) => customId === undefined);
export const batched = ({ requests }: ModelServer) =>
  requests.filter(({ customId }) => customId !== undefined);

/** The file of what is pending beside a store. */
export function pendingIn(storeFile: string) {
  const folder = path.dirname(storeFile);
  const name = readdirSync(folder).find((file) => file.endsWith('.batches.json'));
  const file = path.join(folder, name ?? 'none');
  const read = () => JSON.parse(readFileSync(file, 'utf8')) as PendingBatches;
  const change = (alter: (pending: PendingBatches) => void) => {
    const pending = read();
    alter(pending);
    writeFileSync(file, JSON.stringify(pending));
  };
  return { file, read, change };
}
