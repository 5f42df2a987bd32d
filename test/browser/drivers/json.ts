/** Reads what a driver answers: every reader names the driver's word that it expected. */
export type Json = Readonly<Record<string, unknown>>

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null
}

export function readJson(value: unknown, what: string): Json {
  if (isJson(value)) return value
  throw new Error(`the driver gave no ${what} but ${JSON.stringify(value)}`)
}

export function readText(value: unknown, what: string): string {
  if (typeof value === 'string') return value
  throw new Error(`the driver gave no ${what} but ${JSON.stringify(value)}`)
}

export function readList(value: unknown, what: string): readonly unknown[] {
  if (Array.isArray(value)) return value
  throw new Error(`the driver gave no ${what} but ${JSON.stringify(value)}`)
}
