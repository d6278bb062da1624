import assert from 'node:assert/strict'
import type { Page } from '../../../../src/engine/pages/drawing/page.ts'
import { drawnOn, linesOf } from '../drawn.ts'
import {
  layOutStreams,
  longs,
  type PptFileParts,
  pptFile,
  type PptSlide,
  record,
  shape,
  shorts,
  text,
} from './ppt-file.ts'

async function layOut(file: PptFileParts): Promise<readonly Page[]> {
  const pages = await layOutStreams(pptFile(file))
  assert.ok(pages)
  return pages
}

async function firstSlide(slide: PptSlide, more: Partial<PptFileParts> = {}): Promise<Page> {
  const [page] = await layOut({ slides: [slide], ...more })
  assert.ok(page)
  return page
}

/** A fill of a colour, whose lowest byte is its red, and no line. */
function filled(colour: number): readonly (readonly [number, number])[] {
  return [
    [385, colour],
    [447, 0x10_0010],
    [511, 0x8_0000],
  ]
}

/** What a text says of itself: one run of paragraphs and one of letters, as their masks and fields are. */
function style(length: number, { level = 0, paragraph = longs(0), letters = longs(0) }): Buffer {
  const count = longs(length + 1)
  return Buffer.concat([count, shorts(level), paragraph, count, letters])
}

/** Colours of a scheme: white, black, grey, black, then red, green, blue and yellow. */
const SCHEME = record(
  0x7f0,
  Buffer.from('ffffff00000000008080800000000000ff00000000ff00000000ff00ffff0000', 'hex'),
  1,
)

/** A text in which its first character stands for something else. */
function standIn(letters: string, type: number): readonly Buffer[] {
  return [...text(letters), record(type, longs(0))]
}

describe('slides of PPT', () => {
  it('have the size that the presentation says, and shapes where they are, each in its colour or one of the scheme', async () => {
    const page = await firstSlide({
      flags: 1,
      more: [SCHEME],
      shapes: [
        shape({ box: [80, 160, 880, 560], properties: filled(0x0000_ff00) }),
        shape({ box: [800, 1600, 1600, 2000], properties: filled(0x0800_0006) }),
      ],
    })
    assert.deepEqual([page.width, page.height], [720, 540])
    assert.deepEqual(drawnOn(page).boxes.slice(1), [
      { x: 10, y: 20, width: 100, height: 50, fill: '00ff00' },
      { x: 100, y: 200, width: 100, height: 50, fill: '0000ff' },
    ])
  })

  it('have the ground and the shapes of their master, unless they say otherwise, and not its placeholders', async () => {
    const master: PptSlide = {
      background: filled(0x00ff_0000),
      shapes: [
        shape({ box: [0, 0, 800, 800], properties: filled(0x0000_00ff) }),
        shape({ box: [0, 0, 800, 800], placeholder: 13, text: text('Click') }),
      ],
    }
    const slides: PptSlide[] = [
      { shapes: [] },
      { shapes: [], flags: 0, background: filled(0x0000_ff00) },
    ]
    const pages = await layOut({ slides, master })
    assert.deepEqual(
      pages.map((page) => drawnOn(page).boxes.map(({ fill }) => fill)),
      [['0000ff', 'ff0000'], ['00ff00']],
    )
    assert.deepEqual(pages.flatMap(linesOf), [])
  })

  it('have texts in the styles of their master, and what they say themselves', async () => {
    const ofBody = record(
      0xfa3,
      Buffer.concat([
        shorts(1),
        // A bullet and an indent.
        longs(0x581),
        shorts(1, 0x2022, 160, 0),
        // Letters of 20 points in the colour of accents.
        longs(0x6_0000),
        shorts(20),
        longs(0x0500_0000),
      ]),
      1,
    )
    const bold = style(3, { letters: Buffer.concat([longs(0x2_0001), shorts(1, 30)]) })
    const page = await firstSlide(
      {
        shapes: [
          shape({ box: [0, 0, 4000, 1000], kind: 202, text: text('one\rtwo', undefined, 1) }),
          shape({ box: [0, 2000, 4000, 3000], kind: 202, text: text('big', bold) }),
        ],
      },
      { master: { shapes: [], more: [SCHEME, ofBody] } },
    )
    assert.deepEqual(
      drawnOn(page).texts.map(({ text: letters, size, colour }) => [letters, size, colour]),
      [
        ['•one', 20, '00ff00'],
        ['•two', 20, '00ff00'],
        ['big', 30, '000000'],
      ],
    )
  })

  it('have the texts of their outline, their numbers and their footers', async () => {
    const footer = record(
      0xfd9,
      [record(0xfda, shorts(0, 0x28)), record(0xfba, Buffer.from('Harbour', 'utf16le'), 2)],
      3,
    )
    const pages = await layOut({
      more: [footer],
      slides: [
        {
          outline: text('told before', undefined, 0),
          shapes: [
            shape({ box: [0, 0, 4000, 500], placeholder: 13, text: [record(0xf9e, longs(0))] }),
          ],
        },
        { shapes: [] },
      ],
      master: {
        shapes: [
          shape({ box: [0, 1000, 4000, 1500], placeholder: 9, text: standIn('*', 0xffa) }),
          shape({ box: [0, 2000, 4000, 2500], placeholder: 8, text: standIn('*', 0xfd8) }),
        ],
      },
    })
    assert.deepEqual(pages.map(linesOf), [
      ['toldbefore', 'Harbour', '1'],
      ['Harbour', '2'],
    ])
  })

  it('have groups, pictures, and outlines that somebody has drawn, however their lists are counted', async () => {
    const png = Buffer.from('picture')
    const blip = record(0xf01e, Buffer.concat([Buffer.alloc(17), png]), 0x6e0)
    const entry = record(0xf007, Buffer.alloc(36))
    const group = record(0x40b, [record(0xf000, [record(0xf001, [entry])])])
    const vertices = Buffer.concat([shorts(3, 3, 0xfff0), shorts(0, 0, 100, 0, 50, 100)])
    const drawn = shape({
      box: [0, 0, 800, 800],
      kind: 0,
      properties: [[322, 100], [323, 100], [325, vertices], ...filled(0x0000_00ff)],
    })
    const inside = record(0xf004, [
      record(0xf00a, longs(5, 0), 1),
      record(0xf00b, Buffer.alloc(0)),
      record(0xf00f, longs(0, 0, 10, 10)),
    ])
    const page = await firstSlide(
      {
        shapes: [
          drawn,
          shape({ box: [1600, 0, 2400, 800], kind: 75, properties: [[260, 1]] }),
          record(0xf003, [
            record(0xf004, [
              record(0xf009, longs(0, 0, 20, 20)),
              record(0xf00a, longs(4, 1)),
              record(0xf010, shorts(2400, 2400, 4000, 4000)),
            ]),
            inside,
          ]),
        ],
      },
      { more: [group], pictures: blip },
    )
    const { boxes } = drawnOn(page)
    assert.deepEqual(boxes[1], { x: 0, y: 0, width: 100, height: 100, fill: 'ff0000' })
    assert.deepEqual(
      boxes.find(({ fill }) => fill.startsWith('written/')),
      {
        x: 200,
        y: 0,
        width: 100,
        height: 100,
        fill: 'written/picture1',
      },
    )
    assert.deepEqual(boxes.at(-1), { x: 300, y: 300, width: 100, height: 100, fill: 'ffffff' })
  })

  it('have no page where they are hidden', async () => {
    const hidden = record(0x3f9, Buffer.concat([longs(0, 0), shorts(0, 4), longs(0)]))
    const pages = await layOut({
      slides: [
        { shapes: [], more: [hidden] },
        { shapes: [shape({ box: [0, 0, 4000, 500], kind: 202, text: text('shown') })] },
      ],
    })
    assert.deepEqual(pages.map(linesOf), [['shown']])
  })

  it('are not drawn where their records are damaged', async () => {
    const streams = new Map(pptFile({ slides: [{ shapes: [] }] }))
    streams.set('Current User', Buffer.alloc(20, 0xff))
    assert.equal(await layOutStreams(streams), undefined)
  })
})
