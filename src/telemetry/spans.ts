import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Span,
  type Tracer,
} from '@opentelemetry/api';
import { ModelError } from '../models/model-error.js';
import { withoutSecrets } from '../secrets.js';
import { ERROR_TYPE } from './conventions.js';

export interface SpanStart {
  /** By hand: whatever follows asynchronous calls by itself would slow every promise of the process. */
  readonly parent?: Span | undefined;
  /** Internal unless given. */
  readonly kind?: SpanKind;
  /** Milliseconds since 1970; now unless given. */
  readonly startTime?: number;
}

export function startSpan(
  tracer: Tracer,
  name: string,
  attributes: Attributes,
  { parent, kind = SpanKind.INTERNAL, startTime = Date.now() }: SpanStart,
): Span {
  const context = parent ? trace.setSpan(ROOT_CONTEXT, parent) : ROOT_CONTEXT;
  const options = { kind, startTime, attributes: safe(attributes) };
  return tracer.startSpan(withoutSecrets(name), options, context);
}

export function endSpan(span: Span, attributes: Attributes = {}): void {
  span.setAttributes(safe(attributes));
  span.end();
}

/** Only the kind of an error is told: its message may hold words of others. */
export function failSpan(span: Span, error: unknown, attributes: Attributes = {}): void {
  span.setStatus({ code: SpanStatusCode.ERROR });
  endSpan(span, { ...attributes, [ERROR_TYPE]: errorType(error) });
}

/** What a model's server did wrong in one word ({@link ModelError.failure}), else the name of the error's class. */
export function errorType(error: unknown): string {
  if (error instanceof ModelError) return error.failure;
  if (!(error instanceof Error)) return '_OTHER';
  return error.cause instanceof ModelError ? error.cause.failure : error.name;
}

function safe(attributes: Attributes): Attributes {
  const entries = Object.entries(attributes).map(
    ([name, value]) => [name, typeof value === 'string' ? withoutSecrets(value) : value] as const,
  );
  return Object.fromEntries(entries);
}
