/** Where a checkout form leads: Paytrail's payment page. */
import { escapeHtml, page } from './reply.mjs'

export default [{ host: 'payment.paytrail.com', path: '/e2', reply: pay }]

function pay({ body }) {
  const order = new URLSearchParams(body)
  const product = order.get('ITEM_TITLE[0]') ?? 'Tilaus'
  const amount = Number(order.get('AMOUNT') ?? 0).toLocaleString('fi-FI', {
    style: 'currency',
    currency: 'EUR',
  })
  const banks = ['Verkkopankki', 'Kortti', 'Mobiilimaksu', 'Lasku']
  return page({
    title: 'Maksu',
    css: `html{background:#f5f2fb}body{max-width:520px;margin:6vh auto;background:#fff;border-radius:14px;padding:28px 30px;box-shadow:0 10px 40px #2a155022}
h1{font-size:22px;margin:12px 0}dl{display:grid;grid-template-columns:1fr auto;margin:0 0 20px;border-block:1px solid #e4dcf2;padding:12px 0}dd{margin:0;font-weight:700}
ul{display:grid;grid-template-columns:1fr 1fr;gap:10px;list-style:none;padding:0;margin:0}li{border:1px solid #cdbfe6;border-radius:10px;padding:16px;text-align:center}`,
    body: `<span class="note">stand-in: maksupalvelun sivu</span><h1>Valitse maksutapa</h1>
<dl><dt>${escapeHtml(product)}</dt><dd>${escapeHtml(amount)}</dd></dl><ul>${banks.map((name) => `<li>${name}</li>`).join('')}</ul>`,
  })
}
