/** Fills in where the sites are. */
const places = await (await fetch('/places.json')).json()
const named = await resolves(places[0])

document.querySelector('#places').replaceChildren(
  ...places.map(({ id, name, notes, port }) => {
    const item = document.createElement('li')
    const link = document.createElement('a')
    const text = document.createElement('p')
    link.href = named ? `http://${id}.localhost:${port}/` : `http://localhost:${port}/`
    link.textContent = name
    text.textContent = notes
    item.dataset.place = id
    item.append(link, text)
    return item
  }),
)

/** Whether this browser finds names under localhost. Then each site has its own cookies. */
async function resolves({ id, port }) {
  try {
    await fetch(`http://${id}.localhost:${port}/icon.svg`, { mode: 'no-cors' })
    return true
  } catch {
    return false
  }
}
