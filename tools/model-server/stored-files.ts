import { openAIRejection } from './openai-error.js';

/** A file that was sent in, or that a batch made. */
export interface StoredFile {
  readonly id: string;
  readonly filename: string;
  readonly purpose: 'batch' | 'batch_output';
  readonly created: number;
  readonly text: string;
}

/** Keeps the files, in memory. */
export interface Files {
  add(filename: string, purpose: StoredFile['purpose'], text: string): StoredFile;
  /** @throws Rejected where there is none of that id */
  get(id: string): StoredFile;
}

export function createFiles(): Files {
  const files = new Map<string, StoredFile>();
  return {
    add: (filename, purpose, text) => {
      const id = `file-${files.size + 1}`;
      const created = Math.floor(Date.now() / 1000);
      const file = { id, filename, purpose, created, text };
      files.set(id, file);
      return file;
    },
    get: (id) => {
      const file = files.get(id);
      if (!file) throw openAIRejection(404, { message: `No such File object: ${id}`, param: 'id' });
      return file;
    },
  };
}
