/** Instagram's embed.js and the post that it puts into a frame. */
import { cookie, page, script } from './reply.mjs'

const cookies = [
  cookie('mid', 'stand-in', 400, '.instagram.com'),
  cookie('ig_did', 'stand-in', 400, '.instagram.com'),
  cookie('csrftoken', 'stand-in', 365, '.instagram.com'),
]

export default [
  {
    host: 'www.instagram.com',
    path: '/embed.js',
    reply: () => script('embed.js', embed, {}, cookies.slice(0, 1)),
  },
  { host: 'www.instagram.com', path: /^\/(p|reel)\/[\w-]+\/embed\//, reply: post },
]

function post() {
  return page({
    title: 'Instagram',
    cookies,
    css: `body{border:1px solid #dbdbdb;border-radius:4px}header,footer{display:flex;gap:10px;align-items:center;padding:12px 14px}
.r{width:34px;height:34px;border-radius:50%;background:radial-gradient(#fff 38%,#0000 40%),conic-gradient(#feda75,#d62976,#962fbf,#4f5bd5,#feda75)}
.p{aspect-ratio:1;background:radial-gradient(circle at 70% 30%,#ffe9b8 0 12%,#0000 13%),linear-gradient(#8fc7d9,#d7ecef 55%,#4d8a78 56%,#1f5a4c)}
p{margin:0 14px 14px}footer{color:#262626;font-size:20px;letter-spacing:8px}`,
    body: `<header><span class="r" aria-hidden="true"></span><b>vauhtikuvio</b><span class="note">stand-in</span></header>
<div class="p" aria-hidden="true"></div><footer aria-hidden="true">♡◯➤</footer><p><b>vauhtikuvio</b> Strategiapäivä järven rannalla. Paperille jäi kolme lausetta, ja ne riittävät.</p>`,
  })
}

/** Runs in the page. */
function embed() {
  function process() {
    for (const quote of document.querySelectorAll('blockquote.instagram-media[data-instgrm-permalink]')) {
      const { pathname } = new URL(quote.dataset.instgrmPermalink)
      const frame = document.createElement('iframe')
      frame.src = `https://www.instagram.com${pathname.replace(/\/?$/, '/')}embed/captioned/?cr=1&v=14`
      frame.title = 'Instagram'
      frame.className = 'instagram-media-rendered'
      frame.width = '100%'
      frame.height = 620
      frame.style.border = 'none'
      frame.style.maxWidth = '540px'
      quote.replaceWith(frame)
    }
  }
  window.instgrm = { Embeds: { process } }
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', process)
  else process()
}
