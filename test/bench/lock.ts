/** Takes turns with whatever else uses this machine and the same lock file, through the system's `flock`. */
import { spawn } from 'node:child_process'

/** Does `work` while the lock is held; at once if there is no file to lock. */
export async function locked<T>(file: string | undefined, work: () => Promise<T>): Promise<T> {
  if (file === undefined) return work()
  const child = spawn('flock', [file, 'sh', '-c', 'echo held; cat'], { stdio: ['pipe', 'pipe', 'inherit'] })
  await new Promise<void>((done, fail) => {
    child.stdout.once('data', () => done())
    child.once('error', fail)
  })
  try {
    return await work()
  } finally {
    const ended = new Promise((done) => child.once('exit', done))
    child.stdin.end()
    await ended
  }
}
