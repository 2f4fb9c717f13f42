import { MatrixError } from '../errors.js';
import { dialogueId, type DialogueKey, type RunRecord } from '../store/run-record.js';

/**
 * The dialogues of a run that are named: SCENARIO where it was held once, else SCENARIO/AGENT/REPEAT,
 * with or without the run before it.
 * @throws MatrixError where a name is none, or several dialogues have it
 */
export function findDialogues(run: RunRecord, names: readonly string[]): DialogueKey[] {
  const found = names.map((name) => findOne(run, name));
  return [...new Map(found.map((key) => [dialogueId(key), key])).values()];
}

function findOne(run: RunRecord, name: string): DialogueKey {
  const own = name.startsWith(`${run.id}/`) ? name.slice(run.id.length + 1) : name;
  const [scenario = '', agent, repeat, ...rest] = own.split('/');
  if (agent === undefined) return onlyDialogue(run, scenario);
  if (rest.length === 0 && /^[1-9]\d*$/.test(repeat ?? '')) {
    return { scenario, agent, repeat: Number(repeat) };
  }
  throw new MatrixError(`"${name}" is no dialogue of run ${run.id}`, {
    mend: 'Write SCENARIO or SCENARIO/AGENT/REPEAT, as H01-D01/careful/1.',
  });
}

function onlyDialogue({ id, agents, plan, source }: RunRecord, scenario: string): DialogueKey {
  const repeats =
    source?.dialogues.filter((each) => each.scenario === scenario).length ?? plan.repeats;
  const [agent] = agents;
  if (agents.length === 1 && repeats === 1 && agent) {
    return { scenario, agent: agent.name, repeat: 1 };
  }
  throw new MatrixError(
    `run ${id} holds ${scenario} ${agents.length * repeats} times: with ${agents.map(({ name }) => name).join(', ')}`,
    { mend: `Name one: ${scenario}/${agent?.name ?? 'AGENT'}/1` },
  );
}
