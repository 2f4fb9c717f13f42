import { GoogleGenerativeAI, type GenerativeModel } from '@google/generative-ai';
import OpenAI from 'openai';
import { onTestFinished } from 'vitest';
import {
  startModelServer,
  type ModelServer,
  type ModelServerOptions,
} from '../../../tools/model-server/model-server.js';

/** A server that keeps what came in, and ends with the test. */
export async function startServer(options: ModelServerOptions = {}): Promise<ModelServer> {
  const server = await startModelServer({ keepRequests: true, ...options });
  onTestFinished(() => server.close());
  return server;
}

/** The provider's own client, which tries once. */
export function openAIClient({ url }: ModelServer, apiKey = 'sk-any'): OpenAI {
  return new OpenAI({ apiKey, baseURL: `${url}/v1`, maxRetries: 0 });
}

export function geminiClient(
  { url }: ModelServer,
  { key = 'any', model = 'gemini-2.5-flash' } = {},
): GenerativeModel {
  return new GoogleGenerativeAI(key).getGenerativeModel({ model }, { baseUrl: url });
}
