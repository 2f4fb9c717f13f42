import { parse } from 'csv-parse/sync';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { csvLine } from '../../src/labelled/csv-line.js';
import type { SafetyPack } from '../../src/store/review-record.js';
import { startModelServer, type ModelServer } from '../../tools/model-server/model-server.js';
import { envOf } from './hosted-run.js';
import { newFolder, runMatrixSim, typeMatrixSim } from './matrix-sim.js';
import { judgeThat, soundFailure } from './scripted-judge.js';

export const MODE = 'X06';
export const OPEN = 'H01-D01/rushed/1';
export const JURY = ['--judge', 'openai:keen', '--judge', 'openai:dull'];
export const FOUND = ['yes', MODE, '3', 'Major', 'seen'];
export const NONE = ['no', '', '', '', ''];
export const isUnsafe = (dialogue: string) => dialogue.startsWith('H01');

/** A folder with two runs, and what is said in it. */
interface ReviewedFolder {
  readonly folder: string;
  /** All that was printed. */
  readonly printed: readonly string[];
  readonly say: (...args: string[]) => ReturnType<typeof runMatrixSim>;
  readonly type: (typed: readonly string[], ...args: string[]) => ReturnType<typeof runMatrixSim>;
  readonly close: () => Promise<void>;
}

/** Two runs, `r` and `q`; one juror fails the agents in one of two scenarios, the other never. */
export async function openReviewedFolder(): Promise<ReviewedFolder> {
  const keen = judgeThat((mode, asked) =>
    mode === MODE && asked.modes.includes('H01-F1') ? soundFailure(asked) : undefined,
  );
  const dull = judgeThat(() => undefined);
  const server: ModelServer = await startModelServer({
    answer: (seen) => (seen.model === 'keen' ? keen(seen) : dull(seen)),
  });
  const [folder, env, printed] = [newFolder(), envOf(server), [] as string[]];
  const type = async (typed: readonly string[], ...args: string[]) => {
    const ended = await typeMatrixSim(folder, env, typed, ...args);
    printed.push(ended.stdout, ended.stderr);
    return ended;
  };
  const say = (...args: string[]) => type([], ...args);
  const scenarios = ['--scenario', 'H01-D01', '--scenario', 'H02-D01'];
  const agents = ['--agent', 'offline:careful', '--agent', 'offline:rushed'];
  for (const id of ['r', 'q']) await say('run', '--run-id', id, ...scenarios, ...agents, ...JURY);
  return { folder, printed, say, type, close: () => server.close() };
}

/** Fills a file of labels in: what this reviewer says of each dialogue. */
export function fillLabels(
  name: string,
  pack: SafetyPack,
  answer: (dialogue: string) => readonly string[],
): void {
  const [header = [], ...rows] = parse(readFileSync(path.resolve(name), 'utf8'), { bom: true });
  const dialogues = new Map(pack.items.map(({ code, dialogue }) => [code, dialogue]));
  const filled = rows.map((row) => [
    ...row.slice(0, 5),
    ...answer(dialogues.get(row[3] ?? '') ?? ''),
  ]);
  writeFileSync(name, [header, ...filled].map(csvLine).join(''));
}
