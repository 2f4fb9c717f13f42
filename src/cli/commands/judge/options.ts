import { fileURLToPath } from 'node:url';

const labelled = (name: string) =>
  fileURLToPath(new URL(`../../../../datasets/labelled/${name}`, import.meta.url));

export const DEV = labelled('dev.jsonl');
export const MUTATIONS = labelled('mutations.jsonl');
export const JUDGE_OPTION = [
  '--judge <spec>',
  'deterministic, or file:VERDICTS.jsonl (repeatable)',
  (value: string, before: string[] = []) => [...before, value],
] as const;
