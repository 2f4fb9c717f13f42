import { Rejected } from './chat-api.js';
import type {
  Asked,
  ChatApi,
  Incoming,
  RawResponse,
  ScriptedAnswer,
  SeenRequest,
} from './chat-api.js';
import { createFaultSchedule, isHttpFailure, isSpoiledSpeech } from './faults.js';
import type { FaultKind, FaultRates } from './faults.js';
import { cutToLimit, spoil, type Spoken } from './answer-text.js';
import { standIn } from './stand-in.js';

/** What decides the answers of a server. */
export interface ResponderOptions {
  /** Of the fault schedule; 0 where not given. */
  readonly seed?: number | undefined;
  /** Shares of the requests, 0 to 1. */
  readonly faults?: FaultRates | undefined;
  /** Answers in place of the stand-in speaker, which takes over where it gives undefined. */
  readonly answer?:
    | ((seen: SeenRequest) => ScriptedAnswer | undefined | Promise<ScriptedAnswer | undefined>)
    | undefined;
  readonly onRequest?: ((seen: SeenRequest) => void) | undefined;
}

/** A response, and how the connection treats it. */
export interface Delivery {
  readonly response: RawResponse;
  readonly manner?: 'slow' | 'reset' | 'reset-mid-body' | undefined;
}

/** Answers requests, whether they come over HTTP or in a batch. */
export interface Responder {
  respond(api: ChatApi, incoming: Incoming): Promise<Delivery>;
  /** Requests so far, rejected ones included. */
  count(): number;
}

/** @throws MatrixError on rates that are no shares */
export function createResponder(options: ResponderOptions): Responder {
  const faultOf = createFaultSchedule(options.seed ?? 0, options.faults ?? {});
  let count = 0;
  return {
    count: () => count,
    respond: async (api, incoming) => {
      const ordinal = ++count;
      const json = parseJson(incoming.body);
      const asked = readOrReject(api, incoming, json);
      const seen = see(api, incoming, json, asked, ordinal);
      options.onRequest?.(seen);
      if ('status' in asked) return { response: asked };
      const drawn = faultOf(ordinal);
      // A request that fails anyway uses up no scripted answer.
      const scripted = drawn && isHttpFailure(drawn) ? undefined : await options.answer?.(seen);
      if (isRaw(scripted)) return { response: scripted };
      return deliver(api, asked, ordinal, spokenOf(scripted), faultIn(scripted) ?? drawn);
    },
  };
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

function readOrReject(api: ChatApi, incoming: Incoming, json: unknown): Asked | RawResponse {
  try {
    return api.read(incoming, json);
  } catch (error) {
    if (error instanceof Rejected) return error.response;
    throw error;
  }
}

function see(
  api: ChatApi,
  { path, headers, customId }: Incoming,
  json: unknown,
  asked: Asked | RawResponse,
  ordinal: number,
): SeenRequest {
  const common = { api: api.name, path, headers, customId, body: json, ordinal };
  if ('status' in asked) return { ...common, model: '', messages: [], rejection: asked };
  const { model, messages, format } = asked;
  return { ...common, model, messages, format };
}

function deliver(
  api: ChatApi,
  asked: Asked,
  ordinal: number,
  scripted: Spoken | undefined,
  fault: FaultKind | undefined,
): Delivery {
  if (fault === 'reset') return { response: BAD_GATEWAY, manner: fault };
  if (fault === 'html') return { response: BAD_GATEWAY };
  if (fault && isHttpFailure(fault)) return { response: api.fail(fault) };
  const meant = scripted ?? { text: standIn(asked), finish: 'stop' };
  const spoken = fault && isSpoiledSpeech(fault) ? spoil(meant, fault) : meant;
  const response = asked.answer(cutToLimit(spoken, asked.maxTokens), ordinal);
  if (fault === 'malformed') return { response: breakOff(response) };
  if (fault === 'slow' || fault === 'reset-mid-body') return { response, manner: fault };
  return { response };
}

function isRaw(scripted: ScriptedAnswer | undefined): scripted is RawResponse {
  return typeof scripted === 'object' && 'status' in scripted;
}

function faultIn(scripted: Exclude<ScriptedAnswer, RawResponse> | undefined) {
  return typeof scripted === 'object' && 'fault' in scripted ? scripted.fault : undefined;
}

function spokenOf(scripted: Exclude<ScriptedAnswer, RawResponse> | undefined): Spoken | undefined {
  if (typeof scripted === 'string') return { text: scripted, finish: 'stop' };
  return scripted && 'text' in scripted ? scripted : undefined;
}

function breakOff({ status, headers, body }: RawResponse): RawResponse {
  const text = JSON.stringify(body);
  return {
    status,
    headers: { ...headers, 'content-type': 'application/json' },
    body: text.slice(0, Math.floor(text.length / 2)),
  };
}

const BAD_GATEWAY: RawResponse = {
  status: 502,
  headers: { 'content-type': 'text/html' },
  body: '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>',
};
