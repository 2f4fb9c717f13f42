export const SIGNALS = ['traces', 'metrics'] as const;
export type Signal = (typeof SIGNALS)[number];

type Environment = Readonly<Record<string, string | undefined>>;

/** Which signals are sent, and what the environment asks for in vain. */
export interface AskedSignals {
  readonly signals: readonly Signal[];
  readonly warnings: readonly string[];
}

/**
 * What the standard variables of OpenTelemetry ask for: a signal is sent where `--otel`, an endpoint
 * or its exporter says so, and never where its exporter is `none` or `OTEL_SDK_DISABLED` is `true`.
 * @param flag whether `--otel` was given
 */
export function askedSignals(flag: boolean, environment: Environment): AskedSignals {
  if (environment.OTEL_SDK_DISABLED?.toLowerCase() === 'true') return { signals: [], warnings: [] };
  const asked = SIGNALS.map((signal) => askedOf(signal, flag, environment));
  const signals = SIGNALS.filter((_, index) => asked[index]?.isSent);
  const warnings = asked.flatMap(({ warning }) => warning ?? []);
  return { signals, warnings: [...warnings, ...protocolWarnings(signals, environment)] };
}

function askedOf(signal: Signal, flag: boolean, environment: Environment) {
  const name = signal.toUpperCase();
  const exporter = given(environment[`OTEL_${name}_EXPORTER`]);
  if (exporter === 'none') return { isSent: false };
  if (exporter !== undefined && exporter !== 'otlp') {
    return {
      isSent: false,
      warning: `OTEL_${name}_EXPORTER is otlp or none: no ${signal} are sent`,
    };
  }
  const endpoints = ['OTEL_EXPORTER_OTLP_ENDPOINT', `OTEL_EXPORTER_OTLP_${name}_ENDPOINT`];
  const hasEndpoint = endpoints.some((variable) => given(environment[variable]) !== undefined);
  return { isSent: flag || exporter === 'otlp' || hasEndpoint };
}

/** Collectors take JSON where they take protobuf over HTTP; gRPC has a port of its own. */
function protocolWarnings(signals: readonly Signal[], environment: Environment): string[] {
  const names = [
    'OTEL_EXPORTER_OTLP_',
    ...signals.map((each) => `OTEL_EXPORTER_OTLP_${each.toUpperCase()}_`),
  ];
  const isGrpc = names.some((name) => given(environment[`${name}PROTOCOL`]) === 'grpc');
  return isGrpc && signals.length > 0
    ? ['OpenTelemetry is sent as http/json, not by gRPC: name the port for HTTP, mostly 4318']
    : [];
}

/** An empty variable counts as none. */
function given(value: string | undefined): string | undefined {
  const trimmed = value?.trim();
  return trimmed === '' ? undefined : trimmed;
}
