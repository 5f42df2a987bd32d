/**
 * An inline script for the first place in a test's page: it keeps what is logged as a warning or an error, and errors
 * that nobody caught, for `page.console()`. A page under a strict policy passes its nonce.
 */
export function consoleTap(nonce?: string): string {
  return `<script${nonce === undefined ? '' : ` nonce="${nonce}"`}>(${tap})()</script>`
}

function tap(): void {
  const lines: string[] = []
  Object.defineProperty(window, '__consoleLines', { value: lines })
  for (const level of ['warn', 'error'] as const) {
    const log = console[level]
    console[level] = (...words: unknown[]) => {
      lines.push(`${level}: ${words.map(String).join(' ')}`)
      log.apply(console, words)
    }
  }
  addEventListener('error', (event) => lines.push(`uncaught: ${event.message}`))
  addEventListener('unhandledrejection', (event) => lines.push(`unhandled: ${event.reason}`))
}
