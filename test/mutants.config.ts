/** How Stryker runs the unit tests: those beside the code that it changes, and the properties of that folder. */
import { defineConfig } from 'vitest/config'
import type { Reporter, Vitest } from 'vitest/node'

const folder = process.env.FOLDER ?? '{policy,consent,gate}'
const tests = process.env.TESTS ?? '*'

/** Stryker asks tests only how they ended: a file that a mutant keeps from loading has none, and would count as content. */
function noticeFilesThatFail(): Reporter {
  let vitest: Vitest
  return {
    onInit(started) {
      vitest = started
    },
    onTestModuleEnd(file) {
      if (file.state() === 'failed' && file.children.allTests('failed').next().done)
        vitest.state.catchError(new Error(`${file.moduleId} could not be loaded`), 'Loading')
    },
  }
}

export default defineConfig({
  oxc: { jsx: { runtime: 'classic', pragma: 'h', pragmaFrag: 'Fragment', development: false } },
  test: {
    include: [`packages/portti/src/${folder}/${tests}.test.ts`, `test/properties/${folder}*.test.ts`],
    environment: 'node',
    testTimeout: 60_000,
    env: { TRIES: '0.05' },
    reporters: [noticeFilesThatFail()],
  },
})
