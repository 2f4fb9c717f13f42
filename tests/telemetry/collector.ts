import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { z } from 'zod';

const attributesSchema = z
  .array(z.object({ key: z.string(), value: z.record(z.string(), z.unknown()) }))
  .transform((all) =>
    Object.fromEntries(all.map(({ key, value }) => [key, Object.values(value)[0]])),
  );

const spanSchema = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  name: z.string(),
  kind: z.int(),
  attributes: attributesSchema,
  status: z.object({ code: z.int() }),
});
export type Span = z.infer<typeof spanSchema>;

const tracesSchema = z.object({
  resourceSpans: z.array(
    z.object({ scopeSpans: z.array(z.object({ spans: z.array(spanSchema) })) }),
  ),
});

const pointSchema = z.object({
  attributes: attributesSchema,
  asDouble: z.number().optional(),
  count: z.number().optional(),
  sum: z.number().optional(),
});
const pointsSchema = z.object({ dataPoints: z.array(pointSchema) }).optional();
const metricSchema = z.object({ name: z.string(), sum: pointsSchema, histogram: pointsSchema });
const metricsSchema = z.object({
  resourceMetrics: z.array(
    z.object({ scopeMetrics: z.array(z.object({ metrics: z.array(metricSchema) })) }),
  ),
});

/** Takes what is sent by OTLP as JSON, and has it read. */
export interface Collector {
  readonly url: string;
  /** Bodies as they came, by path. */
  readonly seen: readonly { readonly path: string; readonly body: string }[];
  readonly spans: () => Span[];
  /** Points of a metric as it was told last. */
  readonly points: (metric: string) => z.infer<typeof pointSchema>[];
}

/** @param silent whether it leaves who sends without an answer */
export async function startCollector({ silent = false } = {}): Promise<Collector> {
  const seen: { path: string; body: string }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      seen.push({ path: request.url ?? '', body });
      if (!silent) response.end('{}');
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const bodies = (path: string) =>
    seen.filter((each) => each.path === path).map(({ body }) => JSON.parse(body) as unknown);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    spans: () => bodies('/v1/traces').flatMap((body) => spansOf(tracesSchema.parse(body))),
    points: (name) => {
      const last = metricsSchema.parse(bodies('/v1/metrics').at(-1));
      const metrics = last.resourceMetrics.flatMap(({ scopeMetrics }) =>
        scopeMetrics.flatMap(({ metrics }) => metrics),
      );
      const metric = metrics.find((each) => each.name === name);
      return (metric?.sum ?? metric?.histogram)?.dataPoints ?? [];
    },
  };
}

function spansOf({ resourceSpans }: z.infer<typeof tracesSchema>): Span[] {
  return resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));
}

/** How often each chain of names occurs, from the root on: `run > dialogue > turn`. */
export function chainsOf(spans: readonly Span[]): Record<string, number> {
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const chain = (span: Span): string => {
    if (span.parentSpanId === undefined) return span.name;
    const parent = byId.get(span.parentSpanId);
    return `${parent ? chain(parent) : 'lost'} > ${span.name}`;
  };
  const counts: Record<string, number> = {};
  for (const span of spans) counts[chain(span)] = (counts[chain(span)] ?? 0) + 1;
  return counts;
}
