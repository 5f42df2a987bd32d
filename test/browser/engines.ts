/**
 * Chromium, Firefox and WebKit behind one small page API. All three speak W3C WebDriver: chromedriver and
 * WebKitWebDriver over HTTP, Firefox over Marionette.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startChromium } from './drivers/chromium.ts'
import { startFirefox } from './drivers/firefox.ts'
import { readJson, readText } from './drivers/json.ts'
import type { Driver, Launch, LaunchOptions } from './drivers/launch-options.ts'
import { Processes } from './drivers/processes.ts'
import { startWebKit } from './drivers/webkit.ts'
import { Page } from './page.ts'

export type { LaunchOptions, MediaFeatures } from './drivers/launch-options.ts'
export { until } from './drivers/until.ts'
export type { Page } from './page.ts'

const START = {
  chromium: startChromium,
  firefox: startFirefox,
  webkit: startWebKit,
} as const satisfies Record<string, (launch: Launch) => Promise<Driver>>

export type Engine = keyof typeof START

/** The engine that this run is for, set by the vitest project. */
export const engine: Engine = readEngine(process.env.ENGINE)

/** Starts a browser with an empty profile. Take one per test file, and a host of its own per test. */
export async function launch(which: Engine, options: LaunchOptions): Promise<Page> {
  const processes = new Processes()
  const folder = mkdtempSync(join(tmpdir(), `${which}-`))
  const size = options.size ?? [1280, 900]
  const end = async () => {
    await processes.stop()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    const driver = await START[which]({ options, size, folder, processes })
    const made = readJson(await driver.send('POST', '/session', driver.session), 'session')
    const session = `/session/${readText(made.sessionId, 'session id')}`
    const page = new Page({
      engine: which,
      options,
      size,
      send: (method, path, body) => driver.send(method, session + path, body),
      runInBrowser: driver.runInBrowser,
      async end() {
        // A browser that hangs or has crashed is ended all the same.
        await driver.send('DELETE', session).catch(() => {})
        await end()
      },
    })
    await page.prepareTab()
    return page
  } catch (error) {
    await end()
    throw error
  }
}

function readEngine(name: string | undefined): Engine {
  if (name === 'chromium' || name === 'firefox' || name === 'webkit') return name
  throw new Error(`ENGINE is "${name}": run the browser tests with vitest --project chromium|firefox|webkit`)
}
