import type { ServiceFacts } from '../policy/service-facts.ts'
import { meta } from './providers.ts'
import { dpf } from './transfers.ts'

/**
 * Facebook Login by the JavaScript SDK: the visitor asks for it, so the SDK is best loaded on pressing the button.
 *
 * Sources, read 2026-11-22: the Open Cookie Database (0ee5a17); the rest is general knowledge.
 * Globals are those of the SDK's snippet and of its login calls.
 * Doubts: the three cookies on the site's own host are low-confidence rows; those of facebook.com are as in
 * `facebook`, whose host draws the button. The versioned OAuth dialog
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
    { name: 'fr', days: 90, purpose: 'ads', host: 'facebook.com' },
    { name: 'datr', days: 400, purpose: 'visitor', host: 'facebook.com' },
    { name: 'sb', days: 400, purpose: 'visitor', host: 'facebook.com' },
  ],
  widgets: [{ match: '.fb-login-button,fb\\:login-button', does: 'open', size: [240, 40] }],
  redraw: 'FB.XFBML.parse',
  globals: [
    'fbAsyncInit',
    'FB.init',
    'FB.XFBML',
    'FB.Event',
    'FB.ui',
    'FB.api',
    'FB.AppEvents',
    'FB.login',
    'FB.logout',
    'FB.getLoginStatus',
    'FB.getAuthResponse',
  ],
} as const satisfies ServiceFacts
