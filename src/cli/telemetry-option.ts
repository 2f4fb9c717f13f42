import type { Command } from 'commander';
import { MatrixError } from '../errors.js';
import { askedSignals } from '../telemetry/asked-signals.js';
import { UNOBSERVED, type Observer } from '../telemetry/observer.js';
import { note } from './output.js';

export interface TelemetryFlags {
  readonly otel?: boolean;
  readonly otelContent?: boolean;
}

export function addTelemetryOptions(command: Command): Command {
  return command
    .option('--otel', 'send OpenTelemetry: spans and metrics of ids and counts (docs/telemetry.md)')
    .option('--otel-content', 'with it, also the words of dialogues and prompts');
}

/**
 * Does work that is heard where flags or the standard variables of OpenTelemetry ask for it; what was
 * heard is sent before it returns or throws. The libraries are loaded only then.
 * @throws MatrixError where words are to be sent and nothing else is
 */
export async function withTelemetry<T>(
  { otel = false, otelContent: content = false }: TelemetryFlags,
  work: (observer: Observer) => Promise<T>,
): Promise<T> {
  const { signals, warnings } = askedSignals(otel, process.env);
  warnings.forEach((warning) => note(warning));
  if (signals.length === 0) {
    if (content) assertSent(otel);
    return work(UNOBSERVED);
  }
  const { openTelemetry } = await import('../telemetry/open-telemetry.js');
  const telemetry = openTelemetry({ signals, content, tell: note });
  try {
    return await work(telemetry.observer);
  } finally {
    await telemetry.close();
  }
}

/** What the environment turns off stays off, without complaint. */
function assertSent(otel: boolean): void {
  if (otel || process.env.OTEL_SDK_DISABLED !== undefined) return;
  throw new MatrixError('--otel-content says what OpenTelemetry sends, and none is asked for', {
    mend: 'Add --otel.',
  });
}
