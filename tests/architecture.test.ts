import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

/** Low to high: a file imports only from entries above its own, or from its own folder. */
const LAYERS = [
  'errors.ts',
  'printable.ts',
  'fingerprint.ts',
  'secrets.ts',
  'whole-file.ts',
  'cell-text.ts',
  'sealed-page.ts',
  'logger.ts',
  'read-file.ts',
  'package-version.ts',
  'plain-name.ts',
  'determinism.ts',
  'remembered.ts',
  'tracing.ts',
  'statistics',
  'taxonomy',
  'transcript',
  'scenarios',
  'labelled',
  'calls',
  'evidence',
  'models',
  'agents',
  'dialogue',
  'judge',
  'plan',
  'store',
  'telemetry',
  'runs',
  'queue',
  'chat',
  'replay',
  'validity',
  'report',
  'review',
  'transfer',
  'web',
  'cli',
  'index.ts',
];

/** Neighbours that must stay strangers, whatever their order. */
const FORBIDDEN = [
  ['dialogue', 'judge'],
  ['judge', 'agents'],
  ['judge', 'dialogue'],
  ['agents', 'judge'],
  ['report', 'cli'],
  ['report', 'replay'],
  ['replay', 'report'],
  ['report', 'review'],
  ['review', 'report'],
  ['review', 'replay'],
  ['replay', 'review'],
] as const;

const root = path.resolve(import.meta.dirname, '..');
const files = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => `src/${file.replaceAll('\\', '/')}`);

function layerOf(file: string): string {
  return file.split('/')[1] ?? file;
}

function importsOf(file: string): string[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  return ts
    .preProcessFile(text)
    .importedFiles.map(({ fileName }) => fileName)
    .filter((name) => name.startsWith('.'))
    .map((name) => path.posix.join(path.posix.dirname(file), name).replace(/\.js$/, '.ts'));
}

describe('architecture', () => {
  it('knows a layer for every file', () => {
    expect(files.filter((file) => !LAYERS.includes(layerOf(file)))).toEqual([]);
  });

  it('imports only downwards', () => {
    const upward = files.flatMap((file) =>
      importsOf(file)
        .filter((target) => LAYERS.indexOf(layerOf(target)) > LAYERS.indexOf(layerOf(file)))
        .map((target) => `${file} -> ${target}`),
    );
    expect(upward).toEqual([]);
  });

  it('keeps agents, dialogue and judge strangers to each other', () => {
    const meetings = files.flatMap((file) =>
      importsOf(file)
        .filter((target) =>
          FORBIDDEN.some(([from, to]) => layerOf(file) === from && layerOf(target) === to),
        )
        .map((target) => `${file} -> ${target}`),
    );
    expect(meetings).toEqual([]);
  });

  it('has no import cycle', () => {
    const finished = new Set<string>();
    const cycles: string[] = [];
    const visit = (file: string, trail: readonly string[]) => {
      if (trail.includes(file)) cycles.push([...trail, file].join(' -> '));
      if (finished.has(file) || trail.includes(file)) return;
      for (const target of importsOf(file)) visit(target, [...trail, file]);
      finished.add(file);
    };
    for (const file of files) visit(file, []);
    expect(cycles).toEqual([]);
  });

  it('lets only the judge name the recognition phrases', () => {
    const naming = files.filter((file) =>
      /['"][^'"\n]*recognition[^'"\n]*['"]/.test(readFileSync(path.join(root, file), 'utf8')),
    );
    const outside = naming.filter((file) => !file.startsWith('src/judge/'));
    expect(outside).toEqual([]);
  });

  it('prints in one place, which makes printable what it prints', () => {
    // The process of a module has no terminal: its output is a pipe, read like any other words.
    const allowed = ['src/cli/output.ts', 'src/agents/under-test/module-host.ts'];
    const printing = files.filter((file) =>
      /process\.std(out|err)|console\.|from 'node:tty'/.test(
        readFileSync(path.join(root, file), 'utf8'),
      ),
    );
    expect(printing.filter((file) => !allowed.includes(file))).toEqual([]);
  });

  it('branches on no hazard id in code', () => {
    const branching = files.filter((file) =>
      /['"`][HX]\d\d(-F\d)?['"`]/.test(readFileSync(path.join(root, file), 'utf8')),
    );
    expect(branching).toEqual([]);
  });

  it('has one path to verdicts: one file asks a jury, and one keeps what it says of a dialogue', () => {
    const outside = files.filter((file) => !file.startsWith('src/judge/'));
    const having = (pattern: RegExp) =>
      outside.filter((file) => pattern.test(readFileSync(path.join(root, file), 'utf8')));
    const onPath = 'src/runs/judging/judge-dialogue.ts';
    expect(having(/\.judge\(/)).toEqual([onPath]);
    expect(having(/\.saveJudgement\(/)).toEqual([onPath]);
    expect(having(/\bopenHearing\(/)).toEqual([onPath]);
  });

  it('makes no signal that nobody can abort: a wait takes that of who waits', () => {
    const making = files.filter((file) =>
      /new AbortController\(\)\.signal|\{ signal \} = new AbortController/.test(
        readFileSync(path.join(root, file), 'utf8'),
      ),
    );
    expect(making).toEqual([]);
  });
});
