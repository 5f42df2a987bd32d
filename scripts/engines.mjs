/** Which engines this machine has: each is a few programs on the path. */
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const ENGINES = {
  chromium: { programs: ['chromium', 'chromedriver'], packages: ['chromium', 'chromium-driver'] },
  firefox: { programs: ['firefox-esr'], packages: ['firefox-esr'] },
  webkit: { programs: ['WebKitWebDriver', 'Xvfb'], packages: ['webkit2gtk-driver', 'xvfb'] },
}

export function installed() {
  return Object.keys(ENGINES).filter(isInstalled)
}

export function missing() {
  return Object.keys(ENGINES).filter((engine) => !isInstalled(engine))
}

/** Names of the Debian packages that bring these engines. */
export function packagesOf(engines) {
  return engines.flatMap((engine) => ENGINES[engine].packages)
}

function isInstalled(engine) {
  return ENGINES[engine].programs.every(isOnPath)
}

function isOnPath(program) {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return folders.some((folder) => existsSync(join(folder, program)))
}
