/** Starts a site's own code when something is granted and stops it when it is withdrawn. */
import type { ReadableAtom } from 'nanostores'
import type { Decision } from './decision.ts'

/** Begins. The signal is aborted when the grant ends. */
export type Start = (signal: AbortSignal) => void
export type Stop = () => void

export interface WhenOptions {
  readonly $decision: ReadableAtom<Decision>
  readonly allowed: () => boolean
  readonly start: Start
  readonly stop: Stop | undefined
}

/** Returns what ends it: nothing starts any more, and what runs is stopped. */
export function when({ $decision, allowed, start, stop }: WhenOptions): () => void {
  let running: AbortController | undefined
  const end = () => {
    if (!running) return
    const ended = running
    running = undefined
    ended.abort()
    if (stop) attempt(stop)
  }
  const unsubscribe = $decision.subscribe(() => {
    if (!allowed()) return end()
    if (running) return
    const grant = new AbortController()
    running = grant
    attempt(() => start(grant.signal))
  })
  return () => {
    unsubscribe()
    end()
  }
}

/** Somebody else's fault must not keep the rest from starting or stopping; the console tells it. */
export function attempt(work: () => void): void {
  try {
    work()
  } catch (error) {
    console.error?.(error)
  }
}
