/** Takes turns with whatever else uses this machine and the same lock file, through the system's `flock`. */
import { spawn } from 'node:child_process'

/** Longer than that nobody else is kept waiting. */
const TURN_MS = 120_000

export interface Turns {
  /** Waits for a turn if there is none, or if this one has lasted long enough. */
  take(): Promise<void>
  end(): Promise<void>
}

/** Without a file it is always our turn. */
export function turns(file: string | undefined): Turns {
  let release: (() => Promise<void>) | undefined
  let since = 0
  return {
    async take() {
      if (file === undefined || (release && Date.now() - since < TURN_MS)) return
      await release?.()
      release = await lock(file)
      since = Date.now()
    },
    async end() {
      await release?.()
      release = undefined
    },
  }
}

async function lock(file: string): Promise<() => Promise<void>> {
  const child = spawn('flock', [file, 'sh', '-c', 'echo held; cat'], { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  await new Promise<void>((done, fail) => {
    child.stdout.once('data', () => done())
    child.once('error', fail)
  })
  return () => {
    child.stdin.end()
    return ended
  }
}
