import { setImmediate } from 'node:timers/promises';
import type { Call, Sitting } from '../../calls/call.js';
import type { CallJournal } from '../../calls/recording.js';
import { entryOf, toRecord } from '../../evidence/stored-record.js';
import { LeaseLost, type Lease } from '../leases.js';
import { dialogueId, type DialogueKey } from '../run-record.js';
import { sittingColumns } from './call-journal.js';
import type { Tables } from './schema.js';
import { SharedTexts, type Shared } from './shared-texts.js';
import type { EnteredCall, StoreEngine } from './store-engine.js';

type Row = Tables['calls'];

interface Waiting extends EnteredCall {
  readonly kept: () => void;
  readonly lost: (error: unknown) => void;
}

/** Writes calls in groups: what comes in while a commit is under way shares the next one. */
export class CallWriter {
  readonly #engine: Pick<StoreEngine, 'writeCalls'>;
  #waiting: Waiting[] = [];
  #isWriting = false;

  constructor(engine: Pick<StoreEngine, 'writeCalls'>) {
    this.#engine = engine;
  }

  journal(run: string, key: DialogueKey, sitting: Sitting, lease?: Lease): CallJournal {
    const shared = new SharedTexts();
    const { take, judging } = sittingColumns(sitting);
    const place = { run, dialogue: dialogueId(key), take, judging };
    return {
      record: (call) => {
        const request = shared.write(call.request);
        const answer = shared.write(call.answer);
        const texts = { ...request.fresh, ...answer.fresh };
        const row = { ...place, ...columnsOf(call), ...jsonOf(request, answer, texts) };
        return this.#keep(row, { request: request.value, answer: answer.value, texts }, lease);
      },
    };
  }

  #keep(
    call: Row,
    read: Readonly<Record<string, unknown>>,
    lease: Lease | undefined,
  ): Promise<void> {
    const entry = entryOf(toRecord('call', call, read));
    return new Promise((kept, lost) => {
      this.#waiting.push({ call, entry, lease, kept, lost });
      if (this.#isWriting) return;
      this.#isWriting = true;
      void this.#writeGroups();
    });
  }

  async #writeGroups(): Promise<void> {
    while (this.#waiting.length > 0) {
      // Whoever was told of the last group has a moment to bring the next call of its dialogue.
      await setImmediate();
      await this.#writeGroup();
    }
    this.#isWriting = false;
  }

  async #writeGroup(): Promise<void> {
    let group: Waiting[] = [];
    const take = () => (group = [...group, ...this.#waiting.splice(0)]);
    try {
      const refused = new Set(await this.#engine.writeCalls(take));
      for (const each of group) {
        if (each.lease && refused.has(each)) each.lost(new LeaseLost(each.lease));
        else each.kept();
      }
    } catch (error) {
      // Where no connection was had, none was taken.
      for (const { lost } of take()) lost(error);
    }
  }
}

type JsonColumn = 'request' | 'answer' | 'texts';

function columnsOf(call: Call): Omit<Row, 'run' | 'dialogue' | 'take' | 'judging' | JsonColumn> {
  const { role, part, ordinal, model, latency, attempts } = call;
  return {
    ...{ role, part, ordinal, model, latency, attempts },
    request_hash: call.requestHash,
    input_tokens: call.inputTokens,
    output_tokens: call.outputTokens,
    cached_tokens: call.cachedTokens ?? null,
  };
}

function jsonOf(request: Shared, answer: Shared, texts: Shared['fresh']): Pick<Row, JsonColumn> {
  return { request: request.json, answer: answer.json, texts: JSON.stringify(texts) };
}
