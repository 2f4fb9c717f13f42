import { MatrixError } from '../errors.js';
import type { DialogueKey } from '../store/run-record.js';

/** @param id RUN/SCENARIO/AGENT/REPEAT. @throws MatrixError on anything else */
export function parseDialogueId(id: string): { run: string; key: DialogueKey } {
  const [, run, scenario, agent, repeat] = /^([^/]+)\/([^/]+)\/([^/]+)\/(\d+)$/.exec(id) ?? [];
  if (run === undefined || scenario === undefined || agent === undefined) {
    throw new MatrixError(`"${id}" is no dialogue id`, {
      mend: 'Write RUN/SCENARIO/AGENT/REPEAT, as r-2026-11-24-1/H01-D01/rushed/1.',
    });
  }
  return { run, key: { scenario, agent, repeat: Number(repeat) } };
}

export function noDialogue(run: string, id: string): MatrixError {
  return new MatrixError(`run ${run} has no dialogue ${id}`, {
    mend: `See the scenarios and agents of the run: matrix-sim report ${run}`,
  });
}
