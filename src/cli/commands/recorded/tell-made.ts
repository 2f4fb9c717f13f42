import { EXIT } from '../../../errors.js';
import type { MadeRecording } from '../../../runs/recorded/make-recording.js';
import { print, printJson } from '../../output.js';

/**
 * Says what a command did to a recording, and sets the status by what is missing.
 * @param wayOn how to ask again about flaws
 */
export function tellMade(
  folder: string,
  made: MadeRecording,
  { json, wayOn }: { readonly json?: boolean | undefined; readonly wayOn: string },
): void {
  const { asked, removed, lacking, flaws, failures } = made;
  const missing = new Set(lacking.map(({ key }) => key)).size;
  process.exitCode = missing + failures.length > 0 ? EXIT.incomplete : EXIT.ok;
  if (json) {
    return printJson({ asked, made: made.made, removed, missing, flaws, failures });
  }
  print([
    `${folder}: ${asked} questions, ${made.made} answered now, ${removed} removed, ${missing} missing`,
    ...failures.map((failure) => `not asked: ${failure}`),
    ...flaws.map((flaw) => `to be asked again: ${flaw}`),
    ...(flaws.length > 0 ? [`Next:   ${wayOn}`] : []),
  ]);
}
