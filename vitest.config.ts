import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    testTimeout: 60_000,
    environment: 'node',
    // Files of one worker share what they load: scenarios, vectors, phrases and the libraries.
    isolate: false,
    env: { NO_COLOR: '1' },
  },
});
