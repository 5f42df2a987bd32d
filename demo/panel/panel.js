/**
 * Shows live what the page's gate does: what is held or released, which requests really left for other hosts, what is
 * stored and what was cleared. It looks only, stores nothing and asks nobody. `?panel=off` leaves it out.
 *
 * It finds Portti as `window.portti`. Where the demo server plays the vendors, a `<meta name="portti-demo">` says from
 * where, so that their own names can be shown.
 */
import { readStored } from './stored.js'
import { view } from './view.js'

if (new URLSearchParams(location.search).get('panel') !== 'off') {
  customElements.define('portti-panel', panelElement())
  const start = () => document.body.append(document.createElement('portti-panel'))
  if (document.body) start()
  else addEventListener('DOMContentLoaded', start)
}

function panelElement() {
  const standIns = document.querySelector('meta[name=portti-demo]')?.content
  const wide = matchMedia('(min-width: 1100px)')
  /** Host → how many requests. */
  const requests = new Map()
  /** Names that were stored once and are gone. */
  const cleared = new Set(takeOver())
  let present = []

  return class extends HTMLElement {
    #open = wide.matches
    #drawn = ''
    #draw
    #timer

    connectedCallback() {
      const shadow = this.attachShadow({ mode: 'open' })
      const sheet = document.createElement('link')
      sheet.rel = 'stylesheet'
      sheet.href = new URL('panel.css', import.meta.url).href
      this.#draw = view(shadow, () => {
        this.#open = !this.#open
        this.#update()
      })
      shadow.prepend(sheet)

      new PerformanceObserver((list) => {
        for (const { name } of list.getEntries()) count(name)
        this.#update()
      }).observe({ type: 'resource', buffered: true })
      for (const event of ['portti:ready', 'portti:show', 'portti:hide']) {
        document.addEventListener(event, () => this.#update())
      }
      document.addEventListener('portti:change', ({ detail }) => {
        if (detail?.withdrawn?.length > 0) handOver([...cleared, ...present.map(({ name }) => name)])
        this.#update()
      })
      wide.addEventListener('change', ({ matches }) => {
        this.#open = matches
        this.#update()
      })
      addEventListener('resize', () => this.#update())
      this.#timer = setInterval(() => this.#update(), 400)
      this.#update()
    }

    disconnectedCallback() {
      clearInterval(this.#timer)
    }

    #update() {
      const { portti } = window
      const stored = readStored()
      for (const { name } of present) if (!stored.some((now) => now.name === name)) cleared.add(name)
      for (const { name } of stored) cleared.delete(name)
      present = stored
      const things = (portti?.held?.() ?? []).map((thing) => ({ ...thing, from: vendorOf(thing.from) }))
      const state = {
        open: this.#open,
        decision: portti?.$decision?.get() ?? { kind: 'absent' },
        things,
        requests: [...requests],
        stored,
        cleared: [...cleared],
      }
      const drawn = JSON.stringify(state)
      if (drawn !== this.#drawn) this.#draw(state)
      this.#drawn = drawn
      // Wide pages make room, so that nothing of theirs is covered.
      document.documentElement.style.paddingInlineEnd = this.#open && wide.matches ? '21rem' : ''
      this.style.setProperty('--below', `${bannerHeight()}px`)
    }
  }

  function count(address) {
    const url = new URL(address)
    if (!/^https?:$/.test(url.protocol) || url.hostname === location.hostname) return
    const host = vendorOf(address).split(/[/?#]/)[0]
    requests.set(host, (requests.get(host) ?? 0) + 1)
  }

  /** The address as the page's author wrote it, without its scheme. */
  function vendorOf(address) {
    const plain = standIns && address.startsWith(standIns) ? address.slice(standIns.length) : address
    return plain.replace(/^https?:\/\//, '')
  }
}

/** How much of the bottom right corner the banner takes. */
function bannerHeight() {
  const root = document.getElementById('portti')
  const parts = root ? [root, ...(root.shadowRoot?.querySelectorAll('*') ?? [])] : []
  let top = innerHeight
  for (const part of parts) {
    if (part.localName === 'dialog' || getComputedStyle(part).position !== 'fixed') continue
    const box = part.getBoundingClientRect()
    if (box.height > 0 && box.right > innerWidth - 350 && box.top > 80) top = Math.min(top, box.top)
  }
  return innerHeight - top
}

/**
 * Withdrawal may load the page again, and then nobody would see what went. The entry of the session history carries the
 * names over: it is no storage of the site's and ends with the tab.
 */
function handOver(names) {
  history.replaceState({ ...history.state, porttiPanel: names }, '')
}

function takeOver() {
  const { porttiPanel, ...rest } = history.state ?? {}
  if (porttiPanel) history.replaceState(rest, '')
  return porttiPanel ?? []
}
