import { CompanyPage, Film, Post } from './embeds.tsx'
import { type Language, words } from './words.ts'

interface PageProps {
  readonly language: Language
}

export function Home({ language }: PageProps) {
  const { title, lead, film } = words[language]
  return (
    <>
      <section className="hero">
        <div className="wrap">
          <h1>{title}</h1>
          <p className="lead">{lead}</p>
        </div>
        <svg className="sea" viewBox="0 0 1200 160" preserveAspectRatio="none" aria-hidden="true">
          <path d="M0 90q60-30 120 0t120 0 120 0 120 0 120 0 120 0 120 0 120 0 120 0 120 0v80H0z" />
          <path d="M0 120q50-20 100 0t100 0 100 0 100 0 100 0 100 0 100 0 100 0 100 0 100 0 100 0 100 0v50H0z" />
        </svg>
      </section>
      <section className="wrap">
        <h2>{film}</h2>
        <Film id="saaristoBengt" title={film} />
      </section>
    </>
  )
}

export function Trips({ language }: PageProps) {
  const { tripsTitle, tripsLead, tripList, page } = words[language]
  return (
    <section className="wrap split">
      <div>
        <h1>{tripsTitle}</h1>
        <p className="lead">{tripsLead}</p>
        <ul>
          {tripList.map((trip) => (
            <li key={trip}>{trip}</li>
          ))}
        </ul>
      </div>
      <div>
        <h2>{page}</h2>
        <CompanyPage href="https://www.facebook.com/saaristo.example" />
      </div>
    </section>
  )
}

export function Stories({ language }: PageProps) {
  const { storiesTitle, storiesLead, post } = words[language]
  return (
    <section className="wrap">
      <h1>{storiesTitle}</h1>
      <p className="lead">{storiesLead}</p>
      <Post id="1800000000000000001" text={post} />
    </section>
  )
}

export function About({ language }: PageProps) {
  const { about, privacy } = words[language]
  return (
    <section className="wrap">
      <h1>{about}</h1>
      <p>{privacy}</p>
    </section>
  )
}
