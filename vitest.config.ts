import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/compile-contracts.ts'],
    // For what hangs; a machine that is busy with other work must not make a test red.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
