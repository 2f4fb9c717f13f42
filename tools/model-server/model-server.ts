import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createFullBot, createSessionBot } from './bot-api.js';
import type { ChatApi, Incoming, SeenRequest } from './chat-api.js';
import { createGeminiApi } from './gemini-api.js';
import { createOpenAIApi } from './openai-api.js';
import { createOpenAIStore } from './openai-store.js';
import { createResponder, type ResponderOptions } from './responder.js';
import { close, listen, receive, send } from './wire.js';

export type { Message, RawResponse, ScriptedAnswer, SeenRequest } from './chat-api.js';
export { FAULT_KINDS, type FaultKind, type FaultRates } from './faults.js';
export type { Spoken } from './answer-text.js';

export interface ModelServerOptions extends ResponderOptions {
  /** 0, or none given, is any that is free. */
  readonly port?: number | undefined;
  /** Milliseconds before each answer of a model or bot. */
  readonly latency?: number | undefined;
  /** The only key that the models take, where given; else any that is not empty. */
  readonly key?: string | undefined;
  /** The only key that the bots take, where given; else they ask for none. */
  readonly botKey?: string | undefined;
  /** Seconds that the fault `rate` asks to wait; 2 where not given. */
  readonly retryAfter?: number | undefined;
  /** The look at a batch at which it is completed; 2 where not given. */
  readonly batchPolls?: number | undefined;
  /** Whether `requests` keeps what came in. */
  readonly keepRequests?: boolean | undefined;
}

/** A running server. */
export interface ModelServer {
  /** Such as `http://127.0.0.1:8089`; OpenAI's base URL is this with `/v1`. */
  readonly url: string;
  /** What models and bots were asked, only where `keepRequests` is set. */
  readonly requests: readonly SeenRequest[];
  /** Requests of models and bots so far, rejected ones and lines of batches included. */
  count(): number;
  /** Requests of models and bots that wait for their answer. */
  inFlight(): number;
  /** Breaks what is still open. */
  close(): Promise<void>;
}

/**
 * A local stand-in for model providers and deployed bots, which speaks their protocols and refuses
 * what they refuse. Listens on 127.0.0.1 only.
 * @throws MatrixError where the port is taken or a fault's rate is no share
 */
export async function startModelServer(options: ModelServerOptions = {}): Promise<ModelServer> {
  const requests: SeenRequest[] = [];
  const { key, botKey, retryAfter = 2, latency = 0 } = options;
  const responder = createResponder({
    ...options,
    onRequest: (seen) => {
      if (options.keepRequests) requests.push(seen);
      options.onRequest?.(seen);
    },
  });
  const openai = createOpenAIApi(key, retryAfter);
  const apis = [
    openai,
    createGeminiApi(key, retryAfter),
    createSessionBot(botKey, retryAfter),
    createFullBot(botKey, retryAfter),
  ];
  const store = createOpenAIStore({
    key,
    polls: options.batchPolls ?? 2,
    respond: (line) => responder.respond(openai, line),
  });
  let inFlight = 0;

  const answer = async (api: ChatApi, incoming: Incoming, response: ServerResponse) => {
    inFlight += 1;
    response.once('close', () => (inFlight -= 1));
    await send(response, await responder.respond(api, incoming), latency);
  };
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const incoming = await receive(request);
    if (!incoming) return;
    const api = apis.find((candidate) => candidate.serves(incoming));
    if (api) await answer(api, incoming, response);
    else await send(response, { response: await store.handle(incoming) }, 0);
  };
  const server = createServer((request, response) => {
    serve(request, response).catch((defect: unknown) => {
      response.destroy();
      throw defect;
    });
  });
  return {
    url: await listen(server, options.port ?? 0),
    requests,
    count: () => responder.count(),
    inFlight: () => inFlight,
    close: () => close(server),
  };
}
