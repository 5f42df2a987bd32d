/**
 * Everything that the visitor sees: the banner, the settings, the placeholders and the control that brings the settings
 * back.
 *
 * Drawn in open shadow roots. A site dresses it with the custom properties `--portti-background`, `--portti-text`,
 * `--portti-accent`, `--portti-radius` and `--portti-font`, and with `::part(banner)`, `::part(dialog)`,
 * `::part(button)`, `::part(switch)`, `::part(placeholder)`, `::part(reopen)` and `::part(note)`.
 */
import type { DrawPlace } from '../gate/place.ts'
import type { Messages } from '../locales/messages.ts'
import {
  activeElement,
  bodyOf,
  createElement,
  each,
  listen,
  makePermanent,
  queryAll,
  rootOf,
} from '../natives/natives.ts'
import { coverUp } from './cover.ts'
import { h } from './element.ts'
import { button, firstLayer } from './first-layer.tsx'
import type { OpenSettings, Settings } from './open-settings.ts'
import { boxOf, placeholder } from './placeholder.tsx'
import { reopenControl } from './reopen.tsx'
import { insertFirst, openShadow } from './root.ts'
import { askedOf, type BannerOptions, type Note, type Scene } from './scene.ts'
import { dress } from './theme.ts'
import { createWording, isRightToLeft } from './wording.ts'

export type { Acts, BannerOptions } from './scene.ts'

export interface Banner {
  /** Asks. Does nothing if the policy asks nothing. */
  showBanner(): void
  /** Only after an act of the visitor's. Focus returns to `opener` when it closes. */
  showSettings(opener?: Element | null): void
  /** Takes banner, settings and notes away and changes no answer. */
  hide(): void
  /** Comes along to the body that the page has now: some sites put a new one in for each of their pages. */
  follow(): void
  setLanguage(language: string, messages: Messages): void
  readonly drawPlace: DrawPlace
  /** Whether the small settings button stands on the page while nothing else of ours does. */
  reopen(visible: boolean): void
  /** Shows that something that runs stops only with the page, and offers to load it again. */
  offerReload(): void
  /** Tells screen readers, once and politely. */
  say(text: string): void
  dispose(): void
}

/** Live regions are read only when their text changes while they are known. */
const ANNOUNCE_AFTER = 150

export function createBanner(options: BannerOptions): Banner {
  const { act, policy, on } = options
  const redraws = new Set<() => void>()
  const ends: (() => void)[] = []
  const parts = new Map<string, readonly [about: unknown, drawn: HTMLElement]>()

  const sceneIn = (language: string, messages: Messages, note?: Note): Scene => ({
    ...options,
    note,
    wording: createWording(language, messages, policy),
  })
  let scene = sceneIn(options.language, options.messages)
  let host: HTMLElement | undefined
  let box: HTMLElement | undefined
  let live: HTMLElement | undefined
  let asking = false
  let settings: Settings | undefined
  /** The settings are asked for and not here yet. */
  let coming = false
  let opener: Element | null | undefined
  let lasting = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let uncover: (() => undefined) | undefined

  const setNote = (note?: Note) => {
    scene = { ...scene, note }
  }

  /** Shows what is due now. What is drawn already stays as it is, so that no press of a button gets lost. */
  const update = () => {
    const { note } = scene
    if (!box) {
      if (!bodyOf() || (!asking && !note && !lasting)) return
      start()
    }
    put('banner', asking && scene, firstLayer)
    put('note', !asking && note && scene, noteCard)
    put('reopen', lasting && !asking && !note && scene, reopenControl)
    settings?.redraw(scene)
  }

  /** Something of ours: drawn while there is something that it is `about`, and again when that is another. */
  const put = (name: string, about: Scene | false | undefined, draw: (scene: Scene) => HTMLElement) => {
    const [known, before] = parts.get(name) ?? []
    if (known === (about || undefined)) return
    if (name === 'banner') uncover = uncover?.()
    if (!about) {
      before?.remove()
      parts.delete(name)
      return
    }
    const next = draw(about)
    parts.set(name, [about, next])
    const at = before ? controlsIn(before).indexOf(focused() as HTMLElement) : -1
    if (before) before.replaceWith(next)
    else live?.before(next)
    controlsIn(next)[at]?.focus()
    if (name === 'banner') uncover = coverUp(next, rootOf())
  }

  const focused = () => host?.shadowRoot?.activeElement

  /** What was pressed may be gone, and the focus with it. */
  const keepFocus = (from: Element | null | undefined) => {
    if (from?.isConnected === false && (activeElement() ?? bodyOf()) === bodyOf())
      box?.querySelector('button')?.focus({ preventScroll: true })
  }

  const start = (): HTMLElement => {
    if (box) return box
    host = createElement('portti-ui')
    host.id = 'portti'
    host.setAttribute('data-portti-version', options.version)
    makePermanent(host)
    // Normal inline declarations: stronger than the page's style sheets, weaker than a filter that means to hide us.
    host.style.cssText =
      'all:initial;font-family:inherit;position:fixed;inset:auto 0 0;z-index:2147483647;pointer-events:none'
    const [made, end] = open(host)
    ends.push(end, () => host?.remove())
    box = made
    live = <div class="x" aria-live="polite" />
    box.append(live)
    const actionOf = ({ target }: Event) => (target as Element).closest('[data-portti-action]')
    listen(box, 'click', (event) => {
      const from = actionOf(event)
      if (!from) return
      actions.get(from.getAttribute('data-portti-action'))?.(from)
      keepFocus(from)
    })
    // On the way to the button, so that the settings are here when it is pressed.
    for (const type of ['pointerover', 'focusin']) {
      listen(box, type, (event) => {
        // A focus that comes from nowhere is one that we moved there ourselves.
        if (type === 'focusin' && !(event as FocusEvent).relatedTarget) return
        if (actionOf(event)?.getAttribute('data-portti-action') === 'settings')
          options.loadSettings().catch(() => {})
      })
    }
    // Does not bubble.
    listen(box, 'close', ({ target }) => target === settings?.dialog && closeSettings(), { capture: true })
    attach()
    return box
  }

  const attach = () => {
    const body = bodyOf()
    if (!host || !body || host.isConnected) return
    // A page that was kept as it stood has a copy of us, which has lost what is drawn in it.
    each(queryAll(document, '#portti[data-portti-version]'), (copy) => copy.remove())
    insertFirst(host, body)
  }

  /** A box in a shadow root of `host`, in the site's colours and the visitor's language, and what ends its upkeep. */
  const open = (host: HTMLElement): [box: HTMLElement, end: () => void] => {
    const made = openShadow(host, options.nonce)
    const undress = dress(host, made, policy.theme)
    const speak = () => {
      const { language } = scene.wording
      host.lang = language
      host.dir = isRightToLeft(language) ? 'rtl' : 'ltr'
    }
    redraws.add(speak)
    speak()
    return [
      made,
      () => {
        redraws.delete(speak)
        undress()
      },
    ]
  }

  /** What was held goes first, our own drawing second. */
  const answer = (give: () => void) => {
    setNote()
    give()
    const was = asking
    asking = coming = false
    if (!options.stored() && !scene.note) setNote('notSaved')
    // Draws; the control that gets the focus may be on the page only now.
    closeSettings()
    say(scene.wording.messages[scene.note ?? 'saved'])
    if (was) on?.('hide')
  }

  const actions: ReadonlyMap<string | null, (from: Element) => void> = new Map([
    ['accept', () => answer(act.acceptAll)],
    ['reject', () => answer(act.rejectAll)],
    ['save', () => answer(() => settings && act.choose(settings.choice()))],
    ['withdraw', () => answer(act.withdraw)],
    ['settings', (from: Element) => showSettings(from)],
    ['close', () => (settings ? closeSettings() : hide())],
    ['receipt', () => settings?.saveReceipt(act.receipt())],
    ['reload', () => act.reload()],
  ])

  const showSettings = (from = activeElement()) => {
    if (settings) return
    opener = from
    coming = true
    options.loadSettings().then(openSettings, () => {
      if (!coming) return
      coming = false
      tell('settingsFailed')
      keepFocus(opener)
    })
  }

  const openSettings = (make: OpenSettings) => {
    // Meanwhile it may have been answered, or asked for twice.
    if (!coming || !bodyOf()) return
    coming = false
    if (scene.note === 'settingsFailed') setNote()
    settings = make(start(), scene)
    // A page that has replaced its body took us with it. Only a visitor who asks for us brings us back.
    attach()
    const { dialog } = settings
    dialog.showModal()
    on?.('show')
    // A filter may hide it; a hidden modal dialog would leave the page dead.
    if (dialog.offsetHeight) dialog.querySelector('h2')?.focus()
    else closeSettings()
  }

  const closeSettings = () => {
    const closing = settings
    settings = undefined
    closing?.dialog.close()
    closing?.remove()
    update()
    if (!closing) return
    const back =
      opener?.isConnected && opener !== bodyOf()
        ? opener
        : (box?.querySelector('[data-portti-action=settings]') ?? queryAll(document, CONTROLS)[0])
    if (back instanceof HTMLElement) back.focus()
    on?.('hide')
  }

  const hide = () => {
    const was = asking
    asking = coming = false
    setNote()
    closeSettings()
    if (was) on?.('hide')
  }

  /** Shows a note, and says it. */
  const tell = (note: Note) => {
    setNote(note)
    say(scene.wording.messages[note])
  }

  const say = (text: string) => {
    update()
    if (live) live.textContent = ''
    clearTimeout(timer)
    timer = setTimeout(() => {
      if (live) live.textContent = text
    }, ANNOUNCE_AFTER)
  }

  ends.push(
    // Another tab, or the page, may answer while we ask.
    options.$decision.listen(({ kind }) => {
      scene = { ...scene }
      if (kind === 'given' && asking && !settings) hide()
      else update()
    }),
    () => clearTimeout(timer),
    () => uncover?.(),
    () => {
      coming = false
    },
  )

  return {
    showBanner() {
      if (asking || !askedOf(scene).length) return
      asking = true
      setNote()
      say(scene.wording.messages.bannerTitle)
      on?.('show')
    },
    showSettings,
    hide,
    follow() {
      if (!host || host.isConnected) return
      attach()
      if (settings) closeSettings()
      scene = { ...scene }
      update()
    },
    setLanguage(language, messages) {
      scene = sceneIn(language, messages, scene.note)
      update()
      for (const redraw of redraws) redraw()
    },
    drawPlace(place) {
      const { host } = place
      host.style.cssText = boxOf(place)
      const [made, end] = open(host)
      const redraw = () => made.replaceChildren(placeholder(place, policy, scene.wording))
      listen(made, 'click', ({ target }) => {
        const action = (target as Element).closest('button')?.getAttribute('data-portti-action')
        if (action === 'once' || action === 'always') place[action]()
      })
      redraws.add(redraw)
      redraw()
      return () => {
        redraws.delete(redraw)
        end()
        made.replaceChildren()
      }
    },
    reopen(visible) {
      lasting = visible
      update()
    },
    offerReload: () => tell('withdrawn'),
    say,
    dispose() {
      for (const end of ends.splice(0)) end()
    },
  }
}

const noteCard = ({ wording: { messages }, note }: Scene): HTMLElement => (
  <div class="c b" part="note">
    <div class="s">
      <p>{note && messages[note]}</p>
    </div>
    <div class="g">
      {note === 'withdrawn' && button('reload', messages.reload)}
      {note === 'settingsFailed' && [
        button('reject', messages.rejectAll),
        button('accept', messages.acceptAll),
      ]}
      {button('close', 'OK')}
    </div>
  </div>
)

const controlsIn = (part: HTMLElement) => [...part.querySelectorAll<HTMLElement>('a,button')]

/** The site's own link or button for the settings. Site builders make a whole address of what was typed. */
export const CONTROLS = 'a[href$="#portti"],[data-portti=settings]'
