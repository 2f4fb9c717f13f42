import { MatrixError } from '../errors.js';
import { onOneLine } from '../printable.js';
import { numberTurns, type Turn } from '../transcript/transcript.js';
import type { Terminal } from './terminal.js';

/** Thrown out of a dialogue whose last line the person takes back. */
export class Undo extends MatrixError {
  constructor() {
    super('the last line was taken back', { mend: 'Say it again.' });
  }
}

export interface PersonAtTerminal {
  readonly terminal: Terminal;
  readonly role: Turn['role'];
  /** What `/facts` shows. */
  readonly card: readonly string[];
  /** False where the other side keeps a state that cannot be taken back. */
  readonly canUndo: boolean;
  /** Lines said so far; on a repetition after an undo they are said again unasked. */
  readonly said: string[];
}

const HELP = '/facts shows your card, /undo takes your last line back, /end ends the call';

/** The person's next line; undefined where the person ends the call. @throws Undo */
export async function nextLine(
  { terminal, role, card, canUndo, said }: PersonAtTerminal,
  turns: readonly Turn[],
): Promise<string | undefined> {
  const before = said[turns.filter((turn) => turn.role === role).length];
  if (before !== undefined) return before;
  showLast(terminal, turns);
  for (;;) {
    const line = (await terminal.ask(`${String(turns.length + 1).padStart(4)}  ${role}  `))?.trim();
    if (line === undefined || line === '/end') return undefined;
    if (line === '/undo' && canUndo && said.length > 0) {
      said.pop();
      throw new Undo();
    }
    if (line === '/facts') terminal.print(card);
    else if (line === '/undo') terminal.print([whyNoUndo(canUndo)]);
    else if (line.startsWith('/') || line === '') terminal.print([HELP]);
    else {
      said.push(line);
      return line;
    }
  }
}

function whyNoUndo(canUndo: boolean): string {
  return canUndo
    ? 'nothing to take back yet'
    : 'this agent keeps a state of its own, so nothing can be taken back';
}

function showLast(terminal: Terminal, turns: readonly Turn[]): void {
  const last = numberTurns(turns).at(-1);
  if (!last) return;
  const actions = (last.actions ?? []).map(({ type }) => ` [${type}]`).join('');
  terminal.print([
    `${String(last.number).padStart(4)}  ${last.role}  ${onOneLine(last.text)}${actions}`,
  ]);
}
