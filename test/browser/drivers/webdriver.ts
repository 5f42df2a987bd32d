import { type Json, readJson } from './json.ts'

/** One W3C WebDriver command by its HTTP route. Returns the `value` of the answer; an error of the driver throws. */
export type Send = (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) => Promise<unknown>

/** Sends commands to a driver that listens on `port`: chromedriver, WebKitWebDriver. */
export function httpSend(port: number): Send {
  return async (method, path, body) => {
    const init = method === 'POST' ? { method, body: JSON.stringify(body ?? {}) } : { method }
    const response = await fetch(`http://127.0.0.1:${port}${path}`, init)
    const { value } = readJson(await response.json(), 'answer')
    if (response.ok) return value
    const fault: Json = readJson(value, 'error')
    throw new Error(`${fault.error}: ${fault.message} (${method} ${path})`)
  }
}
