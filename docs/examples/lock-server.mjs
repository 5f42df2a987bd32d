/** A site that the browser itself keeps locked: `PORT=8080 node lock-server.mjs`, beside `index.html` and the policy. */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { contentSecurityPolicy, readChoice } from 'portti/csp'

const policy = readFileSync('consent-policy.json', 'utf8')
const page = readFileSync('index.html')

createServer((request, response) => {
  const choice = readChoice(policy, request.headers.cookie)
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': contentSecurityPolicy(policy, { choice }).header,
    // The same page has another policy after another answer.
    'cache-control': 'private, no-cache',
    vary: 'cookie',
  })
  response.end(page)
}).listen(Number(process.env.PORT ?? 8080))
