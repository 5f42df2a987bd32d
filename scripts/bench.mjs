/** Runs the bench; the words after `npm run bench --` go to it. See test/bench/README.md. */
import { runTypeScript } from './run-typescript.mjs'

await runTypeScript('test/bench/main.ts', 'test/bench/dist/bench.mjs')
