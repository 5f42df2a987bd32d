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
import { activeElement, bodyOf, createElement, queryAll, rootOf } from '../natives/natives.ts'
import { coverUp } from './cover.ts'
import { button, firstLayer } from './first-layer.tsx'
import { type Children, draw, h } from './h.ts'
import { placeholder, sizeOf } from './placeholder.tsx'
import { saveReceipt } from './receipt.ts'
import { reopenControl } from './reopen.tsx'
import { insertFirst, openShadow } from './root.ts'
import { askedOf, type BannerOptions, type Scene } from './scene.ts'
import { settings } from './settings.tsx'
import { choiceOf, keepTogether } from './switches.ts'
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
  const opened = new Set<string>()
  const ends: (() => void)[] = []

  const sceneIn = (language: string, messages: Messages): Scene => ({
    ...options,
    wording: createWording(language, messages, policy),
  })
  let scene = sceneIn(options.language, options.messages)
  let host: HTMLElement | undefined
  let box: HTMLElement | undefined
  let asking = false
  let dialog: HTMLDialogElement | undefined
  let opener: Element | null | undefined
  let note: { readonly text: string; readonly reload: boolean } | undefined
  let lasting = false
  let spoken = ''
  let timer: ReturnType<typeof setTimeout> | undefined
  let uncover: (() => undefined) | undefined

  const update = (inSettings = !!dialog) => {
    if (!box) {
      if (!bodyOf() || (!asking && !inSettings && !note && !lasting)) return
      box = start()
      attach()
    }
    draw(
      [
        asking && firstLayer(scene),
        note && noteCard(scene, note),
        lasting && !asking && !note && reopenControl(scene.wording.messages.settings),
        inSettings && settings(scene, opened),
        <div className="x" aria-live="polite">
          {spoken}
        </div>,
      ],
      box,
    )
    if (!asking) uncover = uncover?.()
    else uncover ??= coverUp(box.querySelector('section') as Element, rootOf())
  }

  const start = (): HTMLElement => {
    host = createElement('div')
    host.id = 'portti'
    host.setAttribute('data-portti-version', options.version)
    // Normal inline declarations: stronger than the page's style sheets, weaker than a filter that means to hide us.
    host.style.cssText =
      'all:initial;font-family:inherit;position:fixed;inset:auto 0 0;z-index:2147483647;pointer-events:none'
    const [made, end] = open(host)
    ends.push(end, () => host?.remove())
    made.addEventListener('click', ({ target }) => {
      const from = (target as Element).closest('[data-portti-action]')
      if (from) actions.get(from.getAttribute('data-portti-action'))?.(from)
    })
    made.addEventListener('change', ({ target }) => {
      if (dialog) keepTogether(dialog, policy, target as HTMLInputElement)
    })
    // These two do not bubble.
    made.addEventListener('close', ({ target }) => target === dialog && closeSettings(), true)
    made.addEventListener(
      'toggle',
      ({ target }) => {
        const { open: unfolded, dataset } = target as HTMLDetailsElement
        if (!unfolded || !dataset.porttiService) return
        opened.add(dataset.porttiService)
        update()
      },
      true,
    )
    return made
  }

  const attach = () => {
    const body = bodyOf()
    if (host && body && !host.isConnected) insertFirst(host, body)
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
    note = undefined
    give()
    const { saved, notSaved } = scene.wording.messages
    const was = asking
    asking = false
    if (!options.stored()) note ??= { text: notSaved, reload: false }
    // Draws; the control that gets the focus may be on the page only now.
    closeSettings()
    say(note?.text ?? saved)
    if (was) on?.('hide')
  }

  const actions: ReadonlyMap<string | null, (from: Element) => void> = new Map([
    ['accept', () => answer(act.acceptAll)],
    ['reject', () => answer(act.rejectAll)],
    ['save', () => answer(() => dialog && act.choose(choiceOf(dialog, policy)))],
    ['withdraw', () => answer(act.withdraw)],
    ['settings', (from: Element) => showSettings(from)],
    ['close', () => (dialog ? closeSettings() : hide())],
    ['receipt', () => saveReceipt(act.receipt())],
    ['reload', () => act.reload()],
  ])

  const showSettings = (from = activeElement()) => {
    if (dialog) return
    opener = from
    opened.clear()
    spoken = ''
    update(true)
    // A page that has replaced its body took us with it. Only a visitor who asks for us brings us back.
    attach()
    dialog = box?.querySelector('dialog') ?? undefined
    if (!dialog) return
    dialog.showModal()
    on?.('show')
    // A filter may hide it; a hidden modal dialog would leave the page dead.
    if (dialog.offsetHeight) dialog.querySelector('h2')?.focus()
    else closeSettings()
  }

  const closeSettings = () => {
    const closing = dialog
    dialog = undefined
    closing?.close()
    update()
    if (!closing) return
    const back =
      opener?.isConnected && opener !== bodyOf()
        ? opener
        : (box?.querySelector('[data-portti-action=settings]') ?? pageControl())
    if (back instanceof HTMLElement) back.focus()
    on?.('hide')
  }

  const hide = () => {
    const was = asking
    asking = false
    note = undefined
    closeSettings()
    if (was) on?.('hide')
  }

  const say = (text: string) => {
    spoken = ''
    update()
    clearTimeout(timer)
    timer = setTimeout(() => {
      spoken = text
      update()
    }, ANNOUNCE_AFTER)
  }

  ends.push(
    // Another tab, or the page, may answer while we ask.
    options.$decision.listen(({ kind }) => {
      if (kind === 'given' && asking && !dialog) hide()
      else update()
    }),
    () => clearTimeout(timer),
    () => uncover?.(),
  )

  return {
    showBanner() {
      if (asking || !askedOf(scene).length) return
      asking = true
      note = undefined
      say(scene.wording.messages.bannerTitle)
      on?.('show')
    },
    showSettings,
    hide,
    setLanguage(language, messages) {
      scene = sceneIn(language, messages)
      update()
      for (const redraw of redraws) redraw()
    },
    drawPlace(place) {
      const { host } = place
      host.style.cssText = sizeOf(place)
      const [made, end] = open(host)
      const redraw = () => draw(placeholder(place, policy, scene.wording), made)
      made.addEventListener('click', ({ target }) => {
        const action = (target as Element).closest('button')?.getAttribute('data-portti-action')
        if (action === 'once' || action === 'always') place[action]()
      })
      redraws.add(redraw)
      redraw()
      return () => {
        redraws.delete(redraw)
        end()
        draw(null, made)
      }
    },
    reopen(visible) {
      lasting = visible
      update()
    },
    offerReload() {
      note = { text: scene.wording.messages.withdrawn, reload: true }
      say(note.text)
    },
    say,
    dispose() {
      for (const end of ends.splice(0)) end()
    },
  }
}

const noteCard = ({ wording }: Scene, { text, reload }: { text: string; reload: boolean }): Children => (
  <div className="c b" part="note">
    <div className="s">
      <p>{text}</p>
    </div>
    <div className="g">
      {reload && button('reload', wording.messages.reload)}
      {button('close', 'OK')}
    </div>
  </div>
)

/** The site's own link or button for the settings. */
const pageControl = (): Element | undefined =>
  queryAll(document, 'a[href="#portti"],[data-portti=settings]')[0]
