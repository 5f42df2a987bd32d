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
  ({ policy, declared, consent, portti, gpc, language: wanted, nonce }: UiContext): Ui => {
    const offered = policy.languages.filter((tag) => locales.has(tag))
    const root = rootOf()
    let language = pick(wanted, root.getAttribute('lang'), root.getAttribute('xml:lang'))
    const undo: (() => void)[] = []

    function pick(...tags: readonly (string | null | undefined)[]): string {
      return chooseLanguage(tags, offered.length > 0 ? offered : [...locales.keys()])
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

    undo.push(
      whenBodyBegins(showWhatIsDue),
      listen(document, 'DOMContentLoaded', showWhatIsDue),
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
      setLanguage(tag) {
        language = pick(tag)
        banner.setLanguage(language, messages())
      },
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

/** Calls `work` once the body has begun to fill, so that what we put first stands after a link that skips to the content. */
function whenBodyBegins(work: () => void): () => void {
  const begun = () =>
    bodyOf()?.localName === 'body' && (bodyOf()?.firstElementChild || readyState() !== 'loading')
  if (begun()) {
    work()
    return () => {}
  }
  const observer = new Observer(() => {
    if (!begun()) return
    observer.disconnect()
    work()
  })
  observer.observe(document, { childList: true, subtree: true })
  return () => observer.disconnect()
}
