import { z } from 'zod';
import { CHAT_PATH } from './openai-api.js';
import type { StoredFile } from './stored-files.js';

const lineSchema = z.object({
  custom_id: z.string().min(1),
  method: z.literal('POST'),
  url: z.string(),
  body: z.looseObject({ model: z.string() }),
});
export type BatchLine = z.infer<typeof lineSchema>;

/** Why a line, counted from 1, lets its batch fail. */
export interface LineError {
  readonly code: string;
  readonly message: string;
  readonly param: string | null;
  readonly line: number | null;
}

/** The requests in a file, and all that is wrong with them. */
export function readLines({ text }: StoredFile): { lines: BatchLine[]; errors: LineError[] } {
  const lines: BatchLine[] = [];
  const errors: LineError[] = [];
  const seen = new Set<string>();
  const rows = text.split('\n').filter((row) => row.trim() !== '');
  rows.forEach((row, index) => {
    const json = jsonIn(row);
    const { data, error } = lineSchema.safeParse(json);
    const fault = data
      ? faultOf(data, seen, lines[0])
      : { ...malformed(json), param: error.issues[0]?.path.join('.') ?? null };
    if (fault) errors.push({ param: null, ...fault, line: index + 1 });
    if (data) lines.push(data);
    seen.add(data?.custom_id ?? '');
  });
  if (rows.length === 0) {
    errors.push({ code: 'empty_file', message: 'The file is empty.', param: null, line: null });
  }
  return { lines, errors };
}

function malformed(json: unknown) {
  if (json !== undefined) {
    return { code: 'missing_required_parameter', message: 'A required parameter is missing.' };
  }
  const message = 'This line is not parseable as valid JSON.';
  return { code: 'invalid_json_line', message };
}

function faultOf(line: BatchLine, seen: ReadonlySet<string>, first: BatchLine | undefined) {
  if (seen.has(line.custom_id)) {
    const message = `The custom_id '${line.custom_id}' is a duplicate of another line.`;
    return { code: 'duplicate_custom_id', message };
  }
  if (line.url !== CHAT_PATH) {
    return {
      code: 'url_mismatch',
      message: 'The URL of this line is not the endpoint of the batch.',
    };
  }
  if (first && first.body.model !== line.body.model) {
    return { code: 'model_mismatch', message: 'A batch must be for one model.' };
  }
  return undefined;
}

/** The value of a JSON text, undefined where it is none. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
