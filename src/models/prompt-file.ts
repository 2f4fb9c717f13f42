import path from 'node:path';
import { z } from 'zod';
import { MatrixError } from '../errors.js';
import { fingerprint } from '../fingerprint.js';
import { parseYaml, readText, validate } from '../read-file.js';

/** What a run keeps of a prompt that it used. */
export const promptRecordSchema = z.object({
  name: z.string(),
  version: z.string(),
  fingerprint: z.string(),
});
export type PromptRecord = z.infer<typeof promptRecordSchema>;

/** A prompt: Markdown with `{{places}}`, under a YAML head that gives its version. */
export interface PromptFile extends PromptRecord {
  /** The places in it. */
  readonly places: readonly string[];
  /** @throws Error where a place has no value */
  fill(values: Readonly<Record<string, string>>): string;
}

const headSchema = z.looseObject({ version: z.string().default('unversioned') });

/** @throws MatrixError where the file cannot be read, is empty or names a place that is not offered */
export function loadPrompt(file: string, places: readonly string[]): PromptFile {
  const text = readText(file).replaceAll('\r\n', '\n');
  const [, head = '', body = text] = /^---\n(.*?)\n---\n(.*)$/s.exec(text) ?? [];
  if (body.trim() === '') {
    throw new MatrixError(`prompt ${file} is empty`, { mend: 'Write what the model is to do.' });
  }
  const stranger = placesOf(body).find((place) => !places.includes(place));
  if (stranger !== undefined) {
    throw new MatrixError(`prompt ${file} has {{${stranger}}}, for which there is no value`, {
      mend: `Use ${places.map((place) => `{{${place}}}`).join(', ') || 'no places'}.`,
    });
  }
  const { version } = validate(head === '' ? {} : parseYaml(head, file), file, headSchema);
  return {
    name: path.basename(file),
    version,
    fingerprint: fingerprint({ text }),
    places: placesOf(body),
    fill: (values) => body.trim().replace(PLACE, (_, place: string) => valueOf(place, values)),
  };
}

export function promptRecord({ name, version, fingerprint }: PromptFile): PromptRecord {
  return { name, version, fingerprint };
}

const PLACE = /\{\{(\w+)\}\}/g;

function placesOf(text: string): string[] {
  return [...text.matchAll(PLACE)].map(([, place = '']) => place);
}

function valueOf(place: string, values: Readonly<Record<string, string>>): string {
  const value = values[place];
  if (value === undefined) throw new Error(`the prompt's {{${place}}} got no value`);
  return value;
}
