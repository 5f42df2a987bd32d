import type { Catalogue } from '../policy/catalogue.ts'
import { summary } from '../policy/issue.ts'
import { normalise } from '../policy/normalise.ts'
import { parse } from '../policy/parse.ts'
import type { Policy } from '../policy/policy.ts'
import { catalogue as ours } from '../services/catalogue.ts'
import { createMarker as create, type Marked, type Marker } from './marker.ts'
import { createOwners, type Owners } from './owners.ts'

export interface MarkOptions {
  /** The policy as the page has it: an object or JSON text. An object is checked once; a faulty one throws. */
  readonly policy: unknown
  /** @default the whole catalogue: what the policy does not declare is held for good */
  readonly catalogue?: Catalogue
  /** Where the page is published. Needed only to know relative addresses of a service on the site itself. */
  readonly url?: string
  /** Told of every element that is marked, in the order in which that becomes certain. */
  readonly onMark?: (marked: Marked) => void
}

/**
 * Marks a page: what a declared or catalogued service would load or run waits from then on for the visitor's answer, as if it had
 * been written so by hand. Everything else stays byte for byte, and what is marked already is left alone, so that marking twice
 * changes nothing. Never throws because of the page.
 *
 * @example
 * const policy = JSON.parse(await readFile('consent-policy.json', 'utf8'))
 * await writeFile('index.html', mark(await readFile('index.html', 'utf8'), { policy }))
 */
export function mark(html: string, options: MarkOptions): string {
  const marker = createMarker(options)
  return marker.push(html) + marker.flush()
}

/** The same for a page that comes in parts, cut anywhere; one for each page. */
export function createMarker({ policy, catalogue = ours, url, onMark = () => {} }: MarkOptions): Marker {
  return create({ ...rulesOf(policy, catalogue), url, onMark })
}

/** The same as a web stream of texts, for `response.body.pipeThrough(new TextDecoderStream()).pipeThrough(markStream(…))`. */
export function markStream(options: MarkOptions): TransformStream<string, string> {
  const marker = createMarker(options)
  const pass = (text: string, controller: TransformStreamDefaultController<string>) => {
    if (text) controller.enqueue(text)
  }
  return new TransformStream({
    transform: (chunk, controller) => pass(marker.push(chunk), controller),
    flush: (controller) => pass(marker.flush(), controller),
  })
}

/** A server marks many pages by one policy. */
const known = new WeakMap<object, WeakMap<Catalogue, Rules>>()

interface Rules {
  readonly policy: Policy
  readonly owners: Owners
}

function rulesOf(declared: unknown, catalogue: Catalogue): Rules {
  if (typeof declared !== 'object' || !declared) return readRules(declared, catalogue)
  const ofPolicy = known.get(declared) ?? new WeakMap<Catalogue, Rules>()
  known.set(declared, ofPolicy)
  const rules = ofPolicy.get(catalogue) ?? readRules(declared, catalogue)
  ofPolicy.set(catalogue, rules)
  return rules
}

function readRules(declared: unknown, catalogue: Catalogue): Rules {
  const parsed = parse(declared, catalogue)
  if (!parsed.ok) throw new Error(`portti/mark: the policy is faulty\n${summary(parsed.issues)}`)
  const policy = normalise(parsed.policy, catalogue)
  return { policy, owners: createOwners(policy, catalogue) }
}
