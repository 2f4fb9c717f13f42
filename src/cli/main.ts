#!/usr/bin/env node
import { hideEnvironment } from '../secrets.js';
import { forbidTracing } from '../tracing.js';
import { end, endCrashed, watchEnding } from './ending.js';
import { answer } from './program.js';

const isVerbose = () => process.argv.includes('--verbose');
watchEnding(isVerbose);
hideEnvironment();
// Before any command is loaded: what it loads may read the environment at once.
if (!process.argv.includes('--trace')) forbidTracing();

const status = await answer(process.argv.slice(2)).catch((error: unknown) =>
  endCrashed(error, isVerbose()),
);
await end(status);
