/** YouTube's player. */
import { cookie, escapeHtml, page } from './reply.mjs'

const cookies = [
  cookie('VISITOR_INFO1_LIVE', 'stand-in', 180, '.youtube.com'),
  cookie('YSC', 'stand-in', 0, '.youtube.com'),
  cookie('__Secure-ROLLOUT_TOKEN', 'stand-in', 180, '.youtube.com'),
]

export default [
  { host: 'www.youtube.com', path: '/embed/', reply: ({ url }) => player(url, cookies) },
  // Sets no cookies before play, and is asked all the same.
  { host: 'www.youtube-nocookie.com', path: '/embed/', reply: ({ url }) => player(url, []) },
]

const player = (url, cookies) =>
  page({
    title: 'YouTube video player',
    cookies,
    css: `html{background:#0f0f0f;color:#fff}body{display:grid;place-items:center;min-height:100vh;overflow:hidden;
background:radial-gradient(circle at 50% 120%,#3a5a40,#0000 60%),linear-gradient(160deg,#14213d,#1b1b1b)}
.t{position:absolute;inset:14px 16px auto;font-weight:600}.s{position:absolute;inset:auto 16px 14px auto}
.p{width:68px;height:48px;border-radius:14px;background:#f00;display:grid;place-items:center}
.p::before{content:"";border:11px solid #0000;border-left:18px solid #fff;margin-left:12px}`,
    body: `<span class="t">Video: ${escapeHtml(url.pathname.split('/')[2] ?? '')}</span><span class="p" aria-hidden="true"></span><span class="s note">stand-in</span>`,
  })
