/**
 * For pages that no server prints: `npx esbuild lock-static.js --bundle --minify` makes a script to stand inline, right after
 * the head line and before everything else.
 */
import { contentSecurityPolicy, readChoice } from 'portti/csp'
import policy from './consent-policy.json'

document.write(contentSecurityPolicy(policy, { choice: readChoice(policy, document.cookie) }).meta)
