/** A ZEF survey in a frame. */
import { page } from './reply.mjs'

export default [
  {
    host: /^(client|apps)\.myzef\.com$/,
    path: '/',
    reply: () =>
      page({
        title: 'ZEF-kysely',
        css: `body{padding:22px 24px}h1{font-size:20px;margin:10px 0 2px}.g{position:relative;max-width:420px;aspect-ratio:4/3;margin:16px 0 22px;border:2px solid #1d7a63;border-width:0 0 2px 2px;
background:linear-gradient(#1d7a6311 1px,#0000 0) 0 0/100% 25%,linear-gradient(90deg,#1d7a6311 1px,#0000 0) 0 0/25% 100%}
.g i{position:absolute;width:16px;height:16px;border-radius:50%;background:#1d7a63}.g i+i{background:#e0793a}
small{color:#555}`,
        body: `<span class="note">stand-in</span><h1>Mikä työpäivässäsi kuormittaa?</h1><small>Siirrä pisteitä: oikealle = tärkeä, ylös = toimii hyvin.</small>
<div class="g" aria-hidden="true"><i style="left:22%;top:30%"></i><i style="left:64%;top:58%"></i></div><small>1/5 · Vastaukset käsitellään nimettöminä.</small>`,
      }),
  },
]
