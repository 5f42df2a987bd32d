/** The React app of the c15t page, as its quickstart has it; `c15t.ts` builds it with esbuild for production. */
import {
  ConsentBanner,
  ConsentDialog,
  ConsentManagerProvider,
  policyPackPresets,
  useConsentManager,
} from '@c15t/react'
import { createElement, useEffect } from 'react'
import { createRoot } from 'react-dom/client'

const { scripts, messages, frames, privacyNotice } = JSON.parse(document.getElementById('task').textContent)

const options = {
  // No backend: one would add a request, and the others have none.
  mode: 'offline',
  consentCategories: ['necessary', 'measurement', 'marketing', 'experience'],
  overrides: { country: 'FI', language: 'fi' },
  offlinePolicy: { policyPacks: [policyPackPresets.europeOptIn()] },
  i18n: { locale: 'fi', detectBrowserLanguage: false, messages: { fi: messages } },
  legalLinks: { privacyPolicy: { href: privacyNotice } },
  scripts,
}

function Frames() {
  const { initializeIframeBlocker } = useConsentManager()
  useEffect(() => initializeIframeBlocker(), [initializeIframeBlocker])
  return null
}

createRoot(document.getElementById('app')).render(
  createElement(
    ConsentManagerProvider,
    { options },
    createElement(ConsentBanner),
    createElement(ConsentDialog),
    frames ? createElement(Frames) : null,
  ),
)
