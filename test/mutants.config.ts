/** How Stryker runs the unit tests: those of the folder whose code it changes, and the properties. */
import { defineConfig } from 'vitest/config'

const folder = process.env.FOLDER ?? '{policy,consent,gate}'

export default defineConfig({
  oxc: { jsx: { runtime: 'classic', pragma: 'h', pragmaFrag: 'Fragment', development: false } },
  test: {
    include: [`packages/portti/src/${folder}/**/*.test.{ts,tsx}`, `test/properties/${folder}*.test.ts`],
    environment: 'node',
    testTimeout: 60_000,
    env: { RUNS: '0.1' },
  },
})
