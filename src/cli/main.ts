#!/usr/bin/env node
import { EXIT } from '../errors.js';
import { hideEnvironment } from '../secrets.js';
import { forbidTracing } from '../tracing.js';
import { answer } from './program.js';

hideEnvironment();
// Before any command is loaded: what it loads may read the environment at once.
if (!process.argv.includes('--trace')) forbidTracing();

// A reader that closes the pipe early (head, less) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(EXIT.ok);
});

process.exitCode = await answer(process.argv.slice(2));
