import fc from 'fast-check'
import { Tokenizer } from 'parse5'
import { describe, expect, it } from 'vitest'
import { readTag } from './read-tag.ts'

const names = (tag: string) => readTag(tag).attributes.map(({ name }) => name)

describe('the attributes of a tag', () => {
  it.each([
    ['<a>', []],
    ['<a/>', []],
    ['<a b>', ['b']],
    ['<a/b/ c = d/e F="g>" h=\'i\'j>', ['b', 'c', 'f', 'h', 'j']],
    ['<a =b =c>', ['=b']],
    ['<a b=>', ['b']],
    ['<a b B b>', ['b', 'b', 'b']],
    ['<a\r\n b\t=\fc>', ['b']],
  ])('of %s are %j', (tag, expected) => {
    expect(names(tag)).toEqual(expected)
  })

  it('stand where they stand', () => {
    const tag = `<img  Src = "a b" alt=x y>`
    expect(
      readTag(tag).attributes.map(({ start, nameEnd, end }) => [
        tag.slice(start, nameEnd),
        tag.slice(start, end),
      ]),
    ).toEqual([
      ['Src', 'Src = "a b"'],
      ['alt', 'alt=x'],
      ['y', 'y'],
    ])
  })

  it('are those that a parser sees', () => {
    const part = fc.constantFrom(' ', '/', '=', '"', "'", 'a', 'B', 'cd', '\n', '\t', '<', '&amp;', '`')
    fc.assert(
      fc.property(fc.array(part, { maxLength: 20 }), (parts) => {
        const tag = `<x ${parts.join('')}>`
        let seen: string[] | undefined
        let end = 0
        const nothing = () => {}
        const handler = {
          onStartTag(token: { attrs: { name: string }[]; location?: { endOffset: number } | null }) {
            seen ??= token.attrs.map(({ name }) => name)
            end ||= token.location?.endOffset ?? 0
          },
          onEndTag: nothing,
          onCharacter: nothing,
          onNullCharacter: nothing,
          onWhitespaceCharacter: nothing,
          onComment: nothing,
          onDoctype: nothing,
          onEof: nothing,
        }
        new Tokenizer({ sourceCodeLocationInfo: true }, handler).write(tag, true)
        if (seen) expect([...new Set(names(tag.slice(0, end)))]).toEqual(seen)
      }),
      { numRuns: 2000 },
    )
  })
})
