/** Import maps: the names by which modules of a page may ask for addresses. */

export interface MappedName<Owner> {
  /** What a module imports; with a slash at its end, what that begins with. */
  readonly name: string
  readonly owner: Owner
  readonly address: string
}

export interface PartedImportMap<Owner> {
  /** What is held; not empty. */
  readonly names: readonly MappedName<Owner>[]
  /** The map without what is held; nothing if no name is left in it. */
  readonly kept: string | undefined
  /** A map of that alone. */
  readonly held: string
}

type Entries = Record<string, unknown>

/** Parts what `ofUrl` knows an owner of from the rest. Nothing if there is none of it, or if the text is no map. */
export function partImportMap<Owner>(
  text: string,
  ofUrl: (address: string) => Owner | undefined,
): PartedImportMap<Owner> | undefined {
  const map = read(text)
  const names: MappedName<Owner>[] = []
  /** Of one list of names: what stays and what waits. */
  function part(list: unknown): [kept: Entries, held: Entries] {
    const parted: [string, unknown][][] = [[], []]
    for (const [name, address] of entriesOf(list)) {
      const owner = typeof address === 'string' ? ofUrl(address) : undefined
      if (owner !== undefined) names.push({ name, owner, address: String(address) })
      parted[owner === undefined ? 0 : 1]?.push([name, address])
    }
    return [Object.fromEntries(parted[0] ?? []), Object.fromEntries(parted[1] ?? [])]
  }

  const imports = part(map?.imports)
  const scopes = entriesOf(map?.scopes).map(([scope, list]) => ({ scope, list: part(list) }))
  if (names.length === 0) return undefined
  const isLeft = [imports, ...scopes.map(({ list }) => list)].some(([kept]) => Object.keys(kept).length > 0)
  const write = (which: 0 | 1, rest: Entries) => {
    const scoped = Object.fromEntries(scopes.map(({ scope, list }) => [scope, list[which]]))
    const parted = { ...rest, imports: imports[which], ...(scopes.length > 0 && { scopes: scoped }) }
    return JSON.stringify(parted).replace(/</g, '\\u003c')
  }
  return { names, kept: isLeft ? write(0, map ?? {}) : undefined, held: write(1, {}) }
}

/** Names that code imports. */
export const importedIn = (code: string): readonly string[] =>
  Array.from(
    code.matchAll(/(?<![\w$.])(?:from|import)\s{0,9}\(?\s{0,9}(?:"([^"\n]*)"|'([^'\n]*)'|`([^`\n]*)`)/g),
  ).map(([, a, b, c]) => a ?? b ?? c ?? '')

function read(text: string): Entries | undefined {
  try {
    const map: unknown = JSON.parse(text)
    return isObject(map) ? map : undefined
  } catch {
    return undefined
  }
}

const isObject = (value: unknown): value is Entries =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const entriesOf = (value: unknown): [string, unknown][] => (isObject(value) ? Object.entries(value) : [])
