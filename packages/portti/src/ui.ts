/** The user interface: joins the banner with the language of the page and with the moments at which it is shown. */
import { type Banner, CONTROLS, createBanner } from './banner/banner.tsx'
import type { OpenSettings } from './banner/open-settings.ts'
import { isAsked } from './consent/decision.ts'
import { chooseLanguage } from './locales/choose-language.ts'
import type { Messages } from './locales/messages.ts'
import {
  bodyOf,
  closest,
  emit,
  isElement,
  listen,
  Observer,
  queryAll,
  readyState,
  rootOf,
} from './natives/natives.ts'
import type { Ui, UiContext } from './portti.ts'
import { version } from './version.ts'

export const createUiWith =
  (locales: ReadonlyMap<string, Messages>, loadSettings: () => Promise<OpenSettings>) =>
  ({ policy, declared, consent, portti, gpc, language: wanted, nonce, mark }: UiContext): Ui => {
    const offered = policy.languages.filter((tag) => locales.has(tag))
    let said = ofPage()
    let language = said
    const undo: (() => void)[] = []

    function pick(...tags: readonly (string | null | undefined)[]): string {
      return chooseLanguage(tags, offered.length > 0 ? offered : [...locales.keys()])
    }
    function ofPage(): string {
      const root = rootOf()
      return pick(wanted, root.getAttribute('lang'), root.getAttribute('xml:lang'))
    }
    /** The language's texts, with the site's own wordings over them. */
    function messages(): Messages {
      // The cast: `offered` and `pick` name only languages that are there.
      return Object.assign(Object.create(null), locales.get(language), policy.texts[language]) as Messages
    }

    const banner: Banner = createBanner({
      policy,
      declared,
      loadSettings,
      $decision: portti.$decision,
      gpc,
      language,
      messages: messages(),
      nonce,
      version,
      now: () => Date.now(),
      stored: consent.stored,
      allows: consent.allows,
      act: {
        acceptAll: consent.acceptAll,
        rejectAll: consent.rejectAll,
        choose: (choice) => consent.choose(choice, 'save'),
        withdraw: consent.withdraw,
        receipt: portti.record,
        reload: () => location.reload(),
      },
      on: (event) => emit(`portti:${event}`),
    })

    /** In a frame the page around it asks, or nobody: a banner in a corner of another site helps no visitor. */
    const mayAsk =
      window.top === window &&
      [...policy.categories.values()].some((category) => isAsked(category, Date.now()))
    const isOpen = () => consent.decision().kind !== 'given'

    function showWhatIsDue(): void {
      if (bodyOf()?.localName !== 'body') return
      if (mayAsk && isOpen()) banner.showBanner()
      const wantsControl =
        policy.reopen === 'always' || (policy.reopen === 'auto' && queryAll(document, CONTROLS).length === 0)
      banner.reopen(mayAsk && wantsControl && !isOpen() && readyState() !== 'loading')
    }

    function setLanguage(tag: string): void {
      language = pick(tag)
      banner.setLanguage(language, messages())
    }

    /** The site has put another of its pages in the place of this one. */
    function swapped(): void {
      const says = ofPage()
      if (says !== said) setLanguage(says)
      said = says
      mark()
      banner.follow()
      showWhatIsDue()
    }

    /** Somebody came by a link to the settings: from another page, or out of reach of our listener. */
    function openIfNamed(): void {
      if (location.hash === '#portti') banner.showSettings()
    }

    undo.push(
      eachBody(() => {
        showWhatIsDue()
        openIfNamed()
      }, swapped),
      listen(document, 'DOMContentLoaded', showWhatIsDue),
      listen(window, 'hashchange', openIfNamed),
      listen(document, 'click', (event) => {
        const control = isElement(event.target) ? closest(event.target, CONTROLS) : null
        if (!control) return
        event.preventDefault()
        banner.showSettings(control)
      }),
    )

    return {
      draw: banner.drawPlace,
      language: () => language,
      showBanner: banner.showBanner,
      showSettings: () => banner.showSettings(),
      hide: banner.hide,
      setLanguage,
      changed(stuck) {
        showWhatIsDue()
        if (stuck && policy.afterWithdraw === 'offer') banner.offerReload()
      },
      dispose() {
        for (const end of undo) end()
        banner.dispose()
      },
    }
  }

/**
 * Calls `begun` once the body has begun to fill, so that what we put first stands after a link that skips to the content, and
 * `swapped` whenever another body has taken its place: so Turbo, Astro and others go from page to page.
 */
function eachBody(begun: () => void, swapped: () => void): () => void {
  let known: HTMLElement | null = null
  const look = () => {
    const body = bodyOf()
    if (body === known || body?.localName !== 'body') return
    if (!body.firstElementChild && readyState() === 'loading') return
    observer.disconnect()
    for (const parent of [document, rootOf()]) observer.observe(parent, { childList: true })
    const first = !known
    known = body
    if (first) begun()
    else swapped()
  }
  const observer = new Observer(look)
  observer.observe(document, { childList: true, subtree: true })
  look()
  return () => observer.disconnect()
}
