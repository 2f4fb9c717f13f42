import type { Command } from 'commander';
import { fileURLToPath } from 'node:url';
import { JUDGE_FORMS } from '../../../judge/jury/open-jury.js';
import { collect, whole } from '../../option-values.js';

const labelled = (name: string) =>
  fileURLToPath(new URL(`../../../../datasets/labelled/${name}`, import.meta.url));

export const DEV = labelled('dev.jsonl');
export const MUTATIONS = labelled('mutations.jsonl');

/** The flags that say which judges are tested, and how. */
export interface JudgingFlags {
  readonly judge?: string[];
  readonly second?: string;
  readonly concurrency?: number;
  readonly record?: string;
  readonly replay?: string;
  readonly prices?: string;
}

/** Adds {@link JudgingFlags} to a command. */
export function withJudging(command: Command): Command {
  return command
    .option(
      '--judge <spec>',
      `${JUDGE_FORMS}, or file:VERDICTS.jsonl (repeatable; each is a judge of its own; default: deterministic)`,
      collect,
    )
    .option('--second <spec>', 'a stronger juror, asked only where the judge fails or is unsure')
    .option('--concurrency <n>', 'dialogues judged at one time (default: 8)', whole)
    .option('--record <folder>', 'keep every prompt and answer; goes on where a recording ends')
    .option('--replay <folder>', 'take every answer from a recording; calls nothing')
    .option('--prices <file>', 'money per million tokens, by model (YAML)');
}
