/** Why a juror that answers from a recording abstains on what is not in it. */
export const NOT_RECORDED =
  'Not recorded: the case, its transcript or the prompt changed since, or it was never asked.';

/** A model that is a recording, and nothing else, has no answer to what it is asked. */
export class NotRecorded extends Error {
  constructor() {
    super(NOT_RECORDED);
    this.name = 'NotRecorded';
  }
}
