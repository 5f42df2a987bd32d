/**
 * Styles that only the settings need, on top of the banner's. Class names: u purpose, v service, w row with a switch, y/n its
 * state in words.
 */
export const css = `
h3,h4,ul{margin:0;font-size:1em;font-weight:400}
h3,caption,th{font-weight:600}
.v,.u>ul{font-size:.9375em}
::backdrop{background:rgb(10 14 20/.5)}
dialog{position:fixed;inset:0;width:100%;max-width:45em;height:fit-content;max-height:min(88vh,56em);margin:auto;padding:0}
dialog:not([open]){display:none}
dialog>.g{border-top:1px solid var(--i);padding-top:1em}
dialog>.g>*{flex-basis:max(20%,min(40%,(40em - 100%)*99),(19em - 100%)*99)}
dialog>.s{position:relative;flex:1 1 auto;min-height:12em}
.p:has(dialog[open])>.b{visibility:hidden}
.u{border-top:1px solid var(--i);padding:1em 0;margin-top:.5em}
.u>p,summary,small{opacity:.85}
.w{display:flex;flex-wrap:wrap;align-items:center;justify-content:end;gap:0 .6em;min-height:2em}
.w>span{flex:1 1 10.5em;min-width:0}
small{font-size:.8125em;font-weight:400}
input{appearance:none;order:1;flex:none;width:2.75em;height:1.625em;margin:0;font:inherit;color:inherit;border:2px solid;border-radius:1em}
input::before{content:"";display:block;margin:.25em;width:0;border:.4375em solid;border-radius:1em}
input:checked{background:var(--a);border-color:var(--a);color:var(--b)}
input:checked::before{margin-inline-start:1.375em}
label,input{cursor:pointer}
.y,input:checked~.n{display:none}
input:checked~.y{display:inline}
.v{padding-inline-start:.9em;border-inline-start:2px solid var(--i);margin-top:.5em}
ul{padding-inline-start:1.1em}
table{border-collapse:collapse;width:100%;margin:.5em 0;font-size:.875em}
caption{text-align:start}
th,td{text-align:start;vertical-align:top;padding:.35em 0;padding-inline-end:.75em;border-top:1px solid var(--i)}
tbody th{overflow-wrap:anywhere;min-width:6em}
@media(max-width:40em){
dialog{height:100%;max-height:100%;border-radius:0}
thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
table,caption,tbody,tr,tbody th,td{display:block}
tbody th,td{border:0;padding:0}
tr{border-top:1px solid var(--i);padding:.35em 0}
td::before{content:attr(data-h)": ";opacity:.8}
}
@media(max-height:30em){
dialog{overflow:auto}
dialog>.s{flex:none;overflow:visible}
}
`.replace(/\n/g, '')
