import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { fingerprint } from '../../src/fingerprint.js';
import { ENGINES } from '../../src/judge/engines.js';

const judge = path.join(import.meta.dirname, '../../src/judge');

/** The files and folders that each engine stands for. */
const SOURCES: Readonly<Record<keyof typeof ENGINES, readonly string[]>> = {
  deterministic: ['deterministic-juror.ts', 'checks', 'clock', 'reading'],
  model: ['model', 'clock', 'check-quotes.ts', 'name-action.ts'],
  guard: ['guard'],
  policy: ['policy'],
};

/** Comments and layout decide no verdict. */
function codeOf(file: string): string {
  const { outputText } = ts.transpileModule(readFileSync(file, 'utf8'), {
    compilerOptions: { removeComments: true, target: ts.ScriptTarget.ES2023 },
  });
  return outputText.replace(/\s+/g, ' ');
}

function sourcesOf(places: readonly string[]): string {
  const files = places.flatMap((place) =>
    place.endsWith('.ts')
      ? [place]
      : readdirSync(path.join(judge, place), { recursive: true, encoding: 'utf8' })
          .filter((file) => file.endsWith('.ts'))
          .map((file) => path.posix.join(place, file)),
  );
  return fingerprint(
    Object.fromEntries(files.map((file) => [file, codeOf(path.join(judge, file))] as const)),
  );
}

// Where this fails, code that decides verdicts has changed: raise the engine's version in
// src/judge/engines.ts if one could come out differently, then write the file anew with vitest -u.
it('gives each version of an engine to one state of its sources', async () => {
  const engines = Object.entries(ENGINES).map(([name, version]) => {
    const sources = sourcesOf(SOURCES[name as keyof typeof ENGINES]);
    return [name, { version, sources }] as const;
  });
  await expect(`${JSON.stringify(Object.fromEntries(engines), null, 2)}\n`).toMatchFileSnapshot(
    'engines.json',
  );
});
