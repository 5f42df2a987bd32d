/**
 * Styles of what every visitor may see, one sheet for all our shadow roots. Class names are short, because they are ours
 * alone: b banner, c card, s scrolls, g equal buttons, l links, a button that looks like a link, r reopen, e placeholder,
 * f one as big as a frame, k its buttons, x unseen; p is around everything, d while it is dark.
 */
export const css = `
*,::before,::after{box-sizing:border-box}
.p{all:initial;display:block;height:100%;pointer-events:none;font-family:var(--portti-font,inherit);font-size:max(1rem,16px);line-height:1.5;color:var(--t);color-scheme:light;--b:var(--portti-background,#fff);--t:var(--portti-text,#1b1f26);--a:var(--portti-accent,#1d5fbf);--r:var(--portti-radius,14px);--i:rgb(120 130 145/.35)}
.d{color-scheme:dark;--b:var(--portti-background,#1e2127);--t:var(--portti-text,#eceef2);--a:var(--portti-accent,#8fbaff)}
.c,.r,.e{pointer-events:auto;background:var(--b);color:var(--t);border:1px solid var(--i);border-radius:var(--r);overflow-wrap:break-word}
.c{display:flex;flex-direction:column;box-shadow:0 12px 48px rgb(0 0 0/.25)}
.b{max-height:max(50vh,min(88vh,18em));max-width:45em;margin:0 auto 1em;padding-bottom:env(safe-area-inset-bottom)}
.s{overflow:auto;padding:1.5em 1.75em .25em}
h2,p{margin:0;font-size:1em;font-weight:400}
h2,.g>*,.k>*{font-weight:600}
h2{font-size:1.125em;margin-bottom:.25em}
h2:focus{outline:0!important}
.s p,.g>*{font-size:.9375em}
.s>p{margin-bottom:.6em}
.l{display:flex;flex-wrap:wrap;align-items:baseline;column-gap:1.5em}
button{font:inherit;color:inherit;background:none;cursor:pointer}
a,.a{color:inherit;text-decoration:underline 1px;text-underline-offset:.2em}
.a{border:0;padding:0}
.l>*,li>*{display:inline-block;vertical-align:top;min-height:24px;max-width:100%}
.g,.k{display:flex;flex-wrap:wrap;gap:.5em;padding:.75em 1.75em 1.5em}
.g>*,.k>*{flex:1 1 calc((17em - 100%)*99);min-width:0;min-height:44px;padding:.5em .4em;line-height:1.2;border:1px solid;border-radius:min(var(--r),10px);background:rgb(120 130 145/.12)}
.g>:hover,.k>:hover,.r:hover{background:var(--t);color:var(--b)}
:focus-visible{outline:3px solid var(--t)!important;outline-offset:1px!important}
summary{min-height:24px;cursor:pointer}
.r{position:absolute;bottom:.75rem;inset-inline-start:.75rem;display:flex;gap:.5em;align-items:center;min-height:40px;padding:.4em .7em;border-radius:99px;font-size:.8125em}
svg{width:1.375em;fill:none;stroke:currentColor;stroke-width:1.6}
.x{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.e{font-size:.875em;padding:.4em}
.f{height:100%;overflow:auto;padding:1em 1.25em;display:flex;flex-direction:column;gap:.25em}
.f>:first-child{margin-top:auto}
.f>:last-child{margin-bottom:auto}
.k{padding:.25em 0}
.k>*{flex:none;display:flex;align-items:center;min-height:36px;padding:.5em .8em;max-width:100%;text-decoration:none}
.k [target]::after{content:"\\2197";padding-inline-start:.4em}
@media(max-width:40em){
.b{margin:0;max-width:none;border-radius:var(--r) var(--r) 0 0}
.s{padding:1em 1em .25em}
.g{gap:.375em;padding:.5em 1em 1em}
.f{padding:.5em .75em;line-height:1.3}
.f h2{font-size:1em}
.r>span{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
}
@media(max-height:30em){.b>.g>*{flex:1 1 0;padding:.4em .2em}}
@media print{:host{display:none!important}}
`.replace(/\n/g, '')
