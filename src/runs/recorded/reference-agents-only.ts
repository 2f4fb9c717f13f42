import { isReferenceSpec, type NamedSpec } from '../../agents/under-test/open-agent.js';
import { MatrixError } from '../../errors.js';
import { recordedJurors, type JurySpec } from '../../judge/jury/open-jury.js';

/**
 * A recorded juror knows what reference agents say, word for word, and of any other agent nothing: a
 * run of that would be left open from end to end.
 * @throws MatrixError naming the first agent that is none, where a juror is recorded
 */
export function assertReferenceAgents(jury: JurySpec, agents: readonly NamedSpec[]): void {
  const stranger = agents.find(({ spec }) => !isReferenceSpec(spec));
  const [recorded] = stranger ? recordedJurors(jury) : [];
  if (!stranger || recorded === undefined) return;
  throw new MatrixError(
    `${recorded} cannot judge ${stranger.name}: it holds verdicts on dialogues of the reference agents alone`,
    { mend: 'Name a model with --judge, as openai:gpt-5-mini, or judge with deterministic.' },
  );
}
