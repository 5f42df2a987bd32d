/**
 * The system's Chromium over the DevTools protocol, through a pipe: events come back, which a trace needs, and no port is
 * open to anybody.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { isJson, type Json, readJson } from '../browser/drivers/json.ts'

export interface Chromium {
  send(method: string, parameters?: object, session?: string): Promise<Json>
  /** Calls `listener` for every event of that name and session until the returned function is called. */
  on(method: string, session: string | undefined, listener: (parameters: Json) => void): () => void
  close(): Promise<void>
}

const ARGUMENTS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-extensions',
  '--disable-sync',
  '--mute-audio',
  '--disable-features=HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,Translate,OptimizationHints,MediaRouter',
  '--host-resolver-rules=MAP * 127.0.0.1',
  '--window-size=1280,900',
  '--remote-debugging-pipe',
]

export async function startChromium(): Promise<Chromium> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  const child = spawn('chromium', [...ARGUMENTS, `--user-data-dir=${folder}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  })
  // Pipes were asked for; the types do not know how many.
  const to = child.stdio[3] as Writable
  const from = child.stdio[4] as Readable
  const waiting = new Map<number, { done(result: Json): void; fail(error: Error): void; method: string }>()
  const listeners = new Set<{
    method: string
    session: string | undefined
    listener(parameters: Json): void
  }>()
  let last = 0
  let rest: Buffer[] = []

  from.on('data', (chunk: Buffer) => {
    let from = 0
    for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, from)) {
      take(Buffer.concat([...rest, chunk.subarray(from, end)]).toString())
      rest = []
      from = end + 1
    }
    if (from < chunk.length) rest.push(chunk.subarray(from))
  })
  to.on('error', () => {})
  const ended = new Promise<void>((done) => child.on('exit', () => done()))
  child.on('error', (error) => fail(error))
  child.on('exit', () => fail(new Error('Chromium ended')))

  function fail(error: Error): void {
    for (const { fail } of waiting.values()) fail(error)
    waiting.clear()
  }

  function take(message: string): void {
    const { id, method, params, sessionId, result, error } = readJson(JSON.parse(message), 'message')
    if (typeof id === 'number') {
      const one = waiting.get(id)
      waiting.delete(id)
      if (isJson(error)) one?.fail(new Error(`${one.method}: ${String(error.message)}`))
      else one?.done(readJson(result, 'result'))
      return
    }
    for (const one of [...listeners]) {
      if (one.method === method && one.session === sessionId) one.listener(readJson(params ?? {}, 'event'))
    }
  }

  return {
    send: (method, parameters = {}, session) =>
      new Promise((done, fail) => {
        last += 1
        waiting.set(last, { done, fail, method })
        const message = { id: last, method, params: parameters, ...(session ? { sessionId: session } : {}) }
        to.write(`${JSON.stringify(message)}\0`)
      }),
    on(method, session, listener) {
      const one = { method, session, listener }
      listeners.add(one)
      return () => listeners.delete(one)
    },
    async close() {
      // The browser ends when its pipe does.
      to.end()
      const timer = setTimeout(() => child.kill('SIGKILL'), 5000)
      await ended
      clearTimeout(timer)
      rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
    },
  }
}
