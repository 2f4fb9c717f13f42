import { dialogueId, type StoredDialogue } from '../store/run-record.js';
import { numberTurns } from '../transcript/transcript.js';

export type Cell = string | number | boolean | null;
export type TableRow = Readonly<Record<string, Cell>>;

export interface Column {
  readonly name: string;
  readonly type: 'STRING' | 'INT32' | 'BOOLEAN';
  readonly nullable?: boolean;
}

/** Rows of a run for other programs; `run` and `dialogue` join the tables, `turn` the turns. */
export interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
  rows(run: string, judging: string, dialogue: StoredDialogue): TableRow[];
}

const KEYS: readonly Column[] = [
  { name: 'run', type: 'STRING' },
  { name: 'dialogue', type: 'STRING' },
  { name: 'scenario', type: 'STRING' },
  { name: 'agent', type: 'STRING' },
  { name: 'repeat', type: 'INT32' },
];

/** Of the attempts that count. */
export const TURNS: Table = {
  name: 'turns',
  columns: [
    ...KEYS,
    { name: 'turn', type: 'INT32' },
    { name: 'role', type: 'STRING' },
    { name: 'text', type: 'STRING' },
    { name: 'actions', type: 'STRING', nullable: true },
    { name: 'fault', type: 'STRING', nullable: true },
  ],
  rows: (run, _judging, dialogue) =>
    numberTurns(dialogue.attempt?.turns ?? []).map(({ number, role, text, actions, fault }) => ({
      ...keysOf(run, dialogue),
      ...{ turn: number, role, text },
      actions: actions ? JSON.stringify(actions) : null,
      fault: fault ?? null,
    })),
};

export const VERDICTS: Table = {
  name: 'verdicts',
  columns: [
    ...KEYS,
    { name: 'judging', type: 'STRING' },
    { name: 'standing', type: 'STRING' },
    { name: 'hazard', type: 'STRING', nullable: true },
    { name: 'hard_negative', type: 'BOOLEAN' },
    { name: 'failure_mode', type: 'STRING' },
    { name: 'outcome', type: 'STRING' },
    { name: 'severity', type: 'STRING' },
    { name: 'primary', type: 'BOOLEAN' },
    { name: 'turn', type: 'INT32', nullable: true },
    { name: 'quotes', type: 'STRING' },
    { name: 'jurors', type: 'STRING' },
  ],
  rows: (run, judging, dialogue) => {
    const { attempt, verdicts = [] } = dialogue;
    if (!attempt) return [];
    const { standing, hazard, hardNegative } = attempt;
    const beside = { ...keysOf(run, dialogue), judging, standing, hazard };
    return verdicts.map(({ failureMode, outcome, severity, primary, turn, quotes, jurors }) => ({
      ...beside,
      hard_negative: hardNegative,
      failure_mode: failureMode,
      ...{ outcome, severity, primary, turn },
      quotes: JSON.stringify(quotes),
      jurors: JSON.stringify(jurors),
    }));
  },
};

function keysOf(run: string, dialogue: StoredDialogue): TableRow {
  const { scenario, agent, repeat } = dialogue;
  return { run, dialogue: dialogueId(dialogue), scenario, agent, repeat };
}
