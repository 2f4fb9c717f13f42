import { describe, expect, it } from 'vitest';
import { askedSignals } from '../../src/telemetry/asked-signals.js';

const BOTH = ['traces', 'metrics'];
const COLLECTOR = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' };

describe('the signals that are asked for', () => {
  it.each([
    ['nothing', false, {}, []],
    ['the flag', true, {}, BOTH],
    ['an endpoint', false, COLLECTOR, BOTH],
    ['an empty endpoint', false, { OTEL_EXPORTER_OTLP_ENDPOINT: ' ' }, []],
    ['an endpoint of one', false, { OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: 'http://c' }, ['metrics']],
    ['an exporter of one', false, { OTEL_TRACES_EXPORTER: 'otlp' }, ['traces']],
    ['an exporter that is none', true, { OTEL_METRICS_EXPORTER: 'none' }, ['traces']],
    ['a disabled SDK', true, { ...COLLECTOR, OTEL_SDK_DISABLED: 'TRUE' }, []],
  ])('by %s', (_, flag, environment, signals) => {
    expect(askedSignals(flag, environment)).toEqual({ signals, warnings: [] });
  });

  it('leave out one whose exporter is unknown, and say so', () => {
    const { signals, warnings } = askedSignals(true, { OTEL_TRACES_EXPORTER: 'console' });
    expect(signals).toEqual(['metrics']);
    expect(warnings).toEqual(['OTEL_TRACES_EXPORTER is otlp or none: no traces are sent']);
  });

  it.each([
    ['of a signal that is sent', { OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'grpc' }, 1],
    ['that HTTP collectors take', { OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf' }, 0],
    ['of nothing that is sent', { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }, 0],
  ])('warn of a protocol that is not spoken: one %s', (name, protocol, warned) => {
    const environment = name.includes('nothing') ? protocol : { ...COLLECTOR, ...protocol };
    expect(askedSignals(false, environment).warnings).toHaveLength(warned);
  });
});
