import assert from 'node:assert/strict'
import { OperationError } from '../../../../src/base/operation-error.ts'
import type { Page } from '../../../../src/engine/pages/drawing/page.ts'
import { drawnOn, linesOf } from '../drawn.ts'
import { layOut, layOutBytes } from './rtf-pages.ts'

async function firstPage(body: string): Promise<Page> {
  const [page] = await layOut(body)
  assert.ok(page)
  return page
}

describe('pages of RTF', () => {
  it('have their size, their margins, and letters as they are told, until their group ends', async () => {
    const page = await firstPage(String.raw`\pard a{\b\f1\fs40\cf1 b}c\par`)
    assert.deepEqual([page.width, page.height], [400, 300])
    const { texts } = drawnOn(page)
    assert.deepEqual(
      texts.map(({ text, size, colour, font }) => [text, size, colour, font]),
      [
        ['a', 12, '000000', 'Arimo_400Regular'],
        ['b', 20, 'ff0000', 'Tinos_700Bold'],
        ['c', 12, '000000', 'Arimo_400Regular'],
      ],
    )
    assert.equal(texts[0]?.x, 50)
  })

  it('have paragraphs with indents, sides, spaces, grounds and borders, none of which the next has', async () => {
    const page = await firstPage(
      String.raw`\pard\li400\sb200\cbpat2\brdrb\brdrs\brdrw20 a\par\pard\qr b\par`,
    )
    const { texts, boxes } = drawnOn(page)
    assert.equal(texts[0]?.x, 70)
    assert.ok((texts[1]?.x ?? 0) > 330)
    assert.ok(boxes.some(({ fill, x }) => fill === '0000ff' && x === 70))
  })

  const cases: readonly (readonly [title: string, body: string, lines: readonly string[]])[] = [
    [
      'labels of lists, of symbols as well',
      String.raw`\pard{\listtext\pard\plain 1.\tab}\li400\fi-200 one\par{\listtext\plain \u61623\'b7\tab}two\par`,
      ['1.one', '•two'],
    ],
    [
      'headers, footers with numbers of pages, and fields of these',
      String.raw`{\header head\par}{\footer {\field{\*\fldinst PAGE}{\fldrslt 9}}/\chpgn\par}\pard a\page b\par`,
      ['head', 'a', '1/1'],
    ],
    [
      'letters of code pages, of Unicode, and such as have names',
      String.raw`\pard\ansicpg1252 caf\'e9 \u8364? \emdash\par`,
      ['café€—'],
    ],
    ['no hidden text', String.raw`\pard a{\v no}{\*\unknown no}b\par`, ['ab']],
  ]
  for (const [title, body, lines] of cases) {
    it(`have ${title}`, async () => {
      assert.deepEqual(linesOf(await firstPage(body)), lines)
    })
  }

  it('have tables with grounds and cells over several columns and rows', async () => {
    const page = await firstPage(
      String.raw`\trowd\trgaph0\clcbpat2\cellx4000\pard\intbl wide\cell\row\trowd\trgaph0\clvmgf\cellx2000\cellx4000\pard\intbl high\cell b\cell\row\trowd\trgaph0\clvmrg\cellx2000\cellx4000\pard\intbl \cell c\cell\row\pard after\par`,
    )
    const { texts, boxes } = drawnOn(page)
    assert.deepEqual(
      texts.map(({ text, x }) => [text, x]),
      [
        ['wide', 50],
        ['high', 50],
        ['b', 150],
        ['c', 150],
        ['after', 50],
      ],
    )
    assert.equal(boxes.find(({ fill }) => fill === '0000ff')?.width, 200)
  })

  it('have pictures in a line and where they are told to be, notes at their foot, and boxes of text', async () => {
    const page = await firstPage(
      String.raw`\pard a{\pict\pngblip\picwgoal400\pichgoal200 01ff}{\nonshppict{\pict\wmetafile8 00}}{\super\chftn{\*\footnote\chftn\pard note}}{\shp{\*\shpinst\shpleft3000\shptop1000\shpright4000\shpbottom1400{\sp{\sn pib}{\sv {\pict\jpegblip 02ff}}}}{\shprslt no}}{\shp{\*\shpinst\shpleft2000\shptop2000\shpright4000\shpbottom2600{\shptxt\pard boxed\par}}}\par`,
    )
    const { texts, boxes } = drawnOn(page)
    assert.deepEqual(
      boxes
        .filter(({ fill }) => fill.startsWith('written/'))
        .map(({ width, height, x }) => [width, height, x > 100]),
      [
        [20, 10, false],
        [50, 20, true],
      ],
    )
    assert.ok(texts.some(({ text, y }) => text.includes('note') && y > 200))
    assert.ok(texts.some(({ text, x }) => text === 'boxed' && x > 150))
    assert.ok(!texts.some(({ text }) => text.includes('no') && !text.includes('note')))
  })

  it('are of several sizes where sections say so', async () => {
    const pages = await layOut(
      String.raw`\sectd\pard a\par\sect\sectd\pgwsxn12000\pghsxn4000 \pard b\par`,
    )
    assert.deepEqual(
      pages.map((page) => [page.width, page.height, ...linesOf(page)]),
      [
        [400, 300, 'a'],
        [600, 200, 'b'],
      ],
    )
  })

  const odd: Readonly<Record<string, string>> = {
    'groups a thousand deep': `${'{'.repeat(1000)}a${'}'.repeat(1000)}`,
    'numbers that are out of this world': String.raw`\pard\li-2147483648\fi2147483647\fs999999999\sl-999999999\tx99999999 a\par\trowd\cellx-5\cellx999999999\trrh-99999999 b\cell\row\paperw-1\pgwsxn999999999\cols99999 c\par`,
    'cells without rows, and rows without cells': String.raw`\cell\row\row\trowd\row\intbl a\cell b\par\cell`,
    'pictures of nothing': String.raw`a{\pict}{\pict\pngblip zz}{\shp{\*\shpinst{\sp{\sv{\pict\pngblip\picwgoal-5 0}}}}}\par`,
    'notes in notes, and headers in boxes': String.raw`a{\footnote b{\footnote c{\header d{\shp{\shptxt e{\shp{\shptxt f}}}}}}}\par`,
  }
  for (const [title, body] of Object.entries(odd)) {
    it(`are laid out of ${title}`, async () => {
      assert.ok((await layOut(body)).length > 0)
    })
  }

  it('are refused where the file ends before its text', async () => {
    await assert.rejects(
      async () => layOutBytes(Buffer.from(String.raw`{\rtf1 a\par`)),
      OperationError,
    )
  })
})
