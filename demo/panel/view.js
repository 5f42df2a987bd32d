/** Draws the panel into `shadow`; returns what draws a new state. */
export function view(shadow, toggle) {
  const pill = element('button', { className: 'pill', type: 'button' })
  const body = element('div', { className: 'body', id: 'body' })
  const panel = element('aside', { className: 'panel', lang: 'en' }, pill, body)
  panel.setAttribute('aria-label', 'What Portti does on this page')
  pill.setAttribute('aria-controls', 'body')
  pill.addEventListener('click', toggle)
  body.tabIndex = 0
  body.setAttribute('role', 'region')
  body.setAttribute('aria-label', 'Details')
  shadow.append(panel)

  return (state) => {
    const held = state.things.filter(({ state }) => state === 'held')
    const released = state.things.filter(({ state }) => state === 'released')
    const sent = state.requests.reduce((sum, [, count]) => sum + count, 0)
    panel.classList.toggle('open', state.open)
    body.hidden = !state.open
    pill.setAttribute('aria-expanded', String(state.open))
    pill.replaceChildren(
      element('span', { className: 'dot held' }),
      `${held.length} held`,
      element('span', { className: 'dot released' }),
      `${released.length} released`,
      element('span', { className: 'chevron', ariaHidden: 'true' }),
    )
    const { scrollTop } = body
    body.replaceChildren(
      element('p', { className: 'says' }, sentence(state.decision)),
      element(
        'dl',
        { className: 'numbers' },
        ...number('held', held.length),
        ...number('released', released.length),
        ...number('requests to others', sent),
        ...number('items stored', state.stored.length),
      ),
      ...part('Gate', 'Nothing on this page is held.', groups(state.things)),
      ...part(
        'Requests to others',
        'None. Nobody else knows of this visit.',
        state.requests.map(([host, count]) => row('sent', host, count > 1 ? `${count}×` : '')),
      ),
      ...part('Cookies and storage', 'Nothing is stored.', [
        ...state.stored.map(({ name, where }) =>
          row('stored', name, name === 'portti' ? 'the answer' : where),
        ),
        ...state.cleared.map((name) => row('cleared', name, 'cleared')),
      ]),
    )
    body.scrollTop = scrollTop
  }
}

function sentence(decision) {
  if (decision.kind === 'absent') return 'Portti is not on this page.'
  if (decision.kind === 'unasked') return 'Nobody has answered yet, so everything waits.'
  if (decision.kind === 'lapsed') return 'The policy changed or the answer grew old: what is new waits.'
  const yes = Object.keys(decision.choice).filter((id) => decision.choice[id])
  return yes.length > 0
    ? `The visitor allowed: ${yes.join(', ')}.`
    : 'The visitor said no, so everything stays held.'
}

/** One row per kind and service, under its category. */
function groups(things) {
  const rows = new Map()
  for (const { kind, service, categories, from, state, why } of things) {
    const category = categories.join(' + ') || reasons[why] || 'calls and writes'
    const key = `${category}\n${service || categories[0] || from}\n${kind}\n${state}`
    const known = rows.get(key)
    if (known) known.count += 1
    else
      rows.set(key, {
        kind,
        service: service || categories[0] || from,
        category,
        from,
        state,
        count: 1,
      })
  }
  let last = ''
  return [...rows.values()]
    .sort((a, b) => a.category.localeCompare(b.category) || a.service.localeCompare(b.service))
    .flatMap(({ kind, service, category, from, state, count }) => {
      const heading = category === last ? [] : [element('li', { className: 'category' }, category)]
      last = category
      const line = row(state, service, `${count > 1 ? `${count} × ` : ''}${kind}`)
      line.title = from
      return [...heading, line]
    })
}

/** Why the guard holds what has no category. */
const reasons = { undeclared: 'not in the policy', unlisted: 'strangers', 'no-policy': 'before the policy' }

const stateWords = { held: 'held: ', released: 'released: ', cleared: 'cleared: ', sent: '', stored: '' }

function row(state, name, more) {
  return element(
    'li',
    { className: `row ${state}` },
    element('span', { className: `dot ${state}` }),
    element('span', { className: 'name' }, element('span', { className: 'unseen' }, stateWords[state]), name),
    element('span', { className: 'more' }, more),
  )
}

function part(title, none, rows) {
  return [
    element('h2', {}, title),
    rows.length > 0 ? element('ul', {}, ...rows) : element('p', { className: 'none' }, none),
  ]
}

function number(label, value) {
  const className = `${label.split(' ')[0]}${value === 0 ? ' zero' : ''}`
  return [element('div', { className }, element('dt', {}, label), element('dd', {}, String(value)))]
}

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties)
  made.append(...children)
  return made
}
