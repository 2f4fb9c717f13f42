import type { IncomingHttpHeaders } from 'node:http';
import type { FaultKind, HttpFailure } from './faults.js';
import type { Spoken } from './answer-text.js';

export interface Message {
  readonly role: 'system' | 'user' | 'assistant';
  readonly text: string;
}

/** A JSON Schema, or what Gemini makes of one. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** One request of a model or bot, as it came in: also of a line of a batch. */
export interface SeenRequest {
  readonly api: 'openai' | 'gemini' | 'bot';
  readonly path: string;
  /** Of a bot its path; empty where the request was rejected. */
  readonly model: string;
  /** The parsed JSON, undefined where it is none. */
  readonly body: unknown;
  /** The system prompt and all turns; empty where the request was rejected. */
  readonly messages: readonly Message[];
  /** The JSON that the answer must be, where one is asked for. */
  readonly format?: JsonSchema | undefined;
  readonly headers: IncomingHttpHeaders;
  /** Of a line of a batch. */
  readonly customId?: string | undefined;
  /** Counts the requests of a server, rejected ones included, from 1. */
  readonly ordinal: number;
  /** What a real server would not take either, and how it says so. */
  readonly rejection?: RawResponse | undefined;
}

/** A response as it goes over the wire; an object becomes JSON. */
export interface RawResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | object;
}

/** The `answer` option's choice: words, words with an end, a fault, or a response to the byte. */
export type ScriptedAnswer = string | Spoken | { readonly fault: FaultKind } | RawResponse;

/** A request on its way to an API. */
export interface Incoming {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Of a line of a batch. */
  readonly customId?: string;
}

/** What an accepted request asks, and how the answer is put for it. */
export interface Asked {
  readonly model: string;
  readonly messages: readonly Message[];
  readonly format?: JsonSchema | undefined;
  /** Tokens of the answer at most. */
  readonly maxTokens?: number | undefined;
  answer(spoken: Spoken, ordinal: number): RawResponse;
}

/** A way in which programs talk to a model. */
export interface ChatApi {
  readonly name: SeenRequest['api'];
  serves(incoming: Incoming): boolean;
  /** @throws Rejected where the provider would not take the request */
  read(incoming: Incoming, json: unknown): Asked;
  /** The provider's own words for a failure. */
  fail(failure: HttpFailure): RawResponse;
}

/** Thrown while a request is read: the provider would not take it, and answers so. */
export class Rejected extends Error {
  constructor(readonly response: RawResponse) {
    super(`HTTP ${response.status}`);
    this.name = 'Rejected';
  }
}
