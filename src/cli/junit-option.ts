import { Option } from 'commander';
import { UNDECIDED } from '../report/junit.js';

export const JUNIT_OPTION = [
  '--junit <file>',
  'write a test case a dialogue, as JUnit XML',
] as const;

export function junitUndecidedOption(): Option {
  const what = 'with --junit: a case of which something Major is undecided (default: fail)';
  return new Option('--junit-undecided <how>', what).choices(UNDECIDED);
}
