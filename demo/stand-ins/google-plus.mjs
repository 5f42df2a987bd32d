/** Google+ ended in 2019. The address still answers; whatever loads it counts as a leak. */
import { script } from './reply.mjs'

export default [
  {
    host: 'apis.google.com',
    path: /^\/js\/(platform|plusone)\.js$/,
    reply: () => script('platform.js', plus),
  },
]

/** Runs in the page. */
function plus() {
  window.gapi = { plusone: { go() {} } }
}
