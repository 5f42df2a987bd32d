/**
 * For pages that no server prints: `npx esbuild lock-static.js --bundle --minify` makes a script to stand inline. First in
 * `<head>` stands the tag of `portti.js`, right after it the head line, then this.
 */
import { contentSecurityPolicy, readChoice } from 'portti/csp'
import policy from './consent-policy.json'

document.write(contentSecurityPolicy(policy, { choice: readChoice(policy, document.cookie) }).meta)
