import { setTimeout as delay } from 'node:timers/promises';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { packageVersion } from '../package-version.js';
import { hideValue } from '../secrets.js';
import type { Signal } from './asked-signals.js';
import { createMeasures } from './measures.js';
import type { Observer } from './observer.js';
import { createSpanObserver } from './span-observer.js';
import { onceTold, telling } from './tell-once.js';

export interface TelemetryOptions {
  readonly signals: readonly Signal[];
  /** Whether words of dialogues and prompts are sent too, not only ids and counts. */
  readonly content: boolean;
  /** Told once where a collector does not take what is sent. */
  readonly tell: (message: string) => void;
}

export interface Telemetry {
  readonly observer: Observer;
  /** Sends what is left, for {@link LONGEST_FLUSH} milliseconds at most. */
  close(): Promise<void>;
}

/** Less than Ctrl-C waits for work to end. */
const LONGEST_FLUSH = 1800;

/** Spans that wait to be sent; further ones are dropped, so that a slow collector slows nothing. */
const LONGEST_QUEUE = 8192;

/**
 * Sends spans and metrics by OTLP as JSON over HTTP, to where the standard variables of the environment
 * say, else to the collector of this machine. Nothing is made global.
 */
export function openTelemetry({ signals, content, tell }: TelemetryOptions): Telemetry {
  hideHeaders();
  const failed = onceTold(tell);
  const traces = tracerProvider(signals.includes('traces'), failed);
  const metrics = meterProvider(signals.includes('metrics'), failed);
  const scope = ['matrix-sim', packageVersion()] as const;
  return {
    observer: createSpanObserver({
      tracer: traces.getTracer(...scope),
      measures: createMeasures(metrics.getMeter(...scope)),
      content,
    }),
    close: async () => {
      const flushed = Promise.allSettled([traces.shutdown(), metrics.shutdown()]);
      const timer = new AbortController();
      const late = delay(LONGEST_FLUSH, 'late' as const, { signal: timer.signal }).catch(
        () => 'ended',
      );
      const first = await Promise.race([flushed, late]);
      timer.abort();
      if (first === 'late') failed('the collector does not answer in time');
    },
  };
}

type Failed = (reason: string) => void;

function tracerProvider(isSent: boolean, failed: Failed): BasicTracerProvider {
  if (!isSent) return new BasicTracerProvider({ spanProcessors: [] });
  const queue = process.env.OTEL_BSP_MAX_QUEUE_SIZE ? {} : { maxQueueSize: LONGEST_QUEUE };
  const processor = new BatchSpanProcessor(telling(new OTLPTraceExporter(), failed), queue);
  return new BasicTracerProvider({ resource: resource(), spanProcessors: [processor] });
}

function meterProvider(isSent: boolean, failed: Failed): MeterProvider {
  if (!isSent) return new MeterProvider();
  const exporter = telling(new OTLPMetricExporter(), failed);
  const reader = new PeriodicExportingMetricReader({ exporter });
  return new MeterProvider({ resource: resource(), readers: [reader] });
}

/** Neither host nor user nor command line: only what is sent, and what the environment adds. */
function resource() {
  const own = { 'service.name': 'matrix-sim', 'service.version': packageVersion() };
  return defaultResource()
    .merge(resourceFromAttributes(own))
    .merge(detectResources({ detectors: [envDetector] }));
}

/** Keys for collectors stand in headers. */
function hideHeaders(): void {
  for (const [name, value = ''] of Object.entries(process.env)) {
    if (!/^OTEL_EXPORTER_OTLP_(\w+_)?HEADERS$/.test(name)) continue;
    for (const [, secret = ''] of value.matchAll(/[^,=]+=([^,]*)/g)) {
      hideValue(secret);
      hideValue(decoded(secret));
    }
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
