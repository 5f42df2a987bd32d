/**
 * What other companies draw. Each stands alone in a wrapper: the gate puts a placeholder before it and a vendor may
 * replace it, and React takes away the wrapper whole.
 */
import { useEffect, useRef } from 'react'

export function Film({ id, title }: { id: string; title: string }) {
  return (
    <div className="film">
      <iframe
        data-service="youtube"
        data-src={`https://www.youtube.com/embed/${id}`}
        title={title}
        width="640"
        height="360"
        allowFullScreen
      />
    </div>
  )
}

export function CompanyPage({ href }: { href: string }) {
  return (
    <div>
      <div className="fb-page" data-href={href} data-tabs="timeline" data-width="340" data-height="420" />
    </div>
  )
}

/** widgets.js replaces the quotation, so React must not own it. */
export function Post({ id, text }: { id: string; text: string }) {
  const wrapper = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const quote = document.createElement('blockquote')
    const words = document.createElement('p')
    const link = document.createElement('a')
    quote.className = 'twitter-tweet'
    quote.dataset.by = 'Meri M.'
    words.textContent = text
    link.href = `https://twitter.com/saaristo/status/${id}`
    link.textContent = 'X'
    quote.append(words, link)
    wrapper.current?.replaceChildren(quote)
  }, [id, text])
  return <div ref={wrapper} />
}
