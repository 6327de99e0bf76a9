import { defineConfig } from 'vitest/config'

/** The quick tests of the code that `stryker.config.json` mutates: no processes, no suites of scenarios, no random lives. */
// oxlint-disable-next-line import/no-default-export -- vitest reads nothing else
export default defineConfig({
  test: {
    include: [
      'test/contracts/{assign,judge,lifecycle,mapping,signing,signing-explanation}.test.ts',
      'test/gateway/{command-state,map-reply,match-reply,read-reply,signing}.test.ts',
      'test/scenario/match.test.ts',
    ],
    globalSetup: ['test/support/compile-contracts.ts'],
    testTimeout: 20_000,
  },
})
