/** Reads a page and writes it again with what waits marked. */
import type { Policy } from '../policy/policy.ts'
import { cleanCss } from './css.ts'
import { delayedSources, delayOf } from './delayed.ts'
import { importedIn, type MappedName, partImportMap } from './import-map.ts'
import { type Kind, loadsOf } from './loads.ts'
import { createOwnMark } from './own-mark.ts'
import type { Owner, Owners } from './owners.ts'
import { createReader, type EndTag, type StartTag } from './read-html.ts'
import { readTag, type TagPlaces } from './read-tag.ts'
import { createReasons, type Reason, type Surroundings } from './reasons.ts'
import { createSource } from './source.ts'

/** Attributes of a drawing that are styles. */
const DRAWN_STYLES = ['style', 'mask', 'filter', 'clip-path']

/** One element that was marked. */
export interface Marked {
  /** Line of the page, the first is 1. */
  readonly line: number
  /** `script` is also code in an attribute, `ping` that of a link; `style` a `<style>` element or a `style` attribute. */
  readonly kind: Kind
  /** Id of the service that it waits for. */
  readonly service: string
  /** The address, or the global that its code uses. */
  readonly from: string
  /** `address`: of the element itself. `names`: its text names the address. `uses`: its code uses the global. */
  readonly why: 'address' | 'names' | 'uses'
  /**
   * Whether a yes brings it back. False for a service that the policy does not declare or whose provider has ended it, and for
   * the few things that a page cannot give back.
   */
  readonly comesBack: boolean
}

export interface Marker {
  /** The page's next part, cut anywhere. Returns what is done of it. */
  push(chunk: string): string
  /** The page is over. Returns the rest. */
  flush(): string
}

export interface MarkerOptions {
  readonly policy: Policy
  readonly owners: Owners
  /** Where the page is published; nothing if that is not known. */
  readonly url: string | undefined
  readonly onMark: (marked: Marked) => void
}

/** What the parts of a page share with what is nested in it. */
interface Page extends MarkerOptions, Surroundings {
  hasBase: boolean
  /** Names of import maps that wait. */
  readonly mapped: Map<string, MappedName<Owner>>
}

/** A `video` or `audio` whose sources may yet be found to be somebody's. */
interface Media {
  readonly tag: StartTag
  readonly reasons: Reason[]
}

/** Deeper than this, content inside content (`srcdoc` in `srcdoc`) is not looked at. */
const MOST_DEPTH = 3
/** A `video` is held back until it ends, at most for so many characters. */
const LONGEST_MEDIA = 65_536
/** Stands before the `plaintext` of the line that keeps browsers from reading ahead. */
const HEAD_LINE = '<noscript><!--</noscript>'
/** Code in an attribute that names more addresses than this is not mended. */
const MOST_REASONS = 20
/** Browsers ask no such port (Fetch standard, section 2.9). */
const NOWHERE = 'localhost:1/'
const JAVASCRIPT =
  /^(|module|speculationrules|(text|application)\/(x-)?(java|ecma)script.*|text\/(j|live)script)$/is

export function createMarker(options: MarkerOptions): Marker {
  return nested({ ...options, base: options.url, hasBase: false, likely: [], mapped: new Map() }, 0, true)
}

function nested(page: Page, depth: number, scripting: boolean): Marker {
  const { owners, policy, onMark } = page
  const source = createSource()
  const { textOf, replace } = source
  const insert = (at: number, text: string) => replace(at, at, text)
  let lastRead: (TagPlaces & { readonly tag: StartTag }) | undefined
  const placesOf = (tag: StartTag): TagPlaces => {
    if (lastRead?.tag !== tag) lastRead = { tag, ...readTag(textOf(tag.start, tag.end)) }
    return lastRead
  }
  /** Behind the last tag that was read. */
  let done = 0
  /** An element whose text decides about its start tag. */
  let open: StartTag | undefined
  let media: Media | undefined
  let picture: StartTag | undefined
  let isText = false
  /** What is open of `template` and `portti-gate`, and whether its content is held as a whole. */
  const templates: { readonly name: string; readonly held: boolean }[] = []

  const { isMarked, isExempt } = createOwnMark(policy)
  const { ofUrl, ofLoad, ofCode } = createReasons(owners, page, ofMarkup)
  const reader = createReader({ scripting, startTag, endTag, isPlaintext })
  function startTag(tag: StartTag): void {
    done = tag.end
    const around = open
    // HTML ends a drawing, and what was open in it; in a drawing, elements may part the text of a `style`.
    const isText = tag.name === 'script' || tag.name === 'style'
    if (around && (!tag.foreign || isText || around.name === 'style')) {
      open = undefined
      ended(around, tag.start, tag.start)
    }
    startElement(tag)
    if (around && tag.foreign && !isText) open ??= { ...around, end: tag.end }
  }

  function startElement(tag: StartTag): void {
    if (media && tag.start - media.tag.start > LONGEST_MEDIA) endMedia()
    if (tag.name === 'base' && !tag.foreign && !page.hasBase && templates.length === 0) setBase(tag)
    if (!tag.foreign && (tag.name === 'template' || tag.name === 'portti-gate')) {
      const isTemplate = tag.name === 'template'
      const ofGate = templates.at(-1)?.name === 'portti-gate' || (isMarked(tag) && !isExempt(tag))
      templates.push({ name: tag.name, held: isWithinHeld() || (isTemplate && ofGate) })
      return
    }
    if (isExempt(tag)) return
    if (tag.name === 'picture') picture = tag
    const loads = loadsOf(tag)
    const reasons: Reason[] = []
    for (const load of loads) {
      const isInert =
        load.kind === 'script'
          ? !isCode(tag)
          : load.isLazy
            ? isWithinHeld() || isWithinMarked(tag)
            : !load.comesBack && isWithinHeld()
      const found = isInert ? [] : ofLoad(load)
      if (found.length === 0) continue
      if (load.attribute !== load.heldAs) rename(tag, load.attribute, load.heldAs)
      if (load.comesBack) reasons.push(...found)
      else tell(tag, load.kind, found, false)
    }
    const isHeld = reasons.length > 0
    if (!isWithinHeld()) {
      cleanStyle(tag)
      // What waits hears of nothing.
      if (!isHeld && !isWithinMarked(tag)) cleanHandlers(tag)
    }
    if (isHeld) tell(tag, loads[0]?.kind ?? 'script', reasons, true)
    // Of a `video` its sources decide as well; the gate looks for them inside it.
    if (isMedia(tag) && !media && !isWithinHeld()) media = { tag, reasons }
    else if (media && (tag.name === 'source' || tag.name === 'track')) media.reasons.push(...reasons)
    else if (isHeld) hold(tag, reasons)
    if (waitsForText(tag, isHeld)) open = tag
  }

  function endTag({ name, foreign, start, end }: EndTag): void {
    done = end
    if (open && (open.name === name || (foreign && name === 'svg'))) {
      const tag = open
      open = undefined
      ended(tag, start, tag.name === name ? end : start)
    } else if (media?.tag.name === name) endMedia()
    else if (name === 'picture') picture = undefined
    else if (!foreign && templates.at(-1)?.name === name) templates.pop()
  }

  /** Everything of `tag` is there, text and all. */
  function ended(tag: StartTag, start: number, end: number): void {
    const text = textOf(tag.end, start)
    if (tag.name === 'noscript') {
      const marked = inside(text, tag, false)
      if (marked !== text) replace(tag.end, start, marked)
    } else if (tag.name === 'style') {
      const { matches, text: clean } = cleanCss(text, ofUrl)
      if (matches.length === 0) return
      replace(tag.end, start, clean)
      const reasons = matches.map(({ owner, address }): Reason => ({ owner, from: address, why: 'names' }))
      const comesBack = !tag.foreign && scripting && end > start
      // Behind it, in a template, the sheet as it was.
      if (comesBack) insert(end, `<template${service(reasons)}>${textOf(tag.start, end)}</template>`)
      tell(tag, 'style', reasons, comesBack)
    } else if (tag.name === 'iframe') {
      const reasons = ofMarkup(tag.attributes.get('srcdoc') ?? '')
      if (reasons.length === 0) return
      insert(tag.start, `<template${service(reasons)}>`)
      if (end > start) insert(end, '</template>')
      tell(tag, 'frame', reasons, true)
    } else if (isImportMap(tag)) {
      const map = partImportMap(text, ofUrl)
      if (!map || end === start) return
      for (const one of map.names) page.mapped.set(one.name, one)
      const reasons = map.names.map(({ owner, address }): Reason => ({ owner, from: address, why: 'names' }))
      if (map.kept === undefined) hold(tag, reasons)
      else {
        replace(tag.end, start, map.kept)
        insert(end, `<script type="text/plain"${service(reasons)} data-type="importmap">${map.held}</script>`)
      }
      tell(tag, 'script', reasons, true)
    } else {
      const reasons = [...ofCode(text, tag.attributes.get('type')), ...ofImports(text)]
      if (reasons.length === 0 || end === start) return
      hold(tag, reasons)
      tell(tag, 'script', reasons, true)
    }
  }

  function waitsForText(tag: StartTag, isHeld: boolean): boolean {
    const { name, attributes, foreign, selfClosing } = tag
    if (foreign && (selfClosing || (name !== 'style' && name !== 'script'))) return false
    if (name === 'noscript') return scripting
    if (name === 'style')
      return !isWithinHeld() && /^(text\/css)?$/i.test((attributes.get('type') ?? '').trim())
    if (isWithinHeld()) return false
    // It goes before `src`, held or not.
    if (name === 'iframe') return attributes.has('srcdoc')
    if (isHeld) return false
    const source = foreign ? ['href', 'xlink:href'] : ['src', ...(delayOf(tag) ? delayedSources : [])]
    const isRead = isCode(tag) || (isImportMap(tag) && !foreign)
    return name === 'script' && isRead && !source.some((attribute) => attributes.has(attribute))
  }

  /** A module whose names wait would fail for good. */
  function ofImports(code: string): Reason[] {
    if (page.mapped.size === 0) return []
    return importedIn(code).flatMap((imported): Reason[] => {
      // Itself, or what it begins with up to one of its slashes.
      const ends = [imported.length, ...Array.from(imported.matchAll(/\//g), ({ index }) => index + 1)]
      const [found] = ends.flatMap((end) => page.mapped.get(imported.slice(0, end)) ?? [])
      return found ? [{ owner: found.owner, from: found.address, why: 'names' }] : []
    })
  }

  function endMedia(): void {
    if (!media) return
    const { tag, reasons } = media
    media = undefined
    if (reasons.length > 0) hold(tag, reasons)
  }

  /** Writes a mark into a tag. */
  function hold(tag: StartTag, reasons: readonly Reason[]): void {
    const at = tag.start + placesOf(tag).nameEnd
    const mark = isWithinHeld() || isMarked(tag) ? '' : service(reasons)
    if (tag.name === 'script') {
      const delay = delayOf(tag)
      rename(tag, 'type', delay?.ownType ? 'data-delayed' : 'data-type')
      if (delay?.typedBy) rename(tag, delay.typedBy, 'data-type')
      insert(at, ` type="text/plain"${mark}${delay?.isModule ? ' data-type="module"' : ''}`)
    } else insert(at, mark)
    // A word that is nobody's would keep it held for good.
    if (mark) rename(tag, 'data-category', 'data-data-category')
  }

  /** Gives an attribute its other name, every time that it stands there; what has that name already makes room. */
  function rename(tag: StartTag, attribute: string, heldAs: string): void {
    for (const { name, start, nameEnd } of placesOf(tag).attributes) {
      const from = tag.start + start
      if (name === attribute) {
        // Keeps the name as it was written, upper case or not.
        if (heldAs === `data-${attribute}`) insert(from, 'data-')
        else replace(from, tag.start + nameEnd, heldAs)
      } else if (name === heldAs) insert(from, 'data-')
    }
  }

  /** Gives an attribute another value. */
  function rewrite(tag: StartTag, attribute: string, text: string): void {
    const place = placesOf(tag).attributes.find(({ name }) => name === attribute)
    const quoted = text.replace(/&/g, '&amp;').replace(/"/g, '&quot;')
    if (place) replace(tag.start + place.nameEnd, tag.start + place.end, `="${quoted}"`)
  }

  function cleanStyle(tag: StartTag): void {
    for (const name of tag.foreign ? DRAWN_STYLES : ['style']) {
      const style = tag.attributes.get(name)
      if (!style || !/url|image-set|\\/i.test(style)) continue
      const { matches, text } = cleanCss(style, ofUrl)
      if (matches.length === 0) continue
      rewrite(tag, name, text)
      const reasons = matches.map(({ owner, address }): Reason => ({ owner, from: address, why: 'address' }))
      tell(tag, 'style', reasons, false)
    }
  }

  /** Code in attributes can neither wait nor be given back. It stays, and asks nobody. */
  function cleanHandlers(tag: StartTag): void {
    for (const [name, given] of tag.attributes) {
      if (!/^on[a-z]/.test(name)) continue
      const reasons: Reason[] = []
      let code = given
      // One address of each owner is told at a time. A global that is not there asks nobody.
      for (;;) {
        const found = ofCode(code).filter(({ why }) => why === 'names')
        if (found.length === 0) break
        reasons.push(...found)
        const cleaned = found.reduce((text, { from }) => text.replaceAll(from, NOWHERE), code)
        // Written with escapes, or a long list: then it has to go.
        code = cleaned === code || reasons.length > MOST_REASONS ? '' : cleaned
      }
      if (reasons.length === 0) continue
      rewrite(tag, name, code)
      tell(tag, 'script', reasons, false)
    }
  }

  /** Marks what stands inside `tag`. */
  function inside(text: string, tag: StartTag, scripting: boolean): string {
    if (depth >= MOST_DEPTH) return text
    const onInnerMark = (marked: Marked) => onMark({ ...marked, line: tag.line + marked.line - 1 })
    const inner = nested({ ...page, onMark: onInnerMark }, depth + 1, scripting)
    return inner.push(text) + inner.flush()
  }

  /** Why markup that a frame carries in an attribute would have to be marked. */
  function ofMarkup(text: string): Reason[] {
    if (depth >= MOST_DEPTH || !text) return []
    const reasons: Reason[] = []
    const note = ({ service, from, comesBack }: Marked) =>
      void reasons.push({ owner: { id: service, held: true, comesBack }, from, why: 'names' })
    const inner = nested({ ...page, onMark: note }, depth + 1, true)
    inner.push(text)
    inner.flush()
    return reasons
  }

  /** Reports, once for each service. */
  function tell(tag: StartTag, kind: Kind, reasons: readonly Reason[], comesBack: boolean): void {
    const told = new Set<string>()
    for (const { owner, from, why } of reasons) {
      if (told.has(owner.id)) continue
      told.add(owner.id)
      page.likely = [...page.likely.filter((one) => one !== owner), owner]
      onMark({
        line: tag.line,
        kind,
        service: owner.id,
        from,
        why,
        comesBack: comesBack && scripting && reasons.every((reason) => reason.owner.comesBack),
      })
    }
  }

  function setBase(tag: StartTag): void {
    const href = tag.attributes.get('href')
    if (href === undefined) return
    page.hasBase = true
    try {
      page.base = new URL(href, page.base).href
    } catch {
      // A relative one says nothing while the page's own address is not known.
    }
  }

  /** Whether it has a mark, or stands in something that has one and counts for its sources. */
  const isWithinMarked = (tag: StartTag) =>
    [tag, media?.tag, picture].some((one) => one !== undefined && isMarked(one))

  const isWithinHeld = () => templates.at(-1)?.held === true

  /** Whether this is no part of the line that keeps browsers from reading ahead; there it stands in a comment or an attribute. */
  function isPlaintext(tag: StartTag): boolean {
    isText = !source.endsWith(HEAD_LINE, tag.start)
    return isText
  }

  return {
    push(chunk) {
      source.append(chunk)
      if (!isText) reader.write(chunk)
      if (isText) done = source.end
      // Nothing that a later tag may still change.
      return source.take(Math.min(done, open?.start ?? done, media?.tag.start ?? done))
    },
    flush() {
      if (!isText) reader.end()
      const { end } = source
      if (open) {
        const tag = open
        open = undefined
        ended(tag, end, end)
      }
      endMedia()
      return source.take(end + 1)
    },
  }
}

const isMedia = ({ name, foreign }: StartTag) => !foreign && (name === 'video' || name === 'audio')

/** For browsers, or for a plugin that makes it so for them. */
const isCode = (tag: StartTag) =>
  JAVASCRIPT.test((tag.attributes.get('type') ?? '').trim()) || delayOf(tag) !== undefined

const isImportMap = ({ attributes }: StartTag) => /^\s*importmap\s*$/i.test(attributes.get('type') ?? '')

const service = (reasons: readonly Reason[]) =>
  ` data-service="${[...new Set(reasons.map(({ owner }) => owner.id))].join(' ')}"`
