import { defineConfig } from 'vitest/config';
import { TrialsReporter } from './tests/soak/trials-reporter.js';

/** Many more cases of what `npm test` tries a few of, and kills. */
export default defineConfig({
  test: {
    include: ['tests/soak/*.test.ts', 'tests/soak/*.soak.ts'],
    env: { SOAK_CASES: '10000' },
    testTimeout: 1_200_000,
    environment: 'node',
    globalSetup: 'tests/temporary-folder.ts',
    reporters: ['default', new TrialsReporter()],
  },
});
