import assert from 'node:assert/strict'
import { breakLines, readTyped, toLines, toQuery } from '../../../../page/images/lab/query-lines.ts'

describe('The lines of a request', () => {
  const CASES: readonly (readonly [query: string, lines: string])[] = [
    ['', ''],
    ['wid=400', 'wid=400'],
    ['wid=400&fit=crop,1&$zoom$', 'wid=400\nfit=crop,1\n$zoom$'],
    ['.a+comment&wid=400', '.a+comment\nwid=400'],
    ['src=is{acme/shoe?wid=40&hei=30}&wid=4', 'src=is{acme/shoe?wid=40&hei=30}\nwid=4'],
    ['layer=1&text=a(b&wid=4', 'layer=1\ntext=a(b\nwid=4'],
  ]
  for (const [query, lines] of CASES) {
    it(`are a command each of ${query || 'nothing'}, and mean the same query again`, () => {
      assert.equal(toLines(query), lines)
      assert.equal(toQuery(lines), query)
    })
  }

  it('leave out what is empty, and write blanks as a URL has them', () => {
    assert.equal(toLines('&wid=4&& hei=3 &'), 'wid=4\nhei=3')
    assert.equal(toQuery(' wid=4 \n\ntext=a b\n'), 'wid=4&text=a%20b')
  })

  it('are broken at each & that parts commands, without a change of length', () => {
    assert.equal(breakLines('wid=4&\nhei=3'), 'wid=4\n\nhei=3')
    assert.equal(breakLines('wid=4&hei=3&src=is(a?x=1&y=2)'), 'wid=4\nhei=3\nsrc=is(a?x=1&y=2)')
  })
})

describe('A request that somebody types', () => {
  const CASES: readonly (readonly [text: string, object: string, query: string])[] = [
    ['https://s7d9.scene7.com/is/image/acme/shoe?wid=4', 'acme/shoe', 'wid=4'],
    ['//localhost:9443/is/image/acme/a%20b:Wide?', 'acme/a b:Wide', ''],
    ['/is/image/acme/shoe', 'acme/shoe', ''],
    [' acme/shoe?wid=4#top ', 'acme/shoe', 'wid=4'],
    ['/is/image?layer=0&text=a', '', 'layer=0&text=a'],
    ['/is/image/acme/50%?wid=4', 'acme/50%', 'wid=4'],
    ['?wid=4', '', 'wid=4'],
  ]
  for (const [text, object, query] of CASES) {
    it(`is read from ${text}`, () => {
      assert.deepEqual(readTyped(text), { object, query })
    })
  }
})
