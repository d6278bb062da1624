import assert from 'node:assert/strict'
import type { PagesOfParts } from '../../../../../src/engine/pages/page-tools.ts'
import { createPageFonts } from '../../../../../src/engine/pages/paragraphs/page-fonts.ts'
import { layOutXls } from '../../../../../src/engine/pages/sheets/xls/lay-out-xls.ts'
import type { LegacyDocument } from '../../../../../src/packages/compound.ts'
import { readWhole } from '../../../../../src/packages/package.ts'
import { round, type Seen, seenOn } from '../sheet-parts.ts'
import { art, drawing, holder, link, named, object, shape } from './biff-parts.ts'
import {
  type BiffSheet,
  doubles,
  font,
  label,
  look,
  numeral,
  record,
  string,
  u16,
  u32,
  u8,
  workbook,
} from './biff.ts'

/** From the edges of the paper to the cells, and how large those are that say nothing, in points. */
const [LEFT, TOP] = [50.4, 54]
const [WIDTH, HEIGHT] = [48, 12.75]

const fonts = createPageFonts([])

/** A document whose stream is such. */
function document(stream: Buffer, name = 'Workbook'): LegacyDocument {
  return {
    kind: 'legacy',
    id: 'xls',
    title: 'Excel 97–2003 workbook (.xls)',
    modern: '.xlsx',
    isLocked: false,
    streams: (wanted) => (wanted === name ? stream : undefined),
  }
}

async function layOut(
  stream: Buffer,
  count = 20,
): Promise<PagesOfParts & { readonly remarks: readonly string[] }> {
  const remarks: string[] = []
  const tools = { fonts, count, remark: (sentence: string) => void remarks.push(sentence) }
  const laidOut = await layOutXls(document(stream), tools)
  assert.ok(laidOut)
  return { ...laidOut, remarks }
}

const ONE = (...records: readonly Buffer[]): readonly BiffSheet[] => [
  { name: 'One', records: Buffer.concat(records) },
]

const USUAL = Buffer.concat([font(10), look()])

async function firstPage(shared: Buffer, ...records: readonly Buffer[]): Promise<Seen> {
  const { pages } = await layOut(workbook(Buffer.concat([USUAL, shared]), ONE(...records)))
  return seenOn(pages[0])
}

const NOTHING = Buffer.alloc(0)

describe('pages of a workbook of before 2007', () => {
  it('have cells where columns and rows are, numbers at the right as their formats have them', async () => {
    const { texts } = await firstPage(
      Buffer.concat([record(0x41e, u16(164), string('0.0%')), look({ format: 164 })]),
      record(0x7d, u16(0, 0, 5302, 0, 0, 0)),
      record(0x208, u16(0, 0, 2, 600, 0, 0, 0x40, 0)),
      label(0, 0, 'left'),
      label(0, 1, 'next'),
      numeral(1, 0, 0.125, 1),
    )
    const [left, next, share] = texts
    // 145 pixels of 20.71 letters of seven each.
    assert.equal(round((next?.x ?? 0) - (left?.x ?? 0)), 145 * 0.75)
    assert.equal(share?.text, '12.5%')
    assert.ok((share?.x ?? 0) > LEFT + 145 * 0.75 - 40)
    assert.ok((share?.y ?? 0) - (left?.y ?? 0) >= HEIGHT - 0.1)
  })

  it('have no hidden sheets, rows and columns, and go on with the next sheet', async () => {
    const sheets = [
      {
        name: 'One',
        records: Buffer.concat([
          record(0x7d, u16(1, 1, 2560, 0, 1, 0)),
          record(0x208, u16(1, 0, 1, 255, 0, 0, 0x20, 0)),
          label(0, 0, 'a'),
          label(0, 1, 'b'),
          label(1, 0, 'c'),
        ]),
      },
      { name: 'Two', records: label(0, 0, 'hidden'), isHidden: true },
      { name: 'Three', records: label(0, 0, 'last') },
    ]
    const { pages } = await layOut(workbook(USUAL, sheets))
    assert.deepEqual(
      pages.map((page) => seenOn(page).texts.map(({ text }) => text)),
      [['a'], ['last']],
    )
  })

  it('have fonts, fills, lines and places of text, in colours of the palette of the workbook', async () => {
    const palette = record(0x92, u16(2), u8(0x11, 0x22, 0x33, 0, 0xff, 0xee, 0, 0))
    const solid = { others: (1 << 26) | (10 << 7), colours: 9 | (65 << 7), sides: 2 << 12 }
    const { texts, fills, lines } = await firstPage(
      Buffer.concat([palette, font(8, { colour: 8 }), look({ font: 1, place: 0x23, ...solid })]),
      label(0, 0, 'Look', 1),
    )
    assert.deepEqual(fills, [{ x: LEFT, y: TOP, width: WIDTH, height: HEIGHT, colour: 'ffee00' }])
    assert.deepEqual(
      lines.filter(({ thick }) => thick === 1.25).map(({ y, height }) => [y, height]),
      [[TOP + HEIGHT, 0]],
    )
    const [shown] = texts
    assert.deepEqual([shown?.size, shown?.colour], [8, '112233'])
    assert.ok((shown?.x ?? 0) > LEFT + WIDTH / 2)
  })

  it('have letters of a font of their own in texts that cells share', async () => {
    const rich = Buffer.concat([u16(4), u8(8), u16(1), Buffer.from('abcd'), u16(2, 5)])
    const shared = [font(10), font(10), font(10), font(20, { colour: 10 })]
    const { texts } = await firstPage(
      Buffer.concat([...shared, record(0xfc, u32(1, 1), rich)]),
      record(0xfd, u16(0, 0, 0), u32(0)),
    )
    assert.deepEqual(
      texts.map(({ text, size, colour }) => [text, size, colour]),
      [
        ['ab', 10, '000000'],
        ['cd', 20, 'ff0000'],
      ],
    )
  })

  it('have merged cells as one', async () => {
    const { texts } = await firstPage(
      look({ place: 0x23 }),
      label(0, 0, 'one', 1),
      label(0, 1, 'covered'),
      record(0xe5, u16(1, 0, 0, 0, 2)),
    )
    assert.deepEqual(
      texts.map(({ text }) => text),
      ['one'],
    )
    assert.ok((texts[0]?.x ?? 0) > LEFT + WIDTH * 2)
  })

  it('have what conditions make of numbers', async () => {
    const change = Buffer.concat([u16(0, (10 << 7) | 64)])
    const { fills } = await firstPage(
      NOTHING,
      numeral(0, 0, 1),
      numeral(1, 0, 7),
      record(0x1b0, u16(1, 0, 0, 1, 0, 0, 1, 0, 1, 0, 0)),
      record(
        0x1b1,
        u8(1, 5),
        u16(3, 0),
        u32(2 ** 29 + 2 ** 16 + 2 ** 17),
        u16(0),
        change,
        u8(0x1e),
        u16(5),
      ),
    )
    assert.deepEqual(
      fills.map(({ y, colour }) => [y, colour]),
      [[TOP + HEIGHT, 'ff0000']],
    )
  })

  it('are on their paper as the sheet has it, with what is above, and have what is printed of it', async () => {
    const shared = Buffer.concat([USUAL, named(6, [0, 3, 0, 0]), named(7, [0, 0, 0, 255])])
    const rows = [0, 1, 2, 3, 4].map((row) => label(row, 0, `r${row}`))
    const { pages } = await layOut(
      workbook(
        shared,
        ONE(
          record(0x14, string('&LOn &A')),
          record(0x1b, u16(1, 2, 0, 255)),
          record(0xa1, u16(1, 50, 1, 1, 1, 0, 600, 600), doubles(0.5, 0.5), u16(1)),
          ...rows,
        ),
      ),
    )
    const [page] = pages
    assert.deepEqual([page?.width, page?.height], [792, 612])
    assert.deepEqual(
      pages.map((each) => seenOn(each).texts.map(({ text }) => text)),
      [
        ['r0', 'r1', 'OnOne'],
        ['r0', 'r2', 'r3', 'OnOne'],
      ],
    )
    const [first] = seenOn(page).texts
    assert.equal(first?.size, 5)
  })

  it('have no grid of a sheet that shows none, and nothing for what is 0 where it shows none', async () => {
    const shown = await firstPage(NOTHING, numeral(0, 0, 0), label(1, 0, 'a'))
    const hidden = await firstPage(
      NOTHING,
      numeral(0, 0, 0),
      label(1, 0, 'a'),
      record(0x23e, u16(0)),
    )
    assert.deepEqual(
      [shown, hidden].map(({ lines, texts }) => [lines.length > 0, texts.length]),
      [
        [true, 2],
        [false, 1],
      ],
    )
  })

  it('have pictures where they lie on cells, without comments', async () => {
    const picture = Buffer.from('a picture')
    const blip = art(0xf01e, 0x6e0, Buffer.concat([Buffer.alloc(17), picture]))
    const entry = art(0xf007, 6, Buffer.concat([Buffer.alloc(36), blip]))
    const { pages, parts } = await layOut(
      workbook(
        Buffer.concat([USUAL, record(0xeb, holder(0xf000, holder(0xf001, entry)))]),
        ONE(
          label(0, 0, 'a'),
          drawing(
            shape(75, [1, 512, 1, 0, 2, 512, 3, 0], [[0x4104, 1]]),
            shape(202, [1, 0, 1, 0, 2, 0, 3, 0], []),
          ),
          object(8),
          object(0x19),
        ),
      ),
    )
    const seen = seenOn(pages[0])
    assert.deepEqual(
      seen.pictures.map(({ name, ...box }) => [name, box]),
      [['picture 1', { x: LEFT + WIDTH * 1.5, y: TOP + HEIGHT, width: WIDTH, height: HEIGHT * 2 }]],
    )
    assert.deepEqual(await readWhole(parts, 'picture 1', 100), picture)
  })

  it('have shapes with their texts, and tell of those that they have not', async () => {
    const { pages, remarks } = await layOut(
      workbook(
        USUAL,
        ONE(
          label(0, 0, 'a'),
          drawing(
            shape(1, [1, 0, 1, 0, 4, 0, 6, 0], [[385, 0x00_ee_ff]]),
            shape(0, [5, 0, 1, 0, 6, 0, 3, 0], []),
          ),
          object(2),
          record(0x1b6, u16(0x12, 0, 0, 0, 0, 5, 16, 0, 0)),
          record(0x3c, u8(0), Buffer.from('boxed')),
          record(0x3c, u16(0, 0, 0, 0, 5, 0, 0, 0)),
          object(30),
        ),
      ),
    )
    const { texts, fills } = seenOn(pages[0])
    assert.ok(texts.some(({ text }) => text === 'boxed'))
    assert.ok(fills.some(({ colour }) => colour === 'ffee00'))
    assert.deepEqual(remarks, ['Some shapes of the document are not on its pages.'])
  })

  it('have charts of the cells of their sheet', async () => {
    const { texts } = await firstPage(
      NOTHING,
      label(0, 1, 'North'),
      label(1, 0, 'Jan'),
      numeral(1, 1, 3),
      drawing(shape(201, [3, 0, 1, 0, 9, 0, 20, 0], [])),
      object(5),
      record(0x809, u16(0x600, 0x20, 0, 0), u32(0, 0)),
      record(0x1003, u16(1, 1, 1, 1, 1, 0)),
      link(0, 0, 0, 1, 1),
      link(1, 1, 1, 1, 1),
      link(2, 1, 1, 0, 0),
      record(0x1045, u16(0)),
      record(0x1014, Buffer.alloc(20)),
      record(0x1017, u16(0, 150, 0)),
      record(0x1025, Buffer.alloc(26)),
      record(0x100d, u16(0), string('Months', 1)),
      record(0x1027, u16(3, 0, 0)),
      record(0x1025, Buffer.alloc(26)),
      record(0x100d, u16(0), string('Sales', 1)),
      record(0x1027, u16(1, 0, 0)),
      record(0x1015, Buffer.alloc(20)),
      record(0x0a),
    )
    const shown = texts.map(({ text }) => text)
    assert.equal(shown.filter((text) => text === 'Jan').length, 2)
    assert.equal(shown.filter((text) => text === 'North').length, 2)
    assert.ok(shown.includes('Sales') && !shown.includes('Months'))
  })

  it('have the looks of cells of Excel 5.0', async () => {
    const old = Buffer.concat([
      record(0x809, u16(0x500, 5, 0, 0)),
      record(0x31, u16(160, 0, 10, 700, 0), u8(0, 0, 0, 0, 5), Buffer.from('Arial')),
      record(0xe0, u16(0, 0, 0), u8(0x23, 0), u32((1 << 16) | 13 | (65 << 7), 0)),
    ])
    const listed = (start: number): Buffer =>
      Buffer.concat([old, record(0x85, u32(start), u8(0, 0, 3), Buffer.from('One')), record(0x0a)])
    const stream = Buffer.concat([
      listed(listed(0).length),
      record(0x809, u16(0x500, 0x10, 0, 0)),
      record(0x204, u16(0, 0, 0, 4), Buffer.from('Look')),
      record(0x0a),
    ])
    const { pages } = await layOut(stream)
    const { texts, fills } = seenOn(pages[0])
    assert.deepEqual(
      [texts[0]?.text, texts[0]?.size, texts[0]?.colour, fills[0]?.colour],
      ['Look', 8, 'ff0000', 'ffff00'],
    )
  })

  it('fail with what to do when it is encrypted, and are none of one that is damaged', async () => {
    const tools = { fonts, count: 1, remark: () => undefined }
    await assert.rejects(layOutXls({ ...document(NOTHING), isLocked: true }, tools), {
      code: 'source_no_text',
    })
    const cut = workbook(USUAL, ONE(record(0xa1, u16(1))))
    assert.equal(await layOutXls(document(cut), tools), undefined)
  })
})
