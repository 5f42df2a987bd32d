/**
 * Runs every check: Biome, the type checker, then the tests of all projects. Words after `npm test --` go to vitest as
 * file filters. The last line counts; Biome and the type checker are one test each.
 */
import { spawn } from 'node:child_process'
import { startVitest } from 'vitest/node'
import { missing, packagesOf } from './engines.mjs'

const counts = { passed: 0, failed: 0, skipped: 0, pending: 0 }

for (const passed of await Promise.all([
  check('biome', 'ci', '.', '--colors=off'),
  check('tsc', '--noEmit'),
])) {
  counts[passed ? 'passed' : 'failed'] += 1
}

const vitest = await startVitest('test', process.argv.slice(2), { watch: false })
for (const module of vitest.state.getTestModules()) {
  for (const test of module.children.allTests()) counts[test.result().state] += 1
  // A file or a suite that broke before its tests: they count as skipped, the fault as failed.
  counts.failed += module.errors().length
  for (const suite of module.children.allSuites()) counts.failed += suite.errors().length
}
counts.failed += vitest.state.getUnhandledErrors().length
await vitest.close()

for (const engine of missing()) {
  console.log(
    `no ${engine} here, so none of its tests ran: apt-get install ${packagesOf([engine]).join(' ')}`,
  )
  counts[process.env.CI ? 'failed' : 'skipped'] += 1
}

if (counts.failed > 0) process.exitCode = 1
else if (process.exitCode) counts.failed = 1 // vitest found a fault that is none of the above, such as no tests at all
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped + counts.pending} skipped`)

/** Runs a tool of node_modules; its words are shown whole, and only if it has some. */
function check(tool, ...args) {
  return new Promise((done) => {
    const child = spawn(`node_modules/.bin/${tool}`, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    let words = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8')
      stream.on('data', (chunk) => {
        words += chunk
      })
    }
    child.on('error', (error) => {
      words += error.message
    })
    child.on('close', (code) => {
      console.log(`${code === 0 ? '✓' : '✗'} ${[tool, ...args].join(' ')}`)
      if (code !== 0) console.log(words)
      done(code === 0)
    })
  })
}
