import type { ChildProcess } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Driver, Launch, LaunchOptions } from './launch-options.ts'
import { freePort } from './processes.ts'
import { until } from './until.ts'
import { httpSend } from './webdriver.ts'

/** Shrinks the browser's toolbar, which otherwise keeps the window wider than a phone. */
const NARROW_TOOLBAR = '* { min-width: 0; padding: 0; margin: 0; border-width: 0; font-size: 1px; }'

/** Starts a display, without which a session never opens, and WebKitWebDriver, which finds MiniBrowser itself. */
export async function startWebKit({ options, folder, processes }: Launch): Promise<Driver> {
  const screen = ['-screen', '0', '1920x1200x24', '-nolisten', 'tcp']
  const display = await displayName(processes.start('Xvfb', ['-displayfd', '3', ...screen]))
  const settings = join(folder, '.config/gtk-3.0')
  mkdirSync(settings, { recursive: true })
  writeFileSync(join(settings, 'settings.ini'), gtkSettings(options))
  writeFileSync(join(settings, 'gtk.css'), NARROW_TOOLBAR)
  const port = await freePort()
  const env = {
    DISPLAY: display,
    HOME: folder,
    XDG_RUNTIME_DIR: folder,
    NO_AT_BRIDGE: '1',
    // Of a locale such as C.UTF-8 it makes the language "C", which no Intl takes; of C it makes en-US.
    LC_ALL: 'C',
  }
  processes.start('WebKitWebDriver', ['--host=127.0.0.1', `--port=${port}`], env)
  const send = httpSend(port)
  await until(() => send('GET', '/status'), 'WebKitWebDriver')
  const wanted = {
    acceptInsecureCerts: true,
    browserName: 'MiniBrowser',
    'webkitgtk:browserOptions': { args: browserArguments(options) },
  }
  return { send, session: { capabilities: { alwaysMatch: wanted } } }
}

/** The proxy is MiniBrowser's own option: through WebDriver's proxy capability untrusted certificates are refused. */
function browserArguments({ world, dark, cookies, thirdPartyCookies }: LaunchOptions): string[] {
  const policy = cookies === false ? 'never' : thirdPartyCookies === false ? 'no-third-party' : 'always'
  const args = ['--automation', `--proxy=socks5://127.0.0.1:${world.port}`, `--cookies-policy=${policy}`]
  return dark ? [...args, '--dark-mode'] : args
}

function gtkSettings({ dark, reducedMotion, forcedColors }: LaunchOptions): string {
  return `[Settings]
gtk-theme-name=${forcedColors ? 'HighContrast' : 'Adwaita'}
gtk-application-prefer-dark-theme=${dark ? 1 : 0}
gtk-enable-animations=${reducedMotion ? 0 : 1}
`
}

/** Xvfb picks a display that is free and writes its number. */
function displayName(xvfb: ChildProcess): Promise<string> {
  return new Promise((done, fail) => {
    let written = ''
    xvfb.on('exit', () => fail(new Error('Xvfb ended before it had a display')))
    xvfb.stdio[3]?.on('data', (chunk: Buffer) => {
      written += chunk.toString()
      if (written.includes('\n')) done(`:${written.trim()}`)
    })
  })
}
