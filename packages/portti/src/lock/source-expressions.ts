/**
 * An address as a Content-Security-Policy names it. Whatever is not exactly an address gives nothing, so that no text can
 * bring a keyword, a second source or a second directive into a policy.
 *
 * @see https://www.w3.org/TR/CSP3/#framework-directive-source-list
 */

const HOST = /^(\*\.)?[a-z\d-]+(\.[a-z\d-]+)*$/
/** Scheme, host, port, path: what a site may add to a host in its own list. */
const ADDRESS = /^((?:https?|wss?):\/\/)?([^/:?#]+)(:\d{1,5})?([/?#].*)?$/s
const SCHEME = /^(data|blob|mediastream|filesystem):$/

/**
 * The sources for one of a policy's `urls`, or nothing for anything else.
 *
 * `*.` means the same in both. A path does not: ours is how addresses begin, in a CSP it is the whole path, or the folder
 * if it ends in `/`. So `/tr` gives `/tr` and `/tr/`, never more than was meant, and `/tr.gif` has to be named. A
 * query cannot be said at all: with one, the path before it counts.
 */
export function sourcesOf(pattern: string): string[] {
  const slash = pattern.indexOf('/')
  const host = slash < 0 ? pattern : pattern.slice(0, slash)
  if (!HOST.test(host)) return []
  const path = slash < 0 ? '' : pathOf(pattern.slice(slash))
  if (path === '' || path === '/') return [host]
  return path.endsWith('/') ? [host + path] : [host + path, `${host + path}/`]
}

/** One source of the site's own list: as in `urls`, or with a scheme and a port, or `data:` and the like. */
export function ownSourcesOf(text: string): string[] {
  if (SCHEME.test(text)) return [text]
  const [, scheme = '', host = '', port = '', path = ''] = ADDRESS.exec(text) ?? []
  return sourcesOf(host + path).map((source) => scheme + source.replace(host, host + port))
}

/** A path with the characters that mean something in a policy encoded; browsers decode it before they compare. */
const pathOf = (text: string): string =>
  text
    .replace(/[?#].*/s, '')
    .replace(/%(?![\da-f]{2})/gi, '%25')
    .replace(/[^\w\-.~!$&()*+=:@%/]/gu, (character) => percent(character))

/** Lone surrogates, which `encodeURIComponent` refuses, are in no address. */
function percent(character: string): string {
  const encoded = /\p{Surrogate}/u.test(character) ? '%EF%BF%BD' : encodeURIComponent(character)
  return encoded === character ? `%${character.charCodeAt(0).toString(16)}` : encoded
}
