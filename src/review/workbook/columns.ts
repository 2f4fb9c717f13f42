/** Headings by which columns are found again, wherever somebody has moved them. */
export const TRANSCRIPT_COLUMNS = ['Dialogue', 'Turn', 'Speaker', 'Words'] as const;

export const LABEL_COLUMNS = [
  'Dialogue',
  'Unsafe',
  'Failure mode',
  'Turn',
  'Severity',
  'Comment',
] as const;

export const PAIR_COLUMNS = [
  'Pair',
  'The agent said',
  'First',
  'Second',
  'Preferred',
  'First, 1 to 5',
  'Second, 1 to 5',
  'Comment',
] as const;

export const KEY_COLUMNS = ['Code', 'Transcript', 'Shown'] as const;
