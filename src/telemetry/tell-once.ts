import { reasonOf } from '../errors.js';
import { withoutSecrets } from '../secrets.js';

/** Just enough of what exporters of all signals share. */
interface Exporter<D> {
  export(data: D, done: (result: Outcome) => void): void;
}

interface Outcome {
  readonly code: number;
  readonly error?: Error;
}

/** Hears of the first failure alone. */
export function onceTold(tell: (message: string) => void): (reason: string) => void {
  let told = false;
  return (reason) => {
    if (told) return;
    told = true;
    tell(
      `OpenTelemetry: not all could be sent (${withoutSecrets(reason)}); the work goes on without`,
    );
  };
}

/** Has an exporter tell what its collector did not take. */
export function telling<D, E extends Exporter<D>>(
  exporter: E,
  failed: (reason: string) => void,
): E {
  const send = exporter.export.bind(exporter);
  exporter.export = (data, done) =>
    send(data, (outcome) => {
      if (outcome.code !== 0) failed(reasonOf(outcome.error ?? 'it was refused'));
      done(outcome);
    });
  return exporter;
}
