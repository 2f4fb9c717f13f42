import type { Tracer } from '@opentelemetry/api';
import type { Measures } from './measures.js';

/** Where it is told what is done. */
export interface Sinks {
  readonly tracer: Tracer;
  readonly measures: Measures;
  /** Whether words are told too, not only ids and counts. */
  readonly content: boolean;
}
