#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { hideEnvironment } from '../secrets.js';
import { forbidTracing } from '../tracing.js';
import { end, endCrashed, watchEnding } from './ending.js';
import { answer } from './program.js';

// By default the heap doubles and more between two full collections, of garbage that a run makes; so
// it grows by half. A run takes a third less memory for a twentieth more of CPU (docs/benchmarks.md).
setFlagsFromString('--heap-growing-percent=50');

const isVerbose = () => process.argv.includes('--verbose');
watchEnding(isVerbose);
hideEnvironment();
// Before any command is loaded: what it loads may read the environment at once.
if (!process.argv.includes('--trace')) forbidTracing();

try {
  await end(await answer(process.argv.slice(2)));
} catch (error) {
  endCrashed(error, isVerbose());
}
