/**
 * Makes Chromium, Firefox and WebKit available to the browser tests where it may: as root on a Debian-like system.
 * Elsewhere it says what to type; those tests are skipped, but in CI a missing engine is a failure.
 */
import { spawnSync } from 'node:child_process'
import { missing, packagesOf } from './engines.mjs'

const wanted = missing()
if (wanted.length > 0 && !install(packagesOf(wanted))) {
  const command = `sudo apt-get install -y --no-install-recommends ${packagesOf(wanted).join(' ')}`
  console.log(`no ${wanted.join(', no ')} on this machine. On Debian and Ubuntu, type:\n  ${command}`)
  if (process.env.CI) process.exitCode = 1
}

function install(packages) {
  if (process.getuid?.() !== 0 || !aptGet('--version')) return false
  console.log(`installing ${packages.join(' ')}`)
  return aptGet('-qq', 'update') && aptGet('-qq', 'install', '-y', '--no-install-recommends', ...packages)
}

function aptGet(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env }).status === 0
}
