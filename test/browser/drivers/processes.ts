import { type ChildProcess, spawn } from 'node:child_process'
import net from 'node:net'

/**
 * The shell holds our pipe and ends its whole process group when the pipe closes: when we say so, and also when the
 * test process is killed. Without it a browser outlives its driver.
 */
const GROUP = '"$@" <&- & cat; kill -9 0'

/** Programs that end together. */
export class Processes {
  readonly #running: ChildProcess[] = []

  /** Starts a program; its file descriptor 3 can be read from `stdio[3]`. */
  start(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
    const child = spawn('sh', ['-c', GROUP, 'sh', command, ...args], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore', 'pipe'],
      env: { ...process.env, ...env },
    })
    this.#running.push(child)
    return child
  }

  async stop(): Promise<void> {
    await Promise.all(this.#running.map(stop))
  }
}

/** A port that nothing listens on right now. */
export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = net.createServer()
    server.on('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address ? address.port : 0
      server.close(() => done(port))
    })
  })
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((done) => {
    if (child.exitCode !== null || child.signalCode !== null) return done()
    child.on('exit', () => done())
    child.stdin?.end()
  })
}
