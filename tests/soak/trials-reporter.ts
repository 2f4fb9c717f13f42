import type { Reporter, TestModule } from 'vitest/node';
import { renderTrials, type Trials } from './trials.js';

declare module 'vitest' {
  interface TaskMeta {
    /** What a test has tried, a row of the table. */
    trials?: Trials;
  }
}

/** Prints one table of all that was tried, whichever files it was tried in. */
export class TrialsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const rows = modules
      .toSorted((a, b) => a.moduleId.localeCompare(b.moduleId))
      .flatMap(({ children }) => [...children.allTests()])
      .flatMap((test) => test.meta().trials ?? []);
    if (rows.length > 0) console.log(renderTrials(rows));
  }
}
