/** Which stored names belong to services that may not run, and where a cookie of that name can stand. Pure. */
import type { Service } from '../policy/policy.ts'

/** Cookie names, or names in one kind of storage. */
export type Where = 'cookie' | 'localStorage' | 'sessionStorage' | 'indexedDB' | 'cacheStorage'

/** Names declared by `services` for `where`; foreign cookies are out of reach. */
export function declaredNames(services: readonly Service[], where: Where): string[] {
  return services.flatMap(({ cookies, storage }) =>
    where === 'cookie'
      ? cookies.filter(({ host }) => host === undefined).map(({ name }) => name)
      : storage.filter((fact) => fact.in === where).map(({ name }) => name),
  )
}

/** Whether `name` is one of `patterns`: exact, or with a trailing `*` how it begins. */
export const isNamed = (name: string, patterns: readonly string[]): boolean =>
  patterns.some((pattern) =>
    pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern,
  )

/** The names among `present` that only services which may not run have declared. */
export function namesToClear(
  present: readonly string[],
  where: Where,
  denied: readonly Service[],
  allowed: readonly Service[],
): string[] {
  const going = declaredNames(denied, where)
  const staying = declaredNames(allowed, where)
  return present.filter((name) => isNamed(name, going) && !isNamed(name, staying))
}

/**
 * Every `;Domain` and `;Path` under which a page at `host` and `path` can see a cookie: its folders, all parent domains.
 *
 * A semicolon in the address would end the path and begin an attribute of its own choice, and no cookie's path can hold one.
 */
export function cookieScopes(host: string, path: string): string[] {
  const labels = host.split('.')
  const domains = ['', ...labels.map((_, i) => `;Domain=${labels.slice(i).join('.')}`)]
  const folders = path
    .replace(/;.*/, '')
    .split('/')
    .flatMap((_, i, all) => {
      const folder = all.slice(0, i + 1).join('/')
      return folder ? [folder, `${folder}/`] : ['/']
    })
  return domains.flatMap((domain) => folders.map((folder) => `;Path=${folder}${domain}`))
}
