import type { ServiceFacts } from '../policy/service-facts.ts'
import { meta } from './providers.ts'
import { dpf } from './transfers.ts'

/**
 * Facebook Login by the JavaScript SDK: the visitor asks for it, so the SDK is best loaded on pressing the button.
 *
 * Sources, read 2026-11-22: the Open Cookie Database (0ee5a17); the rest is general knowledge.
 * Doubts: the three cookies are low-confidence rows and the only ones known. The versioned OAuth dialog
 * (`/vN.N/dialog/oauth`) has no fixed path prefix. The SDK is the same file as that of `facebook`. A server-side
 * OAuth redirect needs no script of Facebook's at all.
 */
export const facebookLogin = {
  id: 'facebook-login',
  name: 'Facebook Login',
  category: 'functional',
  provider: meta,
  transfer: dpf,
  urls: [
    'connect.facebook.net',
    'www.facebook.com/plugins/login_button.php',
    'www.facebook.com/dialog/oauth',
    'www.facebook.com/x/oauth',
    'graph.facebook.com',
  ],
  cookies: [
    { name: 'fbsr_*', days: 0, purpose: 'login' },
    { name: 'fbm_*', days: 365, purpose: 'login' },
    { name: 'fblo_*', days: 365, purpose: 'choice' },
  ],
  widgets: [{ match: '.fb-login-button,fb\\:login-button', does: 'open', size: [240, 40] }],
  redraw: 'FB.XFBML.parse',
} as const satisfies ServiceFacts
