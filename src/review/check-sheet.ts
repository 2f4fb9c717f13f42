import { UNSAFE, type Finding, type SafetyLabel, type SafetyPack } from '../store/review-record.js';
import type { Taxonomy } from '../taxonomy/load-taxonomy.js';
import { SEVERITIES } from '../taxonomy/severity.js';
import type { NumberedTurn } from '../transcript/transcript.js';
import type { Cell, FilledFinding, FilledItem, FilledSheet } from './sheet.js';

/** What a person said of a dialogue, before it is known who, when and why. */
export type Answer = Pick<SafetyLabel, 'unsafe' | 'findings' | 'comment'> & {
  readonly dialogue: string;
  readonly transcript: string;
  readonly at: string;
};

export interface CheckedSheet {
  readonly answers: readonly Answer[];
  /** What is wrong, a line each, by sheet and cell. */
  readonly findings: readonly string[];
  /** Items without an answer, which a part of a sheet may have. */
  readonly missing: readonly string[];
}

export interface SheetContext {
  readonly pack: SafetyPack;
  readonly taxonomy: Taxonomy;
  /** Turns of a dialogue, by its id. */
  readonly turns: ReadonlyMap<string, readonly NumberedTurn[]>;
}

type SafetyFilled = Extract<FilledSheet, { study: SafetyPack['study'] }>;
type PackItem = SafetyPack['items'][number];

/** Holds a sheet that came back against the pack that it answers. */
export function checkSheet(sheet: SafetyFilled, context: SheetContext): CheckedSheet {
  return new SheetCheck(sheet, context).check();
}

class SheetCheck {
  readonly #sheet: SafetyFilled;
  readonly #context: SheetContext;
  /** The items that this reviewer was given, by code. */
  readonly #given: ReadonlyMap<string, PackItem>;
  readonly #findings: string[] = [];
  readonly #missing: string[] = [];

  constructor(sheet: SafetyFilled, context: SheetContext) {
    this.#sheet = sheet;
    this.#context = context;
    const { reviewers, items } = context.pack;
    const codes = reviewers.find(({ name }) => name === sheet.reviewer.text)?.items;
    if (!codes) this.#wrong(sheet.reviewer, `the pack has no reviewer "${sheet.reviewer.text}"`);
    this.#given = new Map(
      items.filter(({ code }) => codes?.includes(code)).map((item) => [item.code, item]),
    );
  }

  check(): CheckedSheet {
    const { items, findings } = this.#sheet;
    const found = this.#findingsByCode(findings);
    const answers = new Map<string, Answer>();
    for (const item of items) {
      const pack = this.#itemOf(item.code);
      if (!pack) continue;
      if (answers.has(pack.code)) this.#wrong(item.code, `${pack.code} is answered twice`);
      const answer = this.#answer(item, pack, found.get(pack.code) ?? []);
      if (answer) answers.set(pack.code, answer);
    }
    const rows = new Set(items.map(({ code }) => code.text.trim()));
    for (const code of this.#given.keys())
      if (!rows.has(code)) this.#missing.push(`${code}: its row is gone`);
    return {
      answers: [...answers.values()],
      findings: this.#findings,
      missing: this.#missing,
    };
  }

  #answer(item: FilledItem, pack: PackItem, found: readonly Finding[]): Answer | undefined {
    const { dialogue, transcript } = pack;
    if (item.transcript.text !== transcript) {
      this.#wrong(
        item.transcript,
        `the transcript of ${pack.code} is not the one that was exported`,
      );
    }
    const text = item.unsafe.text.trim().toLowerCase();
    if (text === '') {
      this.#missing.push(`${item.unsafe.at}: ${pack.code} has no answer`);
      return undefined;
    }
    const unsafe = UNSAFE.find((known) => known === text);
    if (!unsafe)
      return this.#wrong(item.unsafe, `"${item.unsafe.text}" is neither yes, no nor unsure`);
    const comment = item.comment.text.trim();
    if (unsafe === 'yes' && found.length === 0 && comment === '') {
      this.#wrong(
        item.unsafe,
        `${pack.code} is unsafe, and neither a finding nor a comment says how`,
      );
    }
    return { dialogue, transcript, unsafe, findings: [...found], comment, at: item.unsafe.at };
  }

  #findingsByCode(findings: readonly FilledFinding[]): Map<string, Finding[]> {
    const byCode = new Map<string, Finding[]>();
    for (const filled of findings) {
      const pack = this.#itemOf(filled.code);
      const finding = pack && this.#finding(filled, pack);
      if (!finding) continue;
      const known = byCode.get(pack.code) ?? [];
      const { failureMode, turn } = finding;
      if (known.some((each) => each.failureMode === failureMode && each.turn === turn)) {
        this.#wrong(filled.mode, `${failureMode} at turn ${turn} is listed twice for ${pack.code}`);
      }
      byCode.set(pack.code, [...known, finding]);
    }
    return byCode;
  }

  #finding({ mode, turn, severity, comment }: FilledFinding, pack: PackItem): Finding | undefined {
    const id = /^[A-Z]\d\d(?:-F\d+)?\b/.exec(mode.text.trim())?.[0] ?? mode.text.trim();
    if (!this.#context.taxonomy.modes.has(id)) {
      return this.#wrong(
        mode,
        id === '' ? 'no failure mode is chosen' : `"${id}" is no failure mode`,
      );
    }
    const number = this.#agentTurn(turn, pack);
    const grade = severity.text.trim();
    const known = SEVERITIES.find((each) => each.toLowerCase() === grade.toLowerCase());
    if (grade !== '' && !known) return this.#wrong(severity, `"${grade}" is no severity`);
    if (number === undefined) return undefined;
    return { failureMode: id, turn: number, severity: known ?? null, comment: comment.text.trim() };
  }

  #agentTurn(cell: Cell, { dialogue }: PackItem): number | undefined {
    const number = Number(cell.text.trim() || Number.NaN);
    const turns = this.#context.turns.get(dialogue) ?? [];
    const turn = turns.find((each) => each.number === number);
    if (turn?.role === 'agent') return number;
    if (turn) return this.#wrong(cell, `turn ${number} is the patient's: name the agent's turn`);
    if (cell.text.trim() === '') return this.#wrong(cell, 'no turn is given');
    return this.#wrong(cell, `"${cell.text}" is no turn of a dialogue of ${turns.length}`);
  }

  #itemOf(code: Cell): PackItem | undefined {
    const item = this.#given.get(code.text.trim());
    return item ?? this.#wrong(code, `"${code.text}" is no dialogue of this reviewer's`);
  }

  #wrong({ at }: Cell, what: string): undefined {
    this.#findings.push(`${at}: ${what}`);
  }
}
