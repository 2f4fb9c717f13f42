import type { ModeVerdict } from '../judge/verdict.js';
import type { Attempt, StoredDialogue } from '../store/run-record.js';
import type { Taxonomy } from '../taxonomy/load-taxonomy.js';
import type { Severity } from '../taxonomy/severity.js';
import type { SpeechFault, Standing } from '../transcript/transcript.js';
import { addFinding, noFindings, type Findings, type FindingsBySeverity } from './findings.js';
import { MishearingTally, type MishearingSummary } from './mishearing-tally.js';
import { outcomeOf } from '../judge/dialogue-outcome.js';
import { ownVerdicts } from '../runs/judging/own-verdicts.js';
import { RepeatTally, type RepeatRange } from './repeats.js';
import {
  emptyCounts,
  emptyTally,
  modeRate,
  unsafeRange,
  type ModeRate,
  type UnsafeRange,
} from './tally.js';

/** One row of an agent's table: its hazard over all modes, and over those the judge can check. */
export interface HazardRow {
  readonly hazard: string;
  readonly hardNegatives: boolean;
  readonly all: UnsafeRange;
  readonly checked: UnsafeRange;
  readonly checkedModes: number;
  readonly modes: number;
}

export interface AgentSummary {
  readonly agent: string;
  readonly hazards: readonly HazardRow[];
  /** Over every mode that applies, cross-cutting ones too. */
  readonly any: UnsafeRange;
  readonly modes: readonly ({ readonly failureMode: string } & ModeRate)[];
  readonly standings: Readonly<Record<Standing, number>>;
  /** Share of undetermined among the applicable verdicts; null where nothing was judged. */
  readonly undetermined: number | null;
  /** Over the modes that the judge can check; undefined where nothing was repeated. */
  readonly repeats: RepeatRange | undefined;
  /** Injected faults that took effect, and those that did not; none for real agents. */
  readonly faults: { readonly realised: Record<string, number>; readonly unrealised: number };
  readonly failuresBySeverity: Partial<Record<Severity, number>>;
  /** What a gate on severity asks after. */
  readonly findings: FindingsBySeverity;
  /** Turns of the agent, and those among them that came empty, cut off, refused or filtered. */
  readonly turns: number;
  readonly faultyTurns: Readonly<Partial<Record<SpeechFault, number>>>;
  /** Undefined for dialogues that recorded nothing of how the patient heard. */
  readonly mishearings: MishearingSummary | undefined;
  /** Dialogues of which modes were not assessed, because the agent was never told the required items. */
  readonly untoldItems: number;
  /** By message, how often a dialogue ended in an error. */
  readonly errors: Readonly<Record<string, number>>;
}

interface TallyContext {
  readonly taxonomy: Taxonomy;
  readonly decides: ReadonlySet<string>;
  readonly repeats: number;
}

export class AgentTally {
  readonly #name: string;
  readonly #context: TallyContext;
  readonly #rows = new Map<
    string,
    { all: ReturnType<typeof emptyTally>; checked: ReturnType<typeof emptyTally> }
  >();
  readonly #any = emptyTally();
  readonly #modes = new Map<string, ReturnType<typeof emptyCounts>>();
  readonly #standings = { valid: 0, 'not-exposed': 0, invalid: 0, incomplete: 0 };
  readonly #repeats = new RepeatTally();
  readonly #mishearings = new MishearingTally();
  readonly #realised: Record<string, number> = {};
  #unrealised = 0;
  /** A map, since messages are the words of others: one may be called `constructor`. */
  readonly #errors = new Map<string, number>();
  #untoldItems = 0;
  #turns = 0;
  readonly #faulty: Partial<Record<SpeechFault, number>> = {};
  readonly #severities: Partial<Record<Severity, number>> = {};
  readonly #findings: Partial<Record<Severity, Findings>> = {};

  constructor(name: string, context: TallyContext) {
    this.#name = name;
    this.#context = context;
  }

  add({ scenario, attempt, verdicts }: StoredDialogue): void {
    if (!attempt) return;
    this.#standings[attempt.standing] += 1;
    this.#countTurns(attempt);
    if (attempt.toldItems === false && verdicts) this.#untoldItems += 1;
    const { error } = attempt;
    if (error != null) this.#errors.set(error, (this.#errors.get(error) ?? 0) + 1);
    for (const { failureMode } of attempt.realisedFaults) {
      this.#realised[failureMode] = (this.#realised[failureMode] ?? 0) + 1;
    }
    this.#unrealised += attempt.unrealisedFaults;
    const own = ownVerdicts({ attempt, verdicts }, this.#context.taxonomy);
    const decided = own.filter(({ failureMode }) => this.#context.decides.has(failureMode));
    this.#mishearings.add(attempt, decided);
    verdicts?.forEach((verdict) => this.#count(verdict));
    if (verdicts && verdicts.length > 0) this.#any[outcomeOf(verdicts)] += 1;
    if (own.length === 0) return;
    const row = this.#row(attempt.hazard ?? 'none', attempt.hardNegative);
    row.all[outcomeOf(own)] += 1;
    const checked = outcomeOf(decided);
    row.checked[checked] += 1;
    this.#repeats.add(scenario, checked);
  }

  summary(): AgentSummary {
    const modes = [...this.#modes].map(([failureMode, counts]) => ({
      failureMode,
      ...modeRate(counts),
    }));
    const undetermined = sum(modes.map((mode) => mode.undetermined));
    const applicable =
      undetermined + sum(modes.map((mode) => mode.fail + mode.pass + mode.needsReview));
    return {
      agent: this.#name,
      hazards: [...this.#rows]
        .sort(([a], [b]) => a.localeCompare(b))
        .map(([key, { all, checked }]) => {
          const hazard = key.replace(/-N$/, '');
          const of = this.#modesOf(hazard);
          return {
            hazard,
            hardNegatives: key.endsWith('-N'),
            all: unsafeRange(all),
            checked: unsafeRange(checked),
            checkedModes: of.filter((id) => this.#context.decides.has(id)).length,
            modes: of.length,
          };
        }),
      any: unsafeRange(this.#any),
      modes: modes.sort((a, b) => a.failureMode.localeCompare(b.failureMode)),
      standings: this.#standings,
      undetermined: applicable === 0 ? null : undetermined / applicable,
      repeats: this.#repeats.range(this.#context.repeats),
      faults: { realised: this.#realised, unrealised: this.#unrealised },
      failuresBySeverity: this.#severities,
      findings: this.#findings,
      mishearings: this.#mishearings.summary(),
      untoldItems: this.#untoldItems,
      errors: Object.fromEntries(this.#errors),
      turns: this.#turns,
      faultyTurns: this.#faulty,
    };
  }

  #countTurns({ turns = [] }: Partial<Pick<Attempt, 'turns'>>): void {
    for (const { role, fault } of turns) {
      if (role !== 'agent') continue;
      this.#turns += 1;
      if (fault) this.#faulty[fault] = (this.#faulty[fault] ?? 0) + 1;
    }
  }

  #row(hazard: string, hardNegative: boolean) {
    const key = hardNegative ? `${hazard}-N` : hazard;
    const row = this.#rows.get(key) ?? { all: emptyTally(), checked: emptyTally() };
    this.#rows.set(key, row);
    return row;
  }

  #count(verdict: ModeVerdict): void {
    const { failureMode, outcome, primary, severity } = verdict;
    addFinding((this.#findings[severity] ??= noFindings()), verdict);
    const counts = this.#modes.get(failureMode) ?? emptyCounts();
    this.#modes.set(failureMode, counts);
    if (outcome === 'fail' && !primary) counts.secondary += 1;
    else if (outcome === 'needs-review') counts.needsReview += 1;
    else if (outcome === 'not-applicable') counts.notApplicable += 1;
    else counts[outcome] += 1;
    if (outcome === 'fail' && primary)
      this.#severities[severity] = (this.#severities[severity] ?? 0) + 1;
  }

  #modesOf(hazard: string): string[] {
    return (
      this.#context.taxonomy.hazards.find(({ id }) => id === hazard)?.modes.map(({ id }) => id) ??
      []
    );
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
