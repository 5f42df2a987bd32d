/**
 * Mutation testing of what decides: `npm run mutants` (see CONTRIBUTING). `scripts/mutants.mjs` sets FOLDER, so that a mutant
 * meets the tests of its own folder and the properties, and not all the others.
 */
export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'test/mutants.config.ts', related: false },
  coverageAnalysis: 'perTest',
  concurrency: 2,
  incremental: true,
  incrementalFile: 'reports/mutants/all.json',
  reporters: [],
  tempDirName: '.stryker-tmp',
  ignorePatterns: ['/.vite', '/demo', '/docs', '/test/browser', '/test/shots', 'dist', 'reports', '*.tgz'],
  timeoutMS: 10_000,
  disableTypeChecks: '{packages,test}/**/*.{ts,tsx}',
  allowEmpty: true,
}
