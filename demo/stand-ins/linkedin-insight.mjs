/** LinkedIn Insight. */
import { common } from './linkedin.mjs'
import { cookie, pixel, script } from './reply.mjs'

export default [
  {
    host: 'snap.licdn.com',
    path: /^\/li\.lms-analytics\/insight[\w.]*\.js$/,
    reply: () => script('insight.min.js', insight),
  },
  {
    host: /^(px|px4|dc)\.ads\.linkedin\.com$/,
    path: '/collect',
    reply: () =>
      pixel([
        ...common,
        cookie('li_sugr', 'stand-in', 90, '.linkedin.com'),
        cookie('UserMatchHistory', 'stand-in', 30, '.linkedin.com'),
      ]),
  },
]

/** Runs in the page. */
function insight(_, keep) {
  const ids = window._linkedin_data_partner_ids || [window._linkedin_partner_id]
  keep('li_fat_id', 'stand-in', 30)
  keep('ln_or', 'eyJzdGFuZCI6ImluIn0', 1)
  localStorage.setItem('li_adsId', 'stand-in')
  const collect = (extra) => {
    for (const id of ids) {
      new Image().src = `https://px.ads.linkedin.com/collect?v=2&fmt=js&pid=${id}${extra}`
    }
  }
  const waiting = window.lintrk?.q || []
  window.lintrk = (command, { conversion_id: conversion } = {}) => {
    if (command === 'track') collect(conversion ? `&conversionId=${conversion}` : '')
  }
  collect('')
  for (const entry of waiting) window.lintrk(...entry)
}
