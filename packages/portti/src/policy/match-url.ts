/**
 * Which pattern an address belongs to. Patterns are as in a policy's `urls`: a host, `*.` for its sub-domains (not the
 * host itself), and an optional path that the address's path and query begin with.
 *
 * The most exact host wins, then the longest path; a host none of whose paths fit leaves it to the next wider one.
 * The cost of a look-up grows with the length of the address, not with the number of patterns.
 *
 * @returns The value of the pattern that wins. `base` resolves relative addresses; without it they match nothing.
 */
export function matchUrl<Value>(
  patterns: Iterable<readonly [pattern: string, value: Value]>,
): (url: string, base?: string) => Value | undefined {
  const hosts = new Map<string, Paths<Value>>()
  for (const [pattern, value] of patterns) {
    const slash = pattern.indexOf('/')
    const host = (slash < 0 ? pattern : pattern.slice(0, slash)).toLowerCase()
    const paths = hosts.get(host) ?? { byPath: new Map(), lengths: [] }
    const path = slash < 0 ? '' : pattern.slice(slash)
    // Of two equal patterns the first counts.
    if (!paths.byPath.has(path)) paths.byPath.set(path, value)
    hosts.set(host, paths)
  }
  for (const paths of hosts.values()) {
    const lengths = new Set([...paths.byPath.keys()].map((path) => path.length))
    paths.lengths = [...lengths].sort((a, b) => b - a)
  }

  return (url, base = 'https://nowhere.invalid') => {
    const place = locate(url, base)
    if (!place) return undefined
    const { host, path } = place
    let found = longest(hosts.get(host), path)
    for (let dot = host.indexOf('.'); !found && dot >= 0; dot = host.indexOf('.', dot + 1)) {
      found = longest(hosts.get(`*${host.slice(dot)}`), path)
    }
    return found?.value
  }
}

interface Paths<Value> {
  readonly byPath: Map<string, Value>
  /** Lengths that occur, longest first. */
  lengths: readonly number[]
}

/** DNS allows no longer name, so nothing longer is ever requested. */
const MOST_HOST_CHARACTERS = 253

const Url = URL

/** The browser's own parser: it alone knows what upper case, ports, user names, tabs and backslashes come to. */
function locate(url: string, base: string): { host: string; path: string } | undefined {
  try {
    const { hostname, pathname, search } = new Url(url, base)
    const host = hostname.toLowerCase().replace(/\.$/, '')
    return host && host.length <= MOST_HOST_CHARACTERS ? { host, path: pathname + search } : undefined
  } catch {
    return undefined
  }
}

function longest<Value>(paths: Paths<Value> | undefined, path: string): { value: Value } | undefined {
  for (const length of paths?.lengths ?? []) {
    const prefix = path.slice(0, length)
    // The cast: `has` has just said that there is a value.
    if (paths?.byPath.has(prefix)) return { value: paths.byPath.get(prefix) as Value }
  }
  return undefined
}
