/** Why something has to wait: whose its address is, or whose its code. */
import { contentOf } from './addresses.ts'
import type { Load } from './loads.ts'
import type { Owner, Owners } from './owners.ts'

export interface Reason {
  readonly owner: Owner
  /** The address, or the global that its code uses. */
  readonly from: string
  /** `address`: of the element itself. `names`: its text names the address. `uses`: its code uses the global. */
  readonly why: 'address' | 'names' | 'uses'
}

/** What of the page is needed to tell. It changes as the page is read. */
export interface Surroundings {
  /** What relative addresses start from, if that is known. */
  base: string | undefined
  /** Services of the page so far, the last one last. */
  likely: readonly Owner[]
}

export interface Reasons {
  ofUrl(address: string): Owner | undefined
  ofLoad(load: Load): readonly Reason[]
  /** `type` is that of the script. */
  ofCode(text: string, type?: string): readonly Reason[]
}

/** `ofMarkup` tells of a whole page inside the page. */
export function createReasons(
  owners: Owners,
  page: Surroundings,
  ofMarkup: (text: string) => readonly Reason[],
): Reasons {
  function ofUrl(address: string): Owner | undefined {
    const owner = owners.ofUrl(address, page.base)
    return owner?.held ? owner : undefined
  }

  function ofCode(text: string, type = ''): readonly Reason[] {
    if (/speculationrules/i.test(type)) return ofRules(text.replace(/\\\//g, '/'))
    return owners
      .ofText(text, page.likely)
      .filter(({ owner }) => owner.held)
      .map(({ owner, by, what }) => ({ owner, from: what, why: by === 'address' ? 'names' : 'uses' }))
  }

  function ofRules(text: string): Reason[] {
    return Array.from(text.matchAll(/"([^"\\\s]*\/[^"\\\s]*)"/g)).flatMap(([, from = '']): Reason[] => {
      const owner = ofUrl(from)
      return owner ? [{ owner, from, why: 'names' }] : []
    })
  }

  return {
    ofUrl,
    ofCode,
    ofLoad({ kind, addresses }) {
      return addresses.flatMap((from): readonly Reason[] => {
        const owner = ofUrl(from)
        if (owner) return [{ owner, from, why: 'address' }]
        const content = kind === 'script' || kind === 'frame' ? contentOf(from) : undefined
        if (!content) return []
        const code = content.kind === 'code' ? ofCode(content.text) : []
        // What code returns to a frame is its page.
        return content.kind === 'markup' || kind === 'frame' ? [...code, ...ofMarkup(content.text)] : code
      })
    },
  }
}
