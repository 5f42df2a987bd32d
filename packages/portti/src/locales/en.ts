import type { Messages } from './messages.ts'

/** English. */
export const en: Messages = {
  bannerTitle: 'Cookies on this site',
  bannerBody:
    '{controller} uses necessary cookies to make this site work. With your consent we also use cookies and similar technologies for these purposes: {purposes}. Some of the data goes to our partners ({partners}). You can change your choice at any time under {settings}.',
  bannerBodyOwn:
    '{controller} uses necessary cookies to make this site work. With your consent we also use cookies and similar technologies for these purposes: {purposes}. You can change your choice at any time under {settings}.',
  acceptAll: 'Accept all',
  rejectAll: 'Reject all',
  openSettings: 'Choose myself',
  settings: 'Cookie settings',
  categories: {
    necessary: 'Necessary',
    functional: 'Functional',
    analytics: 'Statistics and analytics',
    clicks: 'Click studies',
    demographics: 'Audience data',
    measure: 'Marketing measurement',
    social: 'Social plugins',
    media: 'Embedded content and extra features',
    ads: 'Targeted advertising and customer segments',
  },
  and: 'and',
  partners: 'Partners ({n})',
  privacyNotice: 'Privacy notice',
  changed: 'The use of cookies has changed. New: {changes}. Your other choices remain in force.',
  expired: 'Your choice has expired, so we ask again.',
  gpc: 'Your browser asks that your data is not sold or shared (GPC). Switched off: {purposes}.',
  saved: 'Your choice has been saved.',
  notSaved: 'The choice could not be saved. It applies on this page.',
  settingsFailed: 'The settings could not be opened. You can still accept or reject all.',
  withdrawn: 'Your consent has been withdrawn. Reload the page to stop the services.',
  reload: 'Reload the page',
  embedTitle: 'Content from another service: {vendor}',
  embedBody:
    'If you load the content, the service receives your IP address and the page address, among other things, and may set cookies.',
  embedJoint: 'We are jointly responsible with the service for collecting and sending the data.',
  embedOnce: 'Load once',
  embedAlways: 'Always allow: {vendor}',
  embedOpen: "Open on the provider's own page",
  share: 'Share: {vendor}',
}
