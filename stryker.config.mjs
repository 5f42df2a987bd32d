/**
 * Mutation testing of what decides: `npm run mutants` (see CONTRIBUTING). `scripts/mutants.mjs` says by FOLDER and TESTS which
 * tests a mutant meets: those beside its file and the properties of its folder.
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
  // A page that another piece of work keeps busy is no mutant that hangs.
  timeoutFactor: 3,
  disableTypeChecks: '{packages,test}/**/*.{ts,tsx}',
  allowEmpty: true,
}
