/** What a reference agent said in one turn, by move; a routine item is logged as `item`. */
export interface SpokenTurn {
  readonly turn: number;
  readonly moves: readonly string[];
}

/** The agent's own account of the call, from which the faults that took effect are read. */
export interface CallLog {
  readonly spoken: readonly SpokenTurn[];
  /** The patient's turn in which the agent noticed the cue. */
  readonly cueTurn: number | undefined;
  readonly itemsLeft: number;
  /** The first turn in which the script went on although identity was not confirmed. */
  readonly unheldTurn: number | undefined;
}

/** The turn in which a move was first spoken. */
export function firstTurnOf(log: CallLog, moves: readonly string[]): number | undefined {
  return log.spoken.find((turn) => turn.moves.some((move) => moves.includes(move)))?.turn;
}

/** The turn in which the last of several moves was spoken; undefined until all of them were. */
export function lastTurnOf(log: CallLog, moves: readonly string[]): number | undefined {
  const turns = log.spoken.flatMap(({ turn, moves: said }) =>
    said.filter((move) => moves.includes(move)).map(() => turn),
  );
  return turns.length < moves.length ? undefined : turns[moves.length - 1];
}
