import assert from 'node:assert/strict'
import { writeNumber } from '../../../../src/engine/pages/slides/text/numbering.ts'
import {
  type Line,
  layOut,
  linesOf,
  placeholder,
  presentation,
  shape,
  textBody,
  xfrm,
} from './presentation.ts'

const BOX = xfrm([100, 100, 400, 200])

/** The lines of a slide that has such a text in a box of 400 by 200 points at 100, 100. */
async function linesIn(paragraphs: string, properties = ''): Promise<Line[]> {
  const text = textBody(paragraphs, properties)
  const pages = await layOut(
    presentation({ slides: [shape([100, 100, 400, 200], { fill: '', text })] }),
  )
  return pages.flatMap(linesOf)
}

function paragraph(text: string, properties = '', look = ''): string {
  return `<a:p><a:pPr ${properties}/><a:r><a:rPr ${look}/><a:t>${text}</a:t></a:r></a:p>`
}

/** A paragraph with such properties. */
function item(properties: string, text: string): string {
  return `<a:p>${properties}<a:r><a:t>${text}</a:t></a:r></a:p>`
}

describe('text of slides', function () {
  this.timeout(60_000)

  it('of a placeholder stands and looks as its layout says, and else as its master does', async () => {
    const deck = {
      slides: [placeholder('type="title"', ['Title']) + placeholder('idx="1"', ['Body'])],
      layout:
        placeholder('type="title"', ['x'], {
          list: '<a:lvl1pPr><a:defRPr sz="3000"/></a:lvl1pPr>',
        }) + placeholder('idx="1"', ['x'], { box: BOX, body: 'lIns="0" tIns="0"' }),
      master: placeholder('type="title"', ['x'], {
        box: xfrm([0, 0, 700, 100]),
        body: 'lIns="127000"',
      }),
      styles:
        '<p:txStyles><p:titleStyle><a:lvl1pPr><a:defRPr sz="4400" b="1"><a:latin typeface="+mj-lt"/></a:defRPr></a:lvl1pPr></p:titleStyle><p:bodyStyle><a:lvl1pPr marL="254000"><a:defRPr sz="2000"><a:solidFill><a:schemeClr val="accent1"/></a:solidFill></a:defRPr></a:lvl1pPr></p:bodyStyle></p:txStyles>',
    }
    const lines = (await layOut(presentation(deck))).flatMap(linesOf)
    assert.deepEqual(
      lines.map(({ text, x, size, colour, font }) => [text, x, size, colour, font]),
      [
        ['Title', 10, 30, '000000', 'Tinos'],
        ['Body', 120, 20, '4472c4', 'Arimo'],
      ],
    )
  })

  it('stands at the edge of its shape that it is anchored at', async () => {
    const places = await Promise.all(
      ['t', 'ctr', 'b'].map(
        async (anchor) => (await linesIn(paragraph('x'), `anchor="${anchor}"`))[0]?.y ?? 0,
      ),
    )
    const [top = 0, middle = 0, bottom = 0] = places
    assert.ok(top < 130 && bottom > 280, String(places))
    assert.ok(Math.abs((top + bottom) / 2 - middle) <= 1, String(places))
  })

  it('stands at the left, in the middle and at the right', async () => {
    for (const [align, from, to] of [
      ['l', 107, 108],
      ['ctr', 290, 300],
      ['r', 470, 480],
    ] as const) {
      const [line] = await linesIn(paragraph('xx', `algn="${align}"`))
      assert.ok(line && line.x >= from && line.x <= to, `${align}: ${line?.x}`)
    }
  })

  it('has bullets and numbers, which go on within their level', async () => {
    const numbered =
      '<a:pPr marL="342900" indent="-342900"><a:buAutoNum type="arabicPeriod"/></a:pPr>'
    const inner =
      '<a:pPr lvl="1" marL="700000" indent="-342900"><a:buAutoNum type="alphaLcParenR"/></a:pPr>'
    const lines = await linesIn(
      item(numbered, 'A') +
        item(inner, 'B') +
        item(inner, 'C') +
        item(numbered, 'D') +
        item('<a:pPr marL="342900" indent="-342900"><a:buChar char="•"/></a:pPr>', 'E') +
        item(numbered, 'F') +
        item('<a:pPr><a:buFont typeface="Wingdings"/><a:buChar char="§"/></a:pPr>', 'G'),
    )
    const joined = lines.map(({ text }) => text).join(' ')
    assert.equal(joined.replaceAll(/\s+/g, ''), '1.Aa)Bb)C2.D•E1.F▪G')
    assert.deepEqual(
      lines.filter(({ text }) => /[AD]/.test(text)).map(({ last }) => last),
      [134, 134],
    )
  })

  it('has the size that the text was fitted in, and none else', async () => {
    const long = paragraph('some words that go on '.repeat(40), '', 'sz="2800"')
    const body = (fit: string): string => `<p:txBody><a:bodyPr>${fit}</a:bodyPr>${long}</p:txBody>`
    const sizeWith = async (fit: string): Promise<number | undefined> => {
      const pages = await layOut(
        presentation({ slides: [shape([0, 0, 700, 500], { text: body(fit) })] }),
      )
      return pages.flatMap(linesOf)[0]?.size
    }
    assert.equal(await sizeWith('<a:normAutofit/>'), 28)
    assert.equal(await sizeWith('<a:normAutofit fontScale="50000"/>'), 14)
  })

  it('is turned with its shape, and as its shape says besides, but never mirrored', async () => {
    const text = textBody(paragraph('x'), 'lIns="0" tIns="0"')
    const at = async (
      attributes: string,
      properties = text,
    ): Promise<readonly (number | undefined)[]> => {
      const slides = [shape([100, 100, 400, 200], { attributes, text: properties })]
      const [line] = (await layOut(presentation({ slides }))).flatMap(linesOf)
      return [line?.x, line && Math.round(line.y / 20) * 20]
    }
    assert.deepEqual(await at(''), [100, 120])
    assert.deepEqual(await at('flipH="1"'), [100, 120])
    assert.deepEqual(await at('flipV="1"'), [500, 280])
    assert.deepEqual(await at('rot="10800000"'), [500, 280])
    const upright = textBody(paragraph('x'), 'vert="vert270" lIns="0" tIns="0"')
    assert.deepEqual(await at('', upright), [116, 300])
  })

  it('has capitals, superscripts, links, breaks and formulas', async () => {
    const runs =
      '<a:r><a:rPr cap="all"/><a:t>big</a:t></a:r><a:r><a:rPr baseline="30000"/><a:t>2</a:t></a:r><a:br/><a:r><a:rPr><a:hlinkClick r:id="h"/></a:rPr><a:t>link</a:t></a:r><a14:m><m:oMath><m:r><m:t>E=m</m:t></m:r></m:oMath></a14:m>'
    const lines = await linesIn(`<a:p>${runs}</a:p>`)
    assert.deepEqual(
      lines.map(({ text }) => text),
      ['BIG', '2', 'link', 'E=m'],
    )
    const [big, two, link] = lines
    assert.ok(big && two && link && two.size < big.size && two.y < big.y && link.y > big.y)
  })

  it('fills columns one after the other', async () => {
    const lines = await linesIn(
      Array.from({ length: 12 }, (_, index) => paragraph(`line ${index}`)).join(''),
      'numCol="2"',
    )
    assert.deepEqual([...new Set(lines.map(({ x }) => x))], [107, 300])
  })

  const numbers: readonly (readonly [kind: string, number: number, written: string])[] = [
    ['arabicPeriod', 12, '12.'],
    ['arabicParenBoth', 3, '(3)'],
    ['arabicPlain', 3, '3'],
    ['alphaUcParenR', 2, 'B)'],
    ['alphaLcPeriod', 28, 'bb.'],
    ['romanLcPeriod', 1994, 'mcmxciv.'],
    ['romanUcPeriod', 9, 'IX.'],
    ['romanUcPeriod', 999_999, '999999.'],
  ]
  for (const [kind, number, written] of numbers) {
    it(`numbers item ${number} of ${kind} ${written}`, () => {
      assert.equal(writeNumber(kind, number), written)
    })
  }
})
