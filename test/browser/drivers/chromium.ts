import type { Driver, Launch } from './launch-options.ts'
import { freePort } from './processes.ts'
import { until } from './until.ts'
import { httpSend } from './webdriver.ts'

const ARGUMENTS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Otherwise an http: page may be fetched as https:.
  '--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable',
  // Otherwise localhost is reached past the proxy.
  '--proxy-bypass-list=<-loopback>',
]

/** Starts chromedriver, which finds the system's Chromium itself. */
export async function startChromium({ options, size, folder, processes }: Launch): Promise<Driver> {
  const port = await freePort()
  processes.start('chromedriver', [`--port=${port}`])
  const send = httpSend(port)
  await until(() => send('GET', '/status'), 'chromedriver')
  return { send, session: { capabilities: { alwaysMatch: { acceptInsecureCerts: true, ...browser() } } } }

  function browser(): object {
    const args = [
      ...ARGUMENTS,
      `--user-data-dir=${folder}`,
      `--window-size=${size.join(',')}`,
      `--proxy-server=socks5://127.0.0.1:${options.world.port}`,
    ]
    // Third-party cookies are blocked by default here: 0 lets them in, 1 keeps them out.
    const prefs: Record<string, number> = {
      'profile.cookie_controls_mode': options.thirdPartyCookies === false ? 1 : 0,
    }
    if (options.cookies === false) prefs['profile.default_content_setting_values.cookies'] = 2
    return { browserName: 'chrome', 'goog:chromeOptions': { args, prefs } }
  }
}
