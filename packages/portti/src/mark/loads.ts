/** Which attributes of which elements make a browser fetch something. */
import { ofPing, ofSrcset } from './addresses.ts'
import { delayedSources, delayOf } from './delayed.ts'
import type { StartTag } from './read-html.ts'

export type Kind = 'script' | 'frame' | 'image' | 'media' | 'link' | 'style' | 'ping'

export interface Load {
  readonly kind: Kind
  readonly attribute: string
  /** What the attribute is called while it waits. */
  readonly heldAs: string
  /** Its addresses; several only in a `srcset` or a `ping`. */
  readonly addresses: readonly string[]
  /** False where the gate has no way to give it back. */
  readonly comesBack: boolean
  /** It loads nothing as it stands; code of the page, a lazy loader, gives the element this address. */
  readonly isLazy: boolean
}

const one = (value: string): readonly string[] => [value]

/** What a `link` must be, so that its address is fetched or connected to. */
const FETCHED_LINKS =
  /(^|\s)(stylesheet|preload|modulepreload|prefetch|preconnect|dns-prefetch|prerender|icon|apple-touch-icon(-precomposed)?|mask-icon|manifest)(\s|$)/i

const attributes: Readonly<Record<string, readonly [kind: Kind, ...names: string[]]>> = {
  script: ['script', 'src'],
  iframe: ['frame', 'src'],
  frame: ['frame', 'src'],
  fencedframe: ['frame', 'src'],
  embed: ['frame', 'src'],
  object: ['frame', 'data'],
  img: ['image', 'src', 'srcset'],
  // What it is for a parser: an `img`.
  image: ['image', 'src', 'srcset'],
  input: ['image', 'src'],
  source: ['media', 'src', 'srcset'],
  track: ['media', 'src'],
  video: ['media', 'src', 'poster'],
  audio: ['media', 'src'],
  link: ['link', 'href', 'imagesrcset'],
}
/** What lazy loaders call `src` and `srcset`: lazysizes and many others; WP Rocket and Jetpack; LiteSpeed; Lazy Load for jQuery. */
const lazyNames: Readonly<Record<string, readonly string[]>> = {
  src: ['data-src', 'data-lazy-src', 'data-litespeed-src', 'data-original'],
  srcset: ['data-srcset', 'data-lazy-srcset', 'data-litespeed-srcset'],
}
const drawn: Readonly<Record<string, Kind>> = {
  image: 'image',
  feImage: 'image',
  use: 'image',
  script: 'script',
}
const BACKGROUNDS = ['body', 'table', 'thead', 'tbody', 'tfoot', 'tr', 'td', 'th']

export function loadsOf(tag: StartTag): Load[] {
  return tag.foreign ? ofDrawing(tag) : ofPage(tag)
}

function ofPage(tag: StartTag): Load[] {
  const { name, attributes: given } = tag
  const [kind, ...names] = (Object.hasOwn(attributes, name) && attributes[name]) || []
  const loads: Load[] = []
  const add = (kind: Kind, attribute: string, split = one, comesBack = true, meant = attribute) => {
    const value = given.get(attribute)
    if (value === undefined) return
    const isLazy = meant !== attribute
    // A second name for the same thing only has to go.
    const heldAs = `data-${isLazy && attribute !== `data-${meant}` && given.has(`data-${meant}`) ? attribute : meant}`
    loads.push({ kind, attribute, heldAs, addresses: split(value), comesBack, isLazy })
  }
  const loadsNothing =
    (name === 'link' && !FETCHED_LINKS.test(given.get('rel') ?? '')) ||
    (name === 'input' && given.get('type')?.toLowerCase() !== 'image')
  if (kind && !loadsNothing)
    for (const attribute of names) {
      const split = attribute.endsWith('srcset') ? ofSrcset : one
      add(kind, attribute, split, attribute !== 'imagesrcset')
      // A script with another address than `src` is nobody's, or held, or a plugin's.
      const lazies = kind !== 'script' ? (lazyNames[attribute] ?? []) : delayOf(tag) ? delayedSources : []
      for (const lazy of lazies) add(kind, lazy, split, true, attribute)
    }
  if (name === 'a' || name === 'area') add('ping', 'ping', ofPing, false)
  if (BACKGROUNDS.includes(name)) add('image', 'background', one, false)
  return loads
}

/** A script that is released becomes an ordinary one, with a `src`. */
function ofDrawing({ name, attributes: given }: StartTag): Load[] {
  if (name === 'set' || name === 'animate')
    return ['to', 'values'].flatMap((attribute): Load[] => {
      const addresses = given.get(attribute)?.split(/[\s;]+/)
      return addresses
        ? [
            {
              kind: 'image',
              attribute,
              heldAs: `data-${attribute}`,
              addresses,
              comesBack: false,
              isLazy: false,
            },
          ]
        : []
    })
  const kind = Object.hasOwn(drawn, name) ? drawn[name] : undefined
  if (!kind) return []
  return ['href', 'xlink:href'].flatMap((attribute): Load[] => {
    const value = given.get(attribute)
    const heldAs = kind === 'script' ? 'data-src' : 'data-href'
    return value === undefined
      ? []
      : [{ kind, attribute, heldAs, addresses: [value], comesBack: true, isLazy: false }]
  })
}
