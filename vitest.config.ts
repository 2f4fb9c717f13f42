import { defineConfig } from 'vitest/config';
import { TrialsReporter } from './tests/soak/trials-reporter.js';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    testTimeout: 60_000,
    environment: 'node',
    globalSetup: 'tests/temporary-folder.ts',
    reporters: ['default', new TrialsReporter()],
    // Files of one worker share what they load: scenarios, vectors, phrases and the libraries.
    isolate: false,
    env: { NO_COLOR: '1' },
  },
});
