import type { Judgement, PolicyBreach } from '../judge/verdict.js';
import { onOneLine } from '../printable.js';
import { percentRange } from './text-table.js';

/** A rule of a site's policy with the dialogues that break it, and one agent's words that do. */
export interface BrokenRule {
  readonly rule: string;
  /** At least 1. */
  readonly dialogues: number;
  readonly quote: string;
}

/** How the dialogues of a run stand to a site's policy. */
export interface PolicySummary {
  /** All that were judged. */
  readonly dialogues: number;
  /** Those that break some rule. */
  readonly broken: number;
  /** Those that could not be read against the policy; nothing is known of them. */
  readonly unread: number;
  /** Those broken in most dialogues first. */
  readonly rules: readonly BrokenRule[];
}

/** @param judgements of one judging that was given a policy, each of one dialogue */
export function summarisePolicy(judgements: readonly Pick<Judgement, 'breaches'>[]): PolicySummary {
  const rules = new Map<string, BrokenRule>();
  for (const { breaches } of judgements) {
    for (const [rule, { quote }] of byRule(breaches ?? [])) {
      const known = rules.get(rule) ?? { rule, dialogues: 0, quote };
      rules.set(rule, { ...known, dialogues: known.dialogues + 1 });
    }
  }
  return {
    dialogues: judgements.length,
    broken: judgements.filter(({ breaches }) => (breaches?.length ?? 0) > 0).length,
    unread: judgements.filter(({ breaches }) => breaches === null).length,
    rules: [...rules.values()].sort(
      (a, b) => b.dialogues - a.dialogues || a.rule.localeCompare(b.rule),
    ),
  };
}

/** The first breach of each rule in a dialogue; rules copied with other white space are the same. */
function byRule(breaches: readonly PolicyBreach[]): Map<string, PolicyBreach> {
  const named = breaches.map(
    (breach) => [breach.rule.replace(/\s+/g, ' ').trim(), breach] as const,
  );
  return new Map(named.reverse());
}

/** @param policy the name of its file */
export function renderPolicy(policy: string, summary: PolicySummary): string[] {
  const { dialogues, broken, unread, rules } = summary;
  const range =
    dialogues === 0 ? '' : ` (${percentRange(broken / dialogues, (broken + unread) / dialogues)})`;
  return [
    `Policy ${onOneLine(policy)}, beside the rates above and no part of them:`,
    `  ${broken} of ${dialogues} dialogues break a rule${range}; ${unread} could not be read against it`,
    ...rules.flatMap(({ rule, dialogues: count, quote }) => [
      `  ${count} × ${onOneLine(rule)}`,
      `      "${onOneLine(quote)}"`,
    ]),
  ];
}
