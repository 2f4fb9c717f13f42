import type { Reporter, TestModule } from 'vitest/node';
import { renderFaults, type FaultRow } from './fault-table.js';
import { renderTrials, type Trials } from './trials.js';

declare module 'vitest' {
  interface TaskMeta {
    /** What a test has tried, a row of the table. */
    trials?: Trials;
    /** What befell workers, a row of another. */
    faults?: FaultRow;
  }
}

/** Prints tables of all that was tried, whichever files it was tried in. */
export class TrialsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const metas = modules
      .toSorted((a, b) => a.moduleId.localeCompare(b.moduleId))
      .flatMap(({ children }) => [...children.allTests()])
      .map((test) => test.meta());
    const trials = metas.flatMap((meta) => meta.trials ?? []);
    if (trials.length > 0) console.log(renderTrials(trials));
    const faults = metas.flatMap((meta) => meta.faults ?? []);
    if (faults.length > 0) console.log(renderFaults(faults));
  }
}
