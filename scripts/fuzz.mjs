/** Runs the long search (`test/fuzz/long-search.ts`); it is one file, so that its coverage can be counted. */
import { runTypeScript } from './run-typescript.mjs'

await runTypeScript('test/fuzz/long-search.ts', 'reports/fuzz.mjs')
