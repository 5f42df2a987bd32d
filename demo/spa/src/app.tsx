import { useStore } from '@nanostores/react'
import type { MouseEvent } from 'react'
import { portti } from './consent.ts'
import { $pages } from './page-counter.ts'
import { About, Home, Stories, Trips } from './pages.tsx'
import { $path, goTo } from './route.ts'
import { $language, languages, speak, words } from './words.ts'

const routes = { '/': Home, '/retket': Trips, '/kertomukset': Stories, '/tietoa': About } as const
type Path = keyof typeof routes
const isPath = (path: string): path is Path => Object.hasOwn(routes, path)

export function App() {
  const address = useStore($path)
  const language = useStore($language)
  const decision = useStore(portti.$decision)
  const pages = useStore($pages)
  const path = isPath(address) ? address : '/'
  const text = words[language]
  const Page = routes[path]
  const names = { '/': text.home, '/retket': text.trips, '/kertomukset': text.stories, '/tietoa': text.about }

  const follow = (event: MouseEvent<HTMLAnchorElement>, to: Path) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    goTo(to)
  }
  const link = (to: Path) => (
    <a href={to} aria-current={to === path ? 'page' : undefined} onClick={(event) => follow(event, to)}>
      {names[to]}
    </a>
  )

  return (
    <>
      <nav aria-label={text.skip}>
        <a className="skip" href="#content">
          {text.skip}
        </a>
      </nav>
      <header className="site-header">
        <div className="wrap">
          <a className="brand" href="/" onClick={(event) => follow(event, '/')}>
            Saaristo
          </a>
          <nav aria-label={text.menu}>
            <ul>
              <li>{link('/')}</li>
              <li>{link('/retket')}</li>
              <li>{link('/kertomukset')}</li>
            </ul>
          </nav>
          <fieldset className="languages">
            <legend className="unseen">{text.language}</legend>
            {languages.map((name) => (
              <button
                key={name}
                type="button"
                lang={name}
                aria-pressed={name === language}
                onClick={() => speak(name)}
              >
                {name}
              </button>
            ))}
          </fieldset>
        </div>
      </header>
      <main id="content">
        <Page key={path} language={language} />
      </main>
      <footer className="site-footer">
        <div className="wrap">
          <p data-decision={decision.kind}>
            {text.decisions[decision.kind]}{' '}
            <span id="pages">{pages === undefined ? text.notCounted : `${text.counted}: ${pages}`}</span>
          </p>
          <ul>
            <li>{link('/tietoa')}</li>
            <li>
              <a href="#portti">{text.settings}</a>
            </li>
          </ul>
        </div>
      </footer>
    </>
  )
}
