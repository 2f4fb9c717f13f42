import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { MatrixError } from '../../errors.js';
import { parseJson, readText, validate } from '../../read-file.js';
import { makeFolder, writeWhole } from '../../whole-file.js';
import type { DraftOptions, LackingPrompt } from './recording-draft.js';

const manifestSchema = z.strictObject({
  version: z.literal(1),
  prompts: z.array(
    z.strictObject({
      /** Prompt in `prompts/ID.json`, answer in `answers/ID.txt`. */
      id: z.string().regex(/^[0-9a-f]+$/),
      /** Question, and the nonce with which it is put. */
      key: z.string(),
      nonce: z.string(),
      /** Whether it asks again because the first answer has a flaw. */
      again: z.boolean(),
    }),
  ),
});
type PromptManifest = z.infer<typeof manifestSchema>;

/** Hex digits of a prompt's hash in the names of its files. */
const DIGITS = 16;

function manifestOf(folder: string): string {
  return path.join(folder, 'manifest.json');
}

function promptFile(folder: string, id: string): string {
  return path.join(folder, 'prompts', `${id}.json`);
}

/**
 * Writes prompts as files, for models that no key reaches: messages exactly as they are put, and the
 * form of the answer. Files of earlier prompts that are answered by now are removed.
 */
export function writePromptFiles(folder: string, lacking: readonly LackingPrompt[]): void {
  const before = existsSync(manifestOf(folder)) ? readManifest(folder).prompts : [];
  for (const each of [folder, path.join(folder, 'prompts'), path.join(folder, 'answers')]) {
    makeFolder(each);
  }
  const prompts = lacking
    .map(({ prompt, key, nonce, again }) => ({ id: idOf(prompt), key, nonce, again }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const { prompt, request } of lacking) {
    const { messages, format } = request;
    const asked = { id: idOf(prompt), messages, format };
    writeWhole(promptFile(folder, asked.id), `${JSON.stringify(asked, null, 1)}\n`);
  }
  writeManifest(folder, { version: 1, prompts });
  const ids = new Set(prompts.map(({ id }) => id));
  for (const { id } of before.filter((each) => !ids.has(each.id))) {
    rmSync(promptFile(folder, id), { force: true });
  }
}

/** The nonces with which prompts in a folder were put; none where it holds none yet. */
export function noncesIn(folder: string): NonNullable<DraftOptions['nonceFor']> {
  if (!existsSync(manifestOf(folder))) return () => undefined;
  const nonces = new Map(readManifest(folder).prompts.map(({ key, nonce }) => [key, nonce]));
  return (key) => nonces.get(key);
}

/** Answers to the prompts in a folder, as far as they are there. @throws MatrixError where it holds none */
export function answersIn(folder: string): Required<Pick<DraftOptions, 'supply' | 'nonceFor'>> {
  if (!existsSync(manifestOf(folder))) {
    throw new MatrixError(`${folder} holds no prompts`, {
      mend: `Write them first: matrix-sim recorded prompts FOLDER --out ${folder}`,
    });
  }
  return {
    nonceFor: noncesIn(folder),
    supply: ({ prompt }) => {
      const file = path.join(folder, 'answers', `${idOf(prompt)}.txt`);
      const text = existsSync(file) ? readText(file) : '';
      const isThere = text.trim() !== '';
      return Promise.resolve(isThere ? { prompt, text, finish: 'complete' } : undefined);
    },
  };
}

function idOf(prompt: string): string {
  return prompt.slice(0, DIGITS);
}

function readManifest(folder: string): PromptManifest {
  const file = manifestOf(folder);
  const mend = 'Name a folder that `recorded prompts` wrote, or a new one.';
  return validate(parseJson(readText(file), file, mend), file, manifestSchema);
}

function writeManifest(folder: string, manifest: PromptManifest): void {
  writeWhole(manifestOf(folder), `${JSON.stringify(manifest, null, 1)}\n`);
}
