import { defineConfig } from 'vitest/config';

/** Packages are read from their sources in unit tests; the conformance tests run what was built. */
const sources = {
  resolve: { conditions: ['@gatewright/source'], externalConditions: ['@gatewright/source'] },
};

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        ssr: sources,
        test: { name: 'unit', include: ['packages/*/src/**/*.test.ts'], setupFiles: ['./vitest.setup.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'conformance',
          include: ['conformance/**/*.test.ts'],
          setupFiles: ['./conformance/harness/setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
