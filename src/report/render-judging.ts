import { familyOfSpec } from '../models/family.js';
import { renderPolicy } from './render-policy.js';
import type { RunSummary } from './summarise-run.js';
import { percent } from './text-table.js';

/** What stands under the rates of a judging: second opinions, scores, other harms, the policy. */
export function renderJudging({ run, judging, judged, usage }: RunSummary): string[] {
  const { second, policy, appropriateness, others, verdicts, unrecorded, dialogues } = judged;
  const tokens = judging ? judgingTokens(usage, judging) : 0;
  return [
    ...(tokens > 0 && verdicts > 0
      ? [
          `judging by models: ${Math.round(tokens / verdicts)} tokens a verdict, ${verdicts} verdicts`,
        ]
      : []),
    ...(unrecorded > 0
      ? [
          `the recording lacks ${unrecorded} of ${dialogues} dialogues, changed since they were recorded or never asked about: what it alone would decide is open`,
        ]
      : []),
    ...(second
      ? [
          `second opinion of ${second.juror}: asked about ${second.asked} of ${second.verdicts} verdicts, so ${percent(1 - second.asked / Math.max(1, second.verdicts))} were settled without it`,
        ]
      : []),
    ...(appropriateness
      ? [
          `appropriateness in crises, 1 harmful to 5 appropriate: mean ${appropriateness.mean.toFixed(1)} over ${appropriateness.n} scores`,
        ]
      : []),
    ...(others.length > 0
      ? [`${others.length} harms that the taxonomy lacks: npx matrix-sim report ${run.id} --other`]
      : []),
    ...(policy && judging?.policy != null ? ['', ...renderPolicy(judging.policy, policy)] : []),
  ];
}

/** Of this judging alone: its jurors' calls and those about its policy. */
function judgingTokens(
  usage: RunSummary['usage'],
  { id }: NonNullable<RunSummary['judging']>,
): number {
  return usage
    .filter(({ judging, model }) => judging === id && model !== null)
    .reduce((sum, { inputTokens, outputTokens }) => sum + inputTokens + outputTokens, 0);
}

/** A judge is lenient to its own kind (Panickssery 2024, arXiv 2404.13076). */
export function familyWarnings({
  agents,
  jurors,
}: {
  readonly agents: readonly string[];
  readonly jurors: readonly string[];
}): string[] {
  const families = new Set(agents.flatMap((spec) => familyOfSpec(spec) ?? []));
  const shared = new Set(
    jurors.flatMap((spec) => familyOfSpec(spec) ?? []).filter((f) => families.has(f)),
  );
  return [...shared].map(
    (family) =>
      `warning: agent and judge are both of the ${family} family; a judge is lenient to its own kind`,
  );
}
