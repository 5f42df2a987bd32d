/** How Stryker runs the unit tests: those beside the code that it changes, and the properties of that folder. */
import { defineConfig } from 'vitest/config'

const folder = process.env.FOLDER ?? '{policy,consent,gate}'
const tests = process.env.TESTS ?? '*'

export default defineConfig({
  oxc: { jsx: { runtime: 'classic', pragma: 'h', pragmaFrag: 'Fragment', development: false } },
  test: {
    include: [`packages/portti/src/${folder}/${tests}.test.ts`, `test/properties/${folder}*.test.ts`],
    environment: 'node',
    testTimeout: 60_000,
    env: { TRIES: '0.05' },
  },
})
