#!/usr/bin/env node
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { EXIT, MatrixError } from '../../src/errors.js';
import { FAULT_KINDS, startModelServer, type FaultKind, type FaultRates } from './model-server.js';

const program = new Command('model-server')
  .description(
    'A local stand-in for model providers and deployed bots. It speaks, but is no clinical product.',
  )
  .option('--port <number>', 'where it listens, 0 for any free port', port, 8089)
  .option('--latency <ms>', 'milliseconds before each answer', whole, 0)
  .option('--fault <kind=rate>', 'share of requests that meet a fault; repeatable', faultRate)
  .option('--seed <number>', 'of the fault schedule', whole, 0)
  .option('--key <key>', 'the only key accepted, else any')
  .option('--bot-key <key>', 'the only key that the bots accept, else they ask for none')
  .option('--retry-after <seconds>', 'that the fault "rate" asks to wait', whole, 2)
  .option('--batch-polls <number>', 'the look at which a batch is completed', whole, 2)
  .exitOverride()
  .addHelpText(
    'after',
    `
Faults: ${FAULT_KINDS.join(', ')}

Examples:
  npm run model-server -- --latency 100 --fault rate=0.1 --fault reset=0.01 --seed 1
  OPENAI_BASE_URL=http://127.0.0.1:8089/v1 OPENAI_API_KEY=any npx matrix-sim run --agent openai:gpt-5-mini
  GOOGLE_BASE_URL=http://127.0.0.1:8089 GOOGLE_API_KEY=any npx matrix-sim run --agent google:gemini-2.5-flash
Bots: POST /bot/session {"session":"a","text":""} and POST /bot/full {"messages":[]}.
It listens on 127.0.0.1 only, and ends with Ctrl-C.`,
  );

function whole(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('Give a whole number.');
  return Number(text);
}

function port(text: string): number {
  if (whole(text) > 65_535) throw new InvalidArgumentError('Give 0 to 65535.');
  return Number(text);
}

function faultRate(text: string, before: FaultRates = {}): FaultRates {
  const [, kind = '', rate = ''] = /^([\w-]+)=([\d.]+)$/.exec(text) ?? [];
  if (!(FAULT_KINDS as readonly string[]).includes(kind) || Number.isNaN(Number(rate))) {
    throw new InvalidArgumentError(`Give one of ${FAULT_KINDS.join(', ')} and its share: rate=0.1`);
  }
  return { ...before, [kind as FaultKind]: Number(rate) };
}

interface Options {
  readonly port: number;
  readonly latency: number;
  readonly fault?: FaultRates;
  readonly seed: number;
  readonly key?: string;
  readonly botKey?: string;
  readonly retryAfter: number;
  readonly batchPolls: number;
}

async function main(): Promise<void> {
  const { fault, ...options } = program.parse().opts<Options>();
  const server = await startModelServer({ ...options, faults: fault });
  process.stdout.write(`${server.url}\n`);
  const end = () => void server.close();
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
}

try {
  await main();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (!(error instanceof MatrixError)) throw error;
  process.stderr.write(`error: ${error.message}\n       ${error.mend}\n`);
  return error.exitCode;
}
