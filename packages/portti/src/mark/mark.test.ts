import { expect, it } from 'vitest'
import { createMarker, type Marked, mark } from './index.ts'

const policy = {
  controller: { name: 'Yritys Oy', privacyNotice: '/tietosuoja' },
  categories: [
    { id: 'analytics', services: ['google-analytics', 'universal-analytics', 'microsoft-clarity'] },
    { id: 'social', services: ['facebook', 'linkedin', 'x', 'instagram'] },
    { id: 'media', services: ['youtube'] },
    { id: 'ads', services: ['google-ads', 'meta-pixel'] },
  ],
}
it('x', () => {
  for (const html of [
    `<script async src="https://www.googletagmanager.com/gtag/js?id=G-X"></script><script>gtag('config','G-X')</script>`,
    `<script type=module SRC='https://connect.facebook.net/x'></script>`,
    `<iframe width=5 src=https://www.youtube.com/embed/1></iframe>`,
    `<noscript><img src="https://www.facebook.com/tr?id=1&amp;x" height=1></noscript>`,
    `<style>@import "https://static.hotjar.com/a.css"; a{background:url(https://i.ytimg.com/x.jpg) no-repeat}</style>`,
    `<video controls><source src="https://www.youtube.com/v.mp4"><source src=/x></video>`,
    `<iframe srcdoc="<script src=https://static.hotjar.com/a.js></script>"></iframe>x`,
    `<svg><script xlink:href="https://static.hotjar.com/a.js"/><image xlink:href="https://i.ytimg.com/1"/></svg>`,
    `<div style='color:red;background:url("https://i.ytimg.com/1")'>`,
    `<a ping="https://px.ads.linkedin.com/x" href=/a>`,
    `<template data-service=facebook><script src="https://connect.facebook.net/a"></script><img src="https://www.facebook.com/tr"></template>`,
    `<img src="https://www.facebook.com/tr" src="https://www.facebook.com/tr" data-src=lazy>`,
  ]) {
    const marked: Marked[] = []
    const out = mark(html, { policy, onMark: (m) => marked.push(m) })
    console.log(html + '\n → ' + out + '\n' + JSON.stringify(marked))
    expect(mark(out, { policy })).toBe(out)
    const m = createMarker({ policy })
    let s = ''
    for (const c of html) s += m.push(c)
    expect(s + m.flush()).toBe(out)
  }
})
