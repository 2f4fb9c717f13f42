import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type {
  ModelServer,
  ScriptedAnswer,
  SeenRequest,
} from '../../tools/model-server/model-server.js';
import { startServer } from '../tools/model-server/start-server.js';
import { envOf } from './hosted-run.js';
import { newFolder, runMatrixSim } from './matrix-sim.js';
import { judgeThat, soundFailure } from './scripted-judge.js';

export const PLAN = `scenarios: [H01-D01, H01-D02]
agents: ['offline:careful', 'offline:rushed']
judges: [deterministic, 'recorded:rec']
`;
/** The same with half of the dialogues. */
export const LESS = PLAN.replace('[H01-D01, H01-D02]', '[H01-D01]');
const FILES = ['answers.jsonl', 'recording.json', 'README.md'];

/** A judge that fails X01 with evidence, and passes the rest. */
export const judging = judgeThat((mode, asked) =>
  mode === 'X01' ? soundFailure(asked) : undefined,
);
export const start = (answer: (seen: SeenRequest) => ScriptedAnswer | undefined = judging) =>
  startServer({ answer: (seen) => answer(seen) });
export const REFUSAL = { status: 400, headers: {}, body: { error: { message: 'not this one' } } };

export function newPlan(text = PLAN): string {
  const folder = newFolder();
  writeFileSync(path.join(folder, 'plan.yaml'), text);
  return folder;
}

export const recorded = (folder: string, server: ModelServer | undefined, ...words: string[]) =>
  runMatrixSim(folder, server ? envOf(server) : {}, 'recorded', ...words, '--json');
const FILL = ['fill', 'rec', '--judge', 'openai:gpt-x', '--plan', 'plan.yaml'];
export const fill = (folder: string, server: ModelServer) => recorded(folder, server, ...FILL);
export const check = async (folder: string) => {
  const { status, json } = await recorded(folder, undefined, 'check', 'rec', '--plan', 'plan.yaml');
  return { status, ...(json() as object) };
};
export const contents = (folder: string) =>
  FILES.map((file) => readFileSync(path.join(folder, 'rec', file), 'utf8'));
export const linesOf = (folder: string) =>
  readFileSync(path.join(folder, 'rec/answers.jsonl'), 'utf8').trim().split('\n');
