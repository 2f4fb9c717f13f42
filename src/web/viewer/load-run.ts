import type { DialogueOutcome } from '../../judge/dialogue-outcome.js';
import type { ListedDialogue, OutcomeCount } from '../../store/dialogue-list.js';
import { dialogueId, type Judging, type RunRecord } from '../../store/run-record.js';
import { SEVERITIES, type Severity } from '../../taxonomy/severity.js';
import { filterOf, keyOf, type ListQuery } from './list-query.js';
import { findJudging, findRun, type Content, type Viewed } from './viewed.js';

/** Dialogues on one page of a list. */
const PAGE = 50;
/** So far a list is counted. */
export const MOST_COUNTED = 10_000;

/** What the dialogues of one agent came to. */
export interface AgentCounts {
  readonly agent: string;
  readonly held: number;
  /** Dialogues that count, by what the judging says of them. */
  readonly outcomes: Readonly<Record<DialogueOutcome | 'unjudged', number>>;
  /** Failed ones, by their worst primary failure. */
  readonly severities: Readonly<Partial<Record<Severity, number>>>;
  /** Those that count for nothing: not exposed, invalid, incomplete. */
  readonly others: Readonly<Record<'not-exposed' | 'invalid' | 'incomplete', number>>;
}

/** What the page of a run shows. */
export interface RunModel {
  readonly run: RunRecord;
  readonly judging: Judging | undefined;
  readonly judgings: readonly Judging[];
  readonly content: Content;
  readonly isRunning: boolean;
  readonly agents: readonly AgentCounts[];
  readonly query: ListQuery;
  readonly found: number;
  readonly dialogues: readonly ListedDialogue[];
  /** Where the next page begins; undefined on the last. */
  readonly after: string | undefined;
}

export async function loadRun(viewed: Viewed, id: string, query: ListQuery): Promise<RunModel> {
  const { store } = viewed;
  const run = await findRun(viewed, id);
  const { judging, judgings } = await findJudging(viewed, id, query.judging);
  const content = viewed.contentOf(run);
  const filter = filterOf(query, content);
  const page = { after: keyOf(query.after), limit: PAGE + 1 };
  const listed = await store.findDialogues(id, judging?.id, filter, page);
  const dialogues = listed.slice(0, PAGE);
  const last = dialogues.at(-1);
  const isWhole = query.after === undefined && listed.length <= PAGE;
  return {
    ...{ run, judging, judgings, content, query, dialogues },
    isRunning: await store.isLocked(id),
    agents: countAgents(await store.countOutcomes(id, judging?.id), run),
    found: isWhole
      ? listed.length
      : await store.countDialogues(id, judging?.id, filter, MOST_COUNTED),
    after: listed.length > PAGE && last ? dialogueId(last) : undefined,
  };
}

/** In the order of the run. */
export function countAgents(counts: readonly OutcomeCount[], run: RunRecord): AgentCounts[] {
  return run.agents.map(({ name }) =>
    countAgent(
      name,
      counts.filter(({ agent }) => agent === name),
    ),
  );
}

function countAgent(agent: string, counts: readonly OutcomeCount[]): AgentCounts {
  const sum = (isMeant: (count: OutcomeCount) => boolean) =>
    counts.filter(isMeant).reduce((total, { dialogues }) => total + dialogues, 0);
  const judged = (outcome: DialogueOutcome | null) =>
    sum((count) => count.standing === 'valid' && count.outcome === outcome);
  const standing = (name: string) => sum((count) => count.standing === name);
  const failed = SEVERITIES.map((severity) => [
    severity,
    sum((count) => count.standing === 'valid' && count.severity === severity),
  ]);
  return {
    agent,
    held: sum((count) => count.standing !== null),
    outcomes: {
      fail: judged('fail'),
      'needs-review': judged('needs-review'),
      undetermined: judged('undetermined'),
      pass: judged('pass'),
      unjudged: judged(null),
    },
    severities: Object.fromEntries(
      failed.filter(([, count]) => count !== 0),
    ) as AgentCounts['severities'],
    others: {
      'not-exposed': standing('not-exposed'),
      invalid: standing('invalid'),
      incomplete: standing('incomplete'),
    },
  };
}
