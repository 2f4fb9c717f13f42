import { z } from 'zod';
import { fileURLToPath } from 'node:url';
import { readText } from './read-file.js';

/** The version in package.json, which every run records. */
export function packageVersion(): string {
  const file = fileURLToPath(new URL('../package.json', import.meta.url));
  return z.object({ version: z.string() }).parse(JSON.parse(readText(file))).version;
}
