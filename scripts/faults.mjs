/** Runs the fault course; the words after `npm run faults --` go to it. See test/faults/README.md. */
import { runTypeScript } from './run-typescript.mjs'

process.env.ENGINE = 'chromium'
await runTypeScript('test/faults/main.ts', 'test/faults/dist/faults.mjs')
