/** The page with nothing that manages it: what a page costs anyway. Its scripts wait for nobody, and never run. */
import { type Contestant, escaped } from './contestant.ts'

export const none: Contestant = {
  id: 'none',
  name: 'no banner at all',
  hold: (held) =>
    held.kind === 'frame'
      ? `<template data-category="${held.category}"><iframe src="${escaped(held.src)}" title="Video"></iframe></template>`
      : `<script type="text/plain" data-category="${held.category}"${held.kind === 'external' ? ` data-src="${escaped(held.src)}"` : ''}>${held.kind === 'inline' ? held.code : ''}</script>`,
}
