/**
 * Which services an inline script belongs to, by the addresses that it names, the page globals that it uses and the ids of
 * tags in it. Pure; the cost grows with the length of the text, not with the number of services.
 *
 * A named address counts only in a script that can load something: a script that merely keeps a link to a video or a
 * profile is the page's own. A text that a vendor has hidden from readers (escaped, put together from letters) is not
 * understood.
 */
import type { ServiceFacts } from './service-facts.ts'

/** What is known of one service's snippet. Earlier claims go before later ones. */
export interface Claim<Owner> extends Pick<ServiceFacts, 'globals' | 'tagIds'> {
  readonly owner: Owner
}

export interface TextMatch<Owner> {
  readonly owner: Owner
  /** `address`: the script names it and can load it. `global`: it uses this global of the page. */
  readonly by: 'address' | 'global'
  /** The address or the global. */
  readonly what: string
}

/** `likely` decides where a global has several owners and no id tells them apart: the last of these that is one. */
export type MatchText<Owner> = (text: string, likely?: readonly Owner[]) => readonly TextMatch<Owner>[]

/** Names of globals that are longer paths than this are nobody's. */
const MOST_STEPS = 3

const CAN_LOAD =
  /(?<![\w$])(createElement(NS)?|insertAdjacentHTML|(inner|outer)HTML|srcdoc|write(ln)?|fetch|XMLHttpRequest|sendBeacon|import(Scripts)?|Image|(Shared)?Worker|serviceWorker|EventSource|WebSocket|getScript|loadScript|ajax|src|setAttribute|createContextualFragment|parseFromString|eval|Function)(?![\w$])/
/** A host with an optional port and path; `.google-analytics.com` too, which old snippets put a `www` before. */
const ADDRESS = /(?<![\w.-])\.?[a-z0-9_-]+(?:\.[a-z0-9_-]+)+\.?(?::\d+)?(?:\/[^\s'"`\\<>(){}]*)?/gi
const NAME = /(?<![\w$.])[A-Za-z_$][\w$]*(?:\s?\.\s?[A-Za-z_$][\w$]*)*/g
const QUOTED_NAME =
  /(?<![\w$])(?:window|self|globalThis|top|parent)\s*\[\s*(?:'([\w$]+)'|"([\w$]+)"|`([\w$]+)`)\s*\]/g
const PAGE = /^(?:window|self|globalThis|top|parent)$/
/** So short a name may be anybody's variable: it counts as a property of the page, or when it is called with a text. */
const SHORT = 2

export function matchText<Owner>(
  claims: Iterable<Claim<Owner>>,
  ofUrl: (url: string) => Owner | undefined,
): MatchText<Owner> {
  const byGlobal = new Map<string, Set<Owner>>()
  const byId = new Map<string, Owner>()
  for (const { owner, globals = [], tagIds = [] } of claims) {
    for (const name of globals) byGlobal.set(name, (byGlobal.get(name) ?? new Set<Owner>()).add(owner))
    for (const id of tagIds) if (!byId.has(id)) byId.set(id, owner)
  }
  const ids =
    byId.size > 0 ? new RegExp(`(?<![\\w-])(?:${[...byId.keys()].join('|')})(?=[A-Z0-9])`, 'g') : /$^/g
  const withIds = new Set(byId.values())

  /** Owners of the tags whose ids stand in the text. */
  const named = (text: string) =>
    new Set(
      Array.from(text.matchAll(ids)).flatMap(([id]): Owner[] => {
        const owner = byId.get(id)
        return owner === undefined ? [] : [owner]
      }),
    )

  function addresses(text: string): TextMatch<Owner>[] {
    const found = new Map<Owner, TextMatch<Owner>>()
    for (const { 0: address, index } of text.matchAll(ADDRESS)) {
      if (isLink(text.slice(Math.max(0, index - 320), index))) continue
      const owner = ofUrl(address.startsWith('.') ? `https://www${address}` : `https://${address}`)
      if (owner !== undefined && !found.has(owner)) found.set(owner, { owner, by: 'address', what: address })
    }
    return [...found.values()]
  }

  /** Global → where the text uses it, as the longest path that is known. */
  function globals(code: string, text: string): Set<string> {
    const found = new Set<string>()
    for (const { 0: path, index } of code.matchAll(NAME)) {
      const steps = path.split('.', MOST_STEPS + 1).map((step) => step.trim())
      const ofPage = PAGE.test(steps[0] ?? '') && steps.length > 1
      if (ofPage) steps.shift()
      for (let length = Math.min(steps.length, MOST_STEPS); length > 0; length--) {
        const name = steps.slice(0, length).join('.')
        if (!byGlobal.has(name)) continue
        const after = code.slice(index + path.length, index + path.length + 9)
        // A key of somebody's object.
        if (/^\s*:/.test(after)) break
        if (name.length > SHORT || ofPage || (steps.length === 1 && /^\s*\(\s*['"`]/.test(after)))
          found.add(name)
        break
      }
    }
    for (const [, a, b, c] of text.matchAll(QUOTED_NAME)) {
      const name = a ?? b ?? c ?? ''
      if (byGlobal.has(name)) found.add(name)
    }
    return found
  }

  return (given, likely = []) => {
    const text = given.replace(/\\(?:u002f|x2f|\/)/gi, '/')
    const code = codeOf(text)
    const matches = CAN_LOAD.test(code) ? addresses(text) : []
    const tags = named(text)
    const found = new Map<Owner, TextMatch<Owner>>()
    for (const match of matches) {
      // One loader serves several tags: the id says whose this is.
      const owners = withIds.has(match.owner) && tags.size > 0 ? tags : [match.owner]
      for (const owner of owners) if (!found.has(owner)) found.set(owner, { ...match, owner })
    }
    for (const what of globals(code, text)) {
      const claimants = [...(byGlobal.get(what) ?? [])]
      const sure = claimants.filter((owner) => tags.has(owner))
      if (sure.length === 0 && claimants.some((owner) => found.has(owner))) continue
      const probable =
        sure.length > 0
          ? sure
          : [[...likely].reverse().find((one) => claimants.includes(one)) ?? claimants[0]]
      for (const owner of probable)
        if (owner !== undefined && !found.has(owner)) found.set(owner, { owner, by: 'global', what })
    }
    return [...found.values()]
  }
}

/** Whether an ordinary link of a piece of HTML comes before; `link.href =` is code and may load. */
function isLink(before: string): boolean {
  if (!/(?<![\w.-])href\s{0,3}=\s{0,3}\\?["']?(https?:)?\/\/$/i.test(before.slice(-40))) return false
  return /^<a\s/i.test(before.slice(before.lastIndexOf('<')))
}

/** The script with its strings emptied and its comments gone. What is not closed stays as it is, as code. */
function codeOf(text: string): string {
  const parts: string[] = []
  let from = 0
  /** Keeps what lies before `start` and puts `instead` in the place of what ends before `end`. */
  const replace = (start: number, end: number, instead: string) => {
    parts.push(text.slice(from, start), instead)
    from = end
  }
  for (let at = 0; at < text.length; ) {
    const character = text[at] ?? ''
    if (character === '"' || character === "'") {
      const end = endOf(text, at, character)
      if (text[end - 1] === character && end - at > 1) replace(at, end, character + character)
      at = end
    } else if (character !== '/') at++
    else if (text[at + 1] === '*') {
      const end = text.indexOf('*/', at + 2)
      if (end < 0) break
      replace(at, end + 2, ' ')
      at = end + 2
    } else if (text[at + 1] === '/' && text[at - 1] !== ':') {
      const end = lineEnd(text, at)
      replace(at, end, ' ')
      at = end
    } else if (/(^|[(,=:[!&|?{};])\s{0,3}$/.test(text.slice(Math.max(0, at - 4), at))) {
      const end = endOf(text, at, character)
      if (text[end - 1] === character) replace(at, end, '0')
      at = end
    } else at++
  }
  return parts.join('') + text.slice(from)
}

/** Where the string or regular expression ends that opens at `at`, or the line if that comes first. */
function endOf(text: string, at: number, quote: string): number {
  let inSet = false
  for (let next = at + 1; next < text.length; next++) {
    const character = text[next]
    if (character === '\\') next++
    else if (character === '\n' || character === '\r') return next
    else if (quote === '/' && character === '[') inSet = true
    else if (character === ']') inSet = false
    else if (character === quote && !inSet) return next + 1
  }
  return text.length
}

function lineEnd(text: string, at: number): number {
  const end = text.slice(at, at + 4096).search(/[\n\r]/)
  if (end >= 0) return at + end
  const next = text.indexOf('\n', at)
  return next < 0 ? text.length : next
}
