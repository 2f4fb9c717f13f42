import { EXIT, MatrixError } from '../errors.js';
import { print, printJson } from './output.js';

/** Runs a check that throws on findings, prints all of them, and sets the exit status. */
export function printFindings(what: string, json: boolean, check: () => string): void {
  try {
    const summary = check();
    if (json) printJson({ findings: [] });
    else print(summary);
  } catch (error) {
    if (!(error instanceof MatrixError)) throw error;
    if (json) printJson({ findings: error.findings });
    else print([...error.findings, `${what}: ${error.findings.length} findings`]);
    process.exitCode = EXIT.usage;
  }
}
