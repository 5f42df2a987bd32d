/** Marionette, Firefox's own socket with the commands of WebDriver, so that no geckodriver is needed. */
import net from 'node:net'
import { isJson, readJson } from './json.ts'
import { until } from './until.ts'
import type { Send } from './webdriver.ts'

export type Command = (name: string, parameters?: object) => Promise<unknown>

/** WebDriver's routes as commands; what the brackets match is the parameter `id`. */
const ROUTES: readonly (readonly [method: string, route: RegExp, command: string])[] = [
  ['POST', /^\/session$/, 'NewSession'],
  ['DELETE', /^$/, 'DeleteSession'],
  ['POST', /^\/url$/, 'Navigate'],
  ['GET', /^\/url$/, 'GetCurrentURL'],
  ['POST', /^\/refresh$/, 'Refresh'],
  ['POST', /^\/back$/, 'Back'],
  ['POST', /^\/forward$/, 'Forward'],
  ['POST', /^\/execute\/sync$/, 'ExecuteScript'],
  ['GET', /^\/cookie$/, 'GetCookies'],
  ['POST', /^\/cookie$/, 'AddCookie'],
  ['DELETE', /^\/cookie$/, 'DeleteAllCookies'],
  ['GET', /^\/screenshot$/, 'TakeScreenshot'],
  ['POST', /^\/actions$/, 'PerformActions'],
  ['DELETE', /^\/actions$/, 'ReleaseActions'],
  ['GET', /^\/window$/, 'GetWindowHandle'],
  ['POST', /^\/window$/, 'SwitchToWindow'],
  ['DELETE', /^\/window$/, 'CloseWindow'],
  ['POST', /^\/window\/new$/, 'NewWindow'],
  ['GET', /^\/window\/handles$/, 'GetWindowHandles'],
  ['POST', /^\/frame$/, 'SwitchToFrame'],
  ['POST', /^\/element\/(.+)\/click$/, 'ElementClick'],
  ['POST', /^\/element\/(.+)\/value$/, 'ElementSendKeys'],
  ['GET', /^\/element\/(.+)\/computedlabel$/, 'GetComputedLabel'],
  ['GET', /^\/element\/(.+)\/computedrole$/, 'GetComputedRole'],
]

/** Connects to Firefox; `command` speaks Marionette itself. */
export async function connectMarionette(port: number): Promise<{ send: Send; command: Command }> {
  const command = commandOver(await until(() => connect(port), 'Marionette'))
  return { command, send: (method, path, body) => command(...asCommand(method, path, body)) }
}

function asCommand(method: string, path: string, body: object = {}): [name: string, parameters: object] {
  const inSession = path.replace(/^\/session\/[^/]+/, '')
  for (const [routeMethod, route, name] of ROUTES) {
    const match = method === routeMethod && route.exec(inSession)
    if (match) return [`WebDriver:${name}`, match[1] === undefined ? body : { ...body, id: match[1] }]
  }
  throw new Error(`no Marionette command is known for ${method} ${path}`)
}

function connect(port: number): Promise<net.Socket | undefined> {
  return new Promise((done) => {
    const socket = net.connect(port, '127.0.0.1', () => done(socket))
    socket.on('error', () => done(undefined))
  })
}

/** A message is its length in bytes, a colon and a JSON list: type, number, then error and result, or name and body. */
function commandOver(socket: net.Socket): Command {
  const waiting = new Map<unknown, { done: (value: unknown) => void; fail: (error: Error) => void }>()
  let received = Buffer.alloc(0)
  let last = 0

  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk])
    for (;;) {
      const colon = received.indexOf(':')
      const end = colon + 1 + Number(received.subarray(0, Math.max(0, colon)))
      if (colon < 1 || received.length < end) return
      settle(JSON.parse(received.subarray(colon + 1, end).toString()))
      received = received.subarray(end)
    }
  })
  socket.on('close', () => {
    for (const { fail } of waiting.values()) fail(new Error('Firefox went away'))
  })

  function settle(message: unknown): void {
    if (!Array.isArray(message)) return // the greeting
    const [, id, fault, result]: unknown[] = message
    const one = waiting.get(id)
    waiting.delete(id)
    if (!fault) one?.done(isJson(result) && 'value' in result ? result.value : result)
    else one?.fail(new Error(`${readJson(fault, 'error').error}: ${readJson(fault, 'error').message}`))
  }

  return (name, parameters = {}) =>
    new Promise((done, fail) => {
      last += 1
      waiting.set(last, { done, fail })
      const bytes = Buffer.from(JSON.stringify([0, last, name, parameters]))
      socket.write(Buffer.concat([Buffer.from(`${bytes.length}:`), bytes]))
    })
}
