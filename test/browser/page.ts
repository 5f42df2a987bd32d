/** One browser with its tabs, driven from Node. */
import { writeFileSync } from 'node:fs'
import { isJson, readList, readText } from './drivers/json.ts'
import { type Key, keyCode } from './drivers/keys.ts'
import type { LaunchOptions, MediaFeatures } from './drivers/launch-options.ts'
import { type Size, sendGpcFromChromium, setMedia, setSize } from './drivers/surroundings.ts'
import { until } from './drivers/until.ts'
import type { Send } from './drivers/webdriver.ts'
import type { Engine } from './engines.ts'
import { type Cookie, readStorage, type StorageSnapshot } from './storage-snapshot.ts'

/** What the launch hands over. */
export interface Session {
  readonly engine: Engine
  readonly options: LaunchOptions
  readonly size: Size
  readonly send: Send
  readonly runInBrowser: ((script: string) => Promise<unknown>) | undefined
  end(): Promise<void>
}

/** Names a tab until it is closed. */
export type Tab = string

/** WebDriver's name for the reference of an element. */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf'
/** Walks down a selector; ` >>> ` steps into an open shadow root. */
const FIND = `return arguments[0].split(' >>> ').reduce((found, part, step) =>
  found && (step ? found.shadowRoot : found)?.querySelector(part), document)`

export class Page {
  readonly engine: Engine
  /** Any WebDriver command, for what has no method here. */
  readonly send: Send
  readonly #session: Session
  #size: Size
  #media: MediaFeatures

  constructor(session: Session) {
    this.engine = session.engine
    this.send = session.send
    this.#session = session
    this.#size = session.size
    this.#media = session.options
  }

  /** Ends the browser and removes its profile. */
  close(): Promise<void> {
    return this.#session.end()
  }

  /** Whether the browser still answers: an engine that crashes takes its session along. */
  isAlive(): Promise<boolean> {
    return this.url().then(
      () => true,
      () => false,
    )
  }

  async goto(url: string): Promise<void> {
    await this.send('POST', '/url', { url })
  }

  async url(): Promise<string> {
    return readText(await this.send('GET', '/url'), 'address')
  }

  async reload(): Promise<void> {
    await this.send('POST', '/refresh')
  }

  async back(): Promise<void> {
    await this.send('POST', '/back')
  }

  async forward(): Promise<void> {
    await this.send('POST', '/forward')
  }

  /** Runs a function in the page, which can name nothing outside itself; a promise that it returns is waited for. */
  eval<A extends unknown[], R>(run: (...args: A) => R, ...args: A): Promise<Awaited<R>>
  /** Runs the text of a script, such as a whole library. */
  eval(script: string): Promise<unknown>
  eval(run: string | ((...args: never[]) => unknown), ...args: unknown[]): Promise<unknown> {
    const script = typeof run === 'string' ? run : `return (${run}).apply(null, arguments)`
    return this.send('POST', '/execute/sync', { script, args })
  }

  /** Asks the page until it answers something truthy, and returns that. */
  waitFor<A extends unknown[], R>(ask: (...args: A) => R, ...args: A): Promise<NonNullable<Awaited<R>>> {
    return until(() => this.eval(ask, ...args), String(ask), 5000)
  }

  /** Whether the selector names an element right now. */
  async has(selector: string): Promise<boolean> {
    return (await this.#find(selector)) !== undefined
  }

  /** Waits for the element that the selector names and returns its reference. */
  element(selector: string): Promise<string> {
    return until(() => this.#find(selector), selector, 5000)
  }

  /** Waits until the selector names no element. */
  async gone(selector: string): Promise<void> {
    await until(async () => !(await this.has(selector)), `${selector} to be gone`, 5000)
  }

  /** Text of the element as it is laid out. */
  async text(selector: string): Promise<string> {
    const reference = { [ELEMENT]: await this.element(selector) }
    const script = 'return arguments[0].innerText'
    return readText(await this.send('POST', '/execute/sync', { script, args: [reference] }), 'text')
  }

  /** A trusted click. */
  async click(selector: string): Promise<void> {
    await this.send('POST', `/element/${await this.element(selector)}/click`, {})
  }

  /** Types into a field. */
  async type(selector: string, text: string): Promise<void> {
    await this.send('POST', `/element/${await this.element(selector)}/value`, { text })
  }

  /** Moves the pointer onto the middle of an element. */
  async hover(selector: string): Promise<void> {
    const origin = { [ELEMENT]: await this.element(selector) }
    const move = { type: 'pointerMove', duration: 0, x: 0, y: 0, origin }
    const mouse = { type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions: [move] }
    await this.send('POST', '/actions', { actions: [mouse] })
  }

  /** Presses keys together: `press('Tab')`, `press('Shift', 'Tab')`. */
  async press(...keys: Key[]): Promise<void> {
    const codes = keys.map(keyCode)
    const down = codes.map((value) => ({ type: 'keyDown', value }))
    const up = codes.reverse().map((value) => ({ type: 'keyUp', value }))
    await this.send('POST', '/actions', { actions: [{ type: 'key', id: 'keys', actions: [...down, ...up] }] })
  }

  /** The focused element as a selector would reach it, shadow roots included: `button#yes`, or `body`. */
  focused(): Promise<string> {
    return this.eval(() => {
      const path: string[] = []
      let at = document.activeElement
      while (at) {
        path.push(at.localName + (at.id && `#${at.id}`))
        at = at.shadowRoot?.activeElement ?? null
      }
      return path.join(' >>> ')
    })
  }

  /** Role and name as the browser tells them to assistive technology. */
  async role(selector: string): Promise<readonly [role: string, name: string]> {
    const element = `/element/${await this.element(selector)}`
    const role = readText(await this.send('GET', `${element}/computedrole`), 'role')
    return [role, readText(await this.send('GET', `${element}/computedlabel`), 'name')]
  }

  /** Does something inside a frame: `eval`, `element` and `cookies` are the frame's meanwhile. */
  async inFrame<T>(selector: string, act: () => Promise<T>): Promise<T> {
    await this.send('POST', '/frame', { id: { [ELEMENT]: await this.element(selector) } })
    try {
      return await act()
    } finally {
      await this.send('POST', '/frame', { id: null })
    }
  }

  /** Opens a tab and goes on in it. */
  async newTab(): Promise<Tab> {
    const made = await this.send('POST', '/window/new', { type: 'tab' })
    const tab = readText(isJson(made) ? made.handle : undefined, 'tab')
    await this.switchTab(tab)
    await this.prepareTab()
    return tab
  }

  async currentTab(): Promise<Tab> {
    return readText(await this.send('GET', '/window'), 'tab')
  }

  async switchTab(tab: Tab): Promise<void> {
    await this.send('POST', '/window', { handle: tab })
  }

  /** Closes the tab that we are in and goes on in another. */
  async closeTab(): Promise<void> {
    const [next] = readList(await this.send('DELETE', '/window'), 'list of tabs')
    await this.switchTab(readText(next, 'tab'))
  }

  /** What the page's origin keeps. */
  storage(): Promise<StorageSnapshot> {
    return this.eval(readStorage)
  }

  /** Cookies that the page's address is sent, those included that no script can read. */
  async cookies(): Promise<readonly Cookie[]> {
    // The shape is WebDriver's own: W3C WebDriver, section 14, "serialized cookie".
    return readList(await this.send('GET', '/cookie'), 'list of cookies') as readonly Cookie[]
  }

  async setCookie(cookie: Partial<Cookie> & Pick<Cookie, 'name' | 'value'>): Promise<void> {
    await this.send('POST', '/cookie', { cookie })
  }

  /** Warnings and errors of a page that has `consoleTap()` in it. */
  async console(): Promise<readonly string[]> {
    const lines = await this.eval('return window.__consoleLines ? [...window.__consoleLines] : null')
    if (lines === null) throw new Error('the page has no consoleTap() in it')
    return readList(lines, 'list of lines').map(String)
  }

  async screenshot(file: string): Promise<void> {
    const image = readText(await this.send('GET', '/screenshot'), 'picture')
    writeFileSync(file, Buffer.from(image, 'base64'))
  }

  /** Sets the size of the viewport, in CSS pixels. */
  resize(width: number, height: number): Promise<void> {
    this.#size = [width, height]
    return setSize(this, this.#size)
  }

  /** Zooms as a visitor would, `2` is 200 %: to the page this is a smaller viewport. `1`, or `resize`, undoes it. */
  zoom(factor: number): Promise<void> {
    const [width, height] = this.#size
    return setSize(this, [Math.round(width / factor), Math.round(height / factor)])
  }

  /** Changes what the visitor's system asks of pages, all at once. WebKit takes that only at launch. */
  async mediaFeatures(media: MediaFeatures): Promise<void> {
    await setMedia(this, media)
    this.#media = media
  }

  /** Gives a new tab the size, media features and signals of the launch. */
  async prepareTab(): Promise<void> {
    await setSize(this, this.#size)
    if (this.engine !== 'chromium') return
    await setMedia(this, this.#media)
    if (this.#session.options.gpc) await sendGpcFromChromium(this)
  }

  /** A DevTools command: Chromium only. */
  cdp(cmd: string, params: object = {}): Promise<unknown> {
    return this.send('POST', '/goog/cdp/execute', { cmd, params })
  }

  /** Runs a script with the browser's own rights: Firefox only. */
  runInBrowser(script: string): Promise<unknown> {
    const run = this.#session.runInBrowser
    if (!run) throw new Error(`${this.engine} has no such thing as Firefox's chrome context`)
    return run(script)
  }

  /** Forgets the cookies of every host. WebKit has no such command: launch again. */
  async clearAllCookies(): Promise<void> {
    if (this.engine === 'chromium') await this.cdp('Network.clearBrowserCookies')
    else await this.runInBrowser('Services.cookies.removeAll()')
  }

  async #find(selector: string): Promise<string | undefined> {
    const found = await this.send('POST', '/execute/sync', { script: FIND, args: [selector] })
    return isJson(found) ? readText(found[ELEMENT], 'element') : undefined
  }
}
