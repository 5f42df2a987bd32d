import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Driver, Launch, LaunchOptions, MediaFeatures } from './launch-options.ts'
import { type Command, connectMarionette } from './marionette.ts'
import { until } from './until.ts'

type Preferences = Readonly<Record<string, string | number | boolean>>

const QUIET: Preferences = {
  'app.normandy.enabled': false,
  'app.update.disabledForTesting': true,
  'browser.aboutConfig.showWarning': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.page': 0,
  'datareporting.policy.dataSubmissionEnabled': false,
  'extensions.update.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'toolkit.telemetry.enabled': false,
}

/** Starts Firefox with Marionette on a port of its own choice. */
export async function startFirefox({ options, size, folder, processes }: Launch): Promise<Driver> {
  const lines = Object.entries(preferences(options)).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
  )
  writeFileSync(join(folder, 'user.js'), lines.join(''))
  const flags = ['--headless', '--marionette', '--remote-allow-system-access', '--no-remote']
  const [width, height] = size.map(String)
  const env = { HOME: folder, MOZ_HEADLESS_WIDTH: width, MOZ_HEADLESS_HEIGHT: height }
  processes.start('firefox-esr', [...flags, '--profile', folder], env)
  const portFile = join(folder, 'MarionetteActivePort')
  const port = await until(() => Number(readFileSync(portFile, 'utf8')), 'Firefox', 60_000)
  const { send, command } = await connectMarionette(port)
  return {
    send,
    session: { acceptInsecureCerts: true },
    runInBrowser: (script) => inBrowser(command, script),
  }
}

/** Preferences that follow the visitor's system; they may change while Firefox runs. */
export function mediaPreferences({ dark, reducedMotion, forcedColors }: MediaFeatures): Preferences {
  return {
    'ui.systemUsesDarkTheme': dark ? 1 : 0,
    'ui.prefersReducedMotion': reducedMotion ? 1 : 0,
    'browser.display.document_color_use': forcedColors ? 2 : 1,
  }
}

function preferences(options: LaunchOptions): Preferences {
  return {
    ...QUIET,
    ...mediaPreferences(options),
    'marionette.port': 0,
    'network.proxy.type': 1,
    'network.proxy.socks': '127.0.0.1',
    'network.proxy.socks_port': options.world.port,
    'network.proxy.socks_version': 5,
    'network.proxy.socks_remote_dns': true,
    'network.proxy.socks5_remote_dns': true,
    'network.proxy.allow_hijacking_localhost': true,
    'network.proxy.no_proxies_on': '',
    'network.cookie.cookieBehavior': cookieBehavior(options),
    'dom.security.https_first': false,
    'dom.security.https_only_mode': false,
    'privacy.globalprivacycontrol.enabled': options.gpc === true,
    'privacy.globalprivacycontrol.functionality.enabled': true,
    'accessibility.tabfocus': 7,
  }
}

/** 0 lets all in, 1 no third party's, 2 none; the default, 5, would keep third parties' apart per site. */
function cookieBehavior({ cookies, thirdPartyCookies }: LaunchOptions): number {
  if (cookies === false) return 2
  return thirdPartyCookies === false ? 1 : 0
}

async function inBrowser(command: Command, script: string): Promise<unknown> {
  await command('Marionette:SetContext', { value: 'chrome' })
  try {
    return await command('WebDriver:ExecuteScript', { script, args: [] })
  } finally {
    await command('Marionette:SetContext', { value: 'content' })
  }
}
