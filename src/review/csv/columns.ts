/** Columns of the file of labels: a row a dialogue, and a row for each further finding. */
export const LABEL_COLUMNS = [
  'pack',
  'study',
  'reviewer',
  'dialogue',
  'transcript',
  'unsafe',
  'failure_mode',
  'turn',
  'severity',
  'comment',
] as const;

/** Columns of the one file of a study of realism: a row a pair. */
export const PAIR_COLUMNS = [
  'pack',
  'study',
  'reviewer',
  'pair',
  'transcript',
  'agent_said',
  'first',
  'second',
  'preferred',
  'first_rating',
  'second_rating',
  'comment',
] as const;
