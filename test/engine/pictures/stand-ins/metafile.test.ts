import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import sharp from 'sharp'
import { probe, startRenditions } from '../../../support/rendering.ts'
import { useTemporaryFolder } from '../../../support/temporary-folder.ts'
import {
  bitmapOf,
  colourRef,
  type EmfRecord,
  emfOf,
  int,
  shorts,
  type WmfRecord,
  wmfOf,
} from './metafiles.ts'

type Colour = readonly [number, number, number]
const RED: Colour = [255, 0, 0]
const GREEN: Colour = [0, 200, 0]
const BLUE: Colour = [0, 0, 255]
const BLACK: Colour = [0, 0, 0]

/** What is at a place of a drawing of 100 × 80 pixels; undefined for nothing. */
type Place = readonly [x: number, y: number, colour: Colour | undefined]

const BOUNDS = Buffer.alloc(16)
const NO_PEN = 0x8000_0008
const NO_BRUSH = 0x8000_0005
const points = (...values: readonly number[]): Buffer =>
  Buffer.concat([BOUNDS, int(values.length / 2), shorts(...values)])
const float = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeFloatLE(value)
  return bytes
}

/** A brush of a colour, and no lines. */
const fillWith = (colour: Colour): EmfRecord[] => [
  [39, 1, 0, colourRef(colour), 0],
  [37, 1],
  [37, NO_PEN],
]
/** A pen of a width, and nothing within. */
const drawWith = (colour: Colour, width: number, style = 0): EmfRecord[] => [
  [38, 2, style, width, 0, colourRef(colour)],
  [37, 2],
  [37, NO_BRUSH],
]

const { header, bits } = bitmapOf(RED, GREEN, BLUE, BLACK)

/** Behind a record's head and `before` bytes stand a bitmap's header and pixels. */
const bitmapPlaces = (before: number): number[] => [8 + before, 40, 8 + before + 40, 16]

const EMF: readonly (readonly [
  title: string,
  records: readonly EmfRecord[],
  places: readonly Place[],
])[] = [
  [
    'rectangles',
    [...fillWith(RED), [43, 10, 10, 50, 40]],
    [
      [30, 25, RED],
      [70, 25, undefined],
      [30, 60, undefined],
    ],
  ],
  [
    'ellipses',
    [...fillWith(RED), [42, 10, 10, 90, 70]],
    [
      [50, 40, RED],
      [13, 13, undefined],
    ],
  ],
  [
    'rectangles with round corners',
    [...fillWith(RED), [44, 10, 10, 90, 70, 40, 40]],
    [
      [50, 40, RED],
      [11, 11, undefined],
      [88, 40, RED],
    ],
  ],
  [
    'polygons of which what is within twice is without',
    [
      ...fillWith(RED),
      [
        91,
        BOUNDS,
        2,
        8,
        4,
        4,
        shorts(10, 10, 90, 10, 90, 70, 10, 70, 30, 30, 70, 30, 70, 50, 30, 50),
      ],
    ],
    [
      [20, 40, RED],
      [50, 40, undefined],
    ],
  ],
  [
    'and is within by the other rule',
    [
      ...fillWith(RED),
      [19, 2],
      [
        91,
        BOUNDS,
        2,
        8,
        4,
        4,
        shorts(10, 10, 90, 10, 90, 70, 10, 70, 30, 30, 70, 30, 70, 50, 30, 50),
      ],
    ],
    [
      [20, 40, RED],
      [50, 40, RED],
    ],
  ],
  [
    'lines of a width',
    [...drawWith(BLUE, 10), [27, 10, 40], [54, 90, 40]],
    [
      [50, 43, BLUE],
      [50, 50, undefined],
    ],
  ],
  [
    'lines to further points of 16 bits',
    [...drawWith(BLUE, 6), [27, 10, 10], [89, points(90, 10, 90, 70)]],
    [
      [50, 10, BLUE],
      [90, 40, BLUE],
      [50, 40, undefined],
    ],
  ],
  [
    'dashes',
    [...drawWith(BLUE, 4, 0x1_0201), [27, 0, 40], [54, 100, 40]],
    [
      [5, 40, BLUE],
      [14, 40, undefined],
    ],
  ],
  [
    'curves',
    [...drawWith(BLUE, 6), [85, points(10, 70, 10, 0, 90, 0, 90, 70)]],
    [
      [50, 17, BLUE],
      [50, 60, undefined],
    ],
  ],
  [
    'the part of an ellipse between two directions, against the clock',
    [...fillWith(RED), [47, 10, 0, 90, 80, 90, 40, 50, 0]],
    [
      [65, 25, RED],
      [65, 60, undefined],
      [35, 25, undefined],
    ],
  ],
  [
    'and with it',
    [...fillWith(RED), [57, 2], [47, 10, 0, 90, 80, 90, 40, 50, 0]],
    [
      [65, 25, undefined],
      [65, 60, RED],
      [35, 25, RED],
    ],
  ],
  [
    'paths',
    [...fillWith(RED), [59], [27, 10, 10], [54, 90, 10], [54, 50, 70], [61], [60], [62, BOUNDS]],
    [
      [50, 30, RED],
      [15, 60, undefined],
    ],
  ],
  [
    'what a path leaves of it',
    [...fillWith(RED), [59], [43, 40, 30, 60, 50], [60], [67, 5], [43, 0, 0, 100, 80]],
    [
      [50, 40, RED],
      [20, 40, undefined],
    ],
  ],
  [
    'what regions and rectangles leave of it, until that is restored',
    [
      ...fillWith(RED),
      [33],
      [75, 48, 5, int(32), int(1), int(1), int(16), BOUNDS, int(40), int(0), int(100), int(80)],
      [30, 0, 30, 100, 50],
      [43, 0, 0, 100, 80],
      [34, -1],
      [39, 3, 0, colourRef(GREEN), 0],
      [37, 3],
      [43, 0, 70, 100, 80],
    ],
    [
      [70, 40, RED],
      [20, 40, undefined],
      [70, 20, undefined],
      [20, 75, GREEN],
    ],
  ],
  [
    'windows that are laid into viewports',
    [
      ...fillWith(RED),
      [17, 8],
      [10, 0, 0],
      [9, 1000, 800],
      [12, 50, 0],
      [11, 50, 80],
      [43, 0, 0, 1000, 400],
    ],
    [
      [75, 20, RED],
      [25, 20, undefined],
      [75, 60, undefined],
    ],
  ],
  [
    'tenths of millimetres, which grow upwards',
    [...fillWith(RED), [17, 2], [12, 0, 80], [43, 0, 0, 132, 106]],
    [
      [25, 60, RED],
      [25, 20, undefined],
      [75, 60, undefined],
    ],
  ],
  [
    'a world that is turned',
    [
      ...fillWith(RED),
      [35, float(0), float(1), float(-1), float(0), float(100), float(0)],
      [43, 0, 0, 80, 50],
    ],
    [
      [75, 40, RED],
      [25, 40, undefined],
    ],
  ],
  [
    'a world that is changed before what it was',
    [
      ...fillWith(RED),
      [35, float(2), float(0), float(0), float(2), float(0), float(0)],
      [36, float(1), float(0), float(0), float(1), float(25), float(0), 2],
      [43, 0, 0, 25, 40],
    ],
    [
      [75, 40, RED],
      [25, 40, undefined],
    ],
  ],
  [
    'bitmaps from below, and a part of them',
    [
      [81, BOUNDS, 0, 0, 0, 0, 2, 2, ...bitmapPlaces(72), 0, 0xcc_0020, 50, 80, header, bits],
      [81, BOUNDS, 50, 0, 0, 1, 1, 1, ...bitmapPlaces(72), 0, 0xcc_0020, 50, 80, header, bits],
    ],
    [
      [5, 5, RED],
      [45, 5, GREEN],
      [5, 75, BLUE],
      [45, 75, BLACK],
      [75, 40, RED],
    ],
  ],
  [
    'bitmaps that are mirrored',
    [[81, BOUNDS, 100, 0, 0, 0, 2, 2, ...bitmapPlaces(72), 0, 0xcc_0020, -100, 80, header, bits]],
    [
      [5, 5, GREEN],
      [95, 5, RED],
    ],
  ],
  [
    'bitmaps that are as they were on a device',
    [
      [
        77,
        BOUNDS,
        0,
        0,
        100,
        80,
        0xcc_0020,
        0,
        0,
        ...Array<number>(6).fill(0),
        0,
        0,
        ...bitmapPlaces(100),
        2,
        2,
        header,
        bits,
      ],
    ],
    [
      [5, 5, RED],
      [95, 75, BLACK],
    ],
  ],
  [
    'places that are filled with a brush',
    [...fillWith(GREEN), [76, BOUNDS, 10, 10, 50, 50, 0xf0_0021, ...Array<number>(14).fill(0)]],
    [
      [30, 30, GREEN],
      [80, 30, undefined],
    ],
  ],
  [
    'gradients',
    [[118, BOUNDS, 2, 1, 0, 0, 0, shorts(-256, 0, 0, 0), 100, 80, shorts(0, 0, -256, 0), 0, 1]],
    [
      [1, 40, [252, 0, 3]],
      [98, 40, [4, 0, 251]],
    ],
  ],
  [
    'nothing where an operation leaves all as it is',
    [...fillWith(RED), [20, 11], [43, 0, 0, 100, 80]],
    [[50, 40, undefined]],
  ],
]

const redFill: readonly WmfRecord[] = [
  [0x02fc, 0, int(colourRef(RED)), 0],
  [0x02fa, 5, 0, 0, int(0)],
  [0x012d, 0],
  [0x012d, 1],
]
const WINDOW: readonly WmfRecord[] = [
  [0x020b, 0, 0],
  [0x020c, 800, 1000],
]
const dib = Buffer.concat([header, bits])

const WMF: readonly (readonly [
  title: string,
  records: readonly WmfRecord[],
  places: readonly Place[],
])[] = [
  [
    'rectangles',
    [...WINDOW, ...redFill, [0x041b, 400, 500, 100, 100]],
    [
      [30, 25, RED],
      [70, 25, undefined],
    ],
  ],
  [
    'polygons',
    [...WINDOW, ...redFill, [0x0324, 3, 100, 100, 900, 100, 500, 700]],
    [
      [50, 30, RED],
      [15, 60, undefined],
    ],
  ],
  [
    'several polygons at once',
    [
      ...WINDOW,
      ...redFill,
      [0x0538, 2, 3, 3, 0, 0, 400, 0, 0, 400, 1000, 800, 600, 800, 1000, 400],
    ],
    [
      [10, 10, RED],
      [90, 70, RED],
      [50, 40, undefined],
    ],
  ],
  [
    'objects by the first free place',
    [
      ...WINDOW,
      ...redFill,
      [0x01f0, 0],
      [0x02fc, 0, int(colourRef(GREEN)), 0],
      [0x012d, 0],
      [0x0418, 800, 1000, 0, 0],
    ],
    [[50, 40, GREEN]],
  ],
  [
    'windows that grow upwards',
    [[0x020b, 800, 0], [0x020c, -800, 1000], ...redFill, [0x041b, 0, 1000, 400, 0]],
    [
      [50, 60, RED],
      [50, 20, undefined],
    ],
  ],
  [
    'bitmaps',
    [...WINDOW, [0x0f43, int(0xcc_0020), 0, 2, 2, 0, 0, 800, 1000, 0, 0, dib]],
    [
      [5, 5, RED],
      [95, 5, GREEN],
      [5, 75, BLUE],
    ],
  ],
  [
    'bitmaps as they were on a device',
    [...WINDOW, [0x0b41, int(0xcc_0020), 2, 2, 0, 0, 800, 1000, 0, 0, dib]],
    [
      [5, 5, RED],
      [95, 75, BLACK],
    ],
  ],
  [
    'what a rectangle leaves of it',
    [...WINDOW, ...redFill, [0x0416, 800, 500, 0, 0], [0x041b, 800, 1000, 0, 0]],
    [
      [25, 40, RED],
      [75, 40, undefined],
    ],
  ],
]

const PLACEABLE = { box: [0, 0, 1000, 800], perInch: 960 } as const

/** Two words of red letters, with options of how they are drawn. */
const textWith = (options: number): EmfRecord[] => {
  const words = Buffer.from('HH HH', 'utf16le')
  const advances = Buffer.concat([20, 20, 10, 20, 20].map(int))
  const padded = Buffer.concat([words, Buffer.alloc(2)])
  return [
    [82, 5, -30, 0, 0, 0, 400, Buffer.alloc(8), Buffer.from('Arial'.padEnd(32, '\0'), 'utf16le')],
    [37, 5],
    [24, colourRef(RED)],
    [22, 24],
    [
      84,
      BOUNDS,
      1,
      float(1),
      float(1),
      2,
      60,
      5,
      76,
      options,
      Buffer.alloc(16),
      76 + padded.length,
      padded,
      advances,
    ],
  ]
}

describe('metafiles', function () {
  this.timeout(300_000)
  const folder = useTemporaryFolder()

  async function render(file: Buffer) {
    const source = folder.pathTo('source')
    await writeFile(source, file)
    const [made] = startRenditions(source, [
      { instructions: { fmt: 'png' }, path: folder.pathTo('made.png') },
    ])
    const { path } = await (made ?? assert.fail())
    return sharp(path).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  }

  async function assertShown(file: Buffer, places: readonly Place[]): Promise<void> {
    const { data, info } = await render(file)
    assert.deepEqual([info.width, info.height], [100, 80])
    for (const [x, y, colour] of places) {
      const at = (y * info.width + x) * 4
      const [red, green, blue, alpha] = data.subarray(at, at + 4)
      if (colour === undefined) assert.equal(alpha, 0, `there is something at ${x}, ${y}`)
      else {
        const off = [red, green, blue].map((value, channel) =>
          Math.abs((value ?? 0) - (colour[channel] ?? 0)),
        )
        assert.ok(
          alpha === 255 && Math.max(...off) <= 3,
          `${[red, green, blue, alpha].join()} is at ${x}, ${y}`,
        )
      }
    }
  }

  for (const [title, records, places] of EMF) {
    it(`of EMF draw ${title}`, () => assertShown(emfOf(100, 80, records), places))
  }

  for (const [title, records, places] of WMF) {
    it(`of WMF draw ${title}`, () => assertShown(wmfOf(records, PLACEABLE), places))
  }

  it('of WMF without a size have the shape of their window, and 1024 pixels at most', async () => {
    const path = folder.pathTo('untold.wmf')
    await writeFile(
      path,
      wmfOf([[0x020b, 0, 0], [0x020c, 5000, 10_000], ...redFill, [0x041b, 9, 9, 0, 0]]),
    )
    const { width, height } = await probe(path)
    assert.deepEqual([width, height], [1024, 512])
  })

  it('of WMF without a window have the size of what is drawn', async () => {
    const path = folder.pathTo('untold.wmf')
    await writeFile(path, wmfOf([...redFill, [0x041b, 50, 70, 10, 10]]))
    const { width, height } = await probe(path)
    assert.deepEqual([width, height].map(Math.round), [60, 40])
  })

  it('draw words: where each begins, as dark as they are, and not what is numbers of glyphs', async () => {
    const drawn = await render(emfOf(100, 80, textWith(0)))
    const inked = (left: number, right: number): boolean =>
      Array.from({ length: 80 }, (_, y) => y).some((y) =>
        Array.from({ length: right - left }, (_, x) => left + x).some((x) => {
          const at = (y * 100 + x) * 4
          return drawn.data[at + 3] === 255 && drawn.data[at] === 255 && drawn.data[at + 1] === 0
        }),
      )
    assert.ok(inked(2, 45) && inked(52, 95))
    assert.ok(!inked(46, 51), 'nothing is between the words')
    const { data } = await render(emfOf(100, 80, textWith(16)))
    assert.ok(data.every((byte) => byte === 0))
  })

  it('have their size on paper, so that a resolution makes them larger', async () => {
    const path = folder.pathTo('paper.emf')
    await writeFile(path, emfOf(96, 48, [...fillWith(RED), [43, 0, 0, 96, 48]]))
    const [made] = startRenditions(path, [
      { instructions: { fmt: 'png', convertToDpi: 300 }, path: folder.pathTo('made.png') },
    ])
    const { width, height } = await (made ?? assert.fail())
    assert.deepEqual([width, height], [300, 150])
  })

  it('are the same when they are compressed, as EMZ and WMZ', async () => {
    const drawings = [
      emfOf(100, 80, [...fillWith(RED), [43, 10, 10, 50, 40]]),
      wmfOf([...WINDOW, ...redFill], PLACEABLE),
    ]
    for (const drawing of drawings) {
      const plain = await render(drawing)
      assert.deepEqual(await render(gzipSync(drawing)), plain)
    }
  })

  const whole = emfOf(100, 80, [...fillWith(RED), [43, 0, 0, 100, 80]])
  const plusAlone = Buffer.concat([
    int(32),
    Buffer.from('EMF+'),
    shorts(0x4001, 0),
    Buffer.alloc(24),
  ])
  const refused: readonly (readonly [
    what: string,
    file: Buffer,
    reason: string,
    message: RegExp,
  ])[] = [
    ['an EMF that is cut', whole.subarray(0, whole.length - 30), 'SourceCorrupt', /EMF file/],
    ['an EMF of no size', emfOf(0, 0, []), 'SourceCorrupt', /EMF file/],
    [
      'a WMF that is cut',
      wmfOf([...WINDOW, ...redFill], PLACEABLE).subarray(0, -8),
      'SourceCorrupt',
      /WMF file/,
    ],
    [
      'a WMF of which nothing is drawn and nobody says how large it is',
      wmfOf([]),
      'SourceCorrupt',
      /WMF file/,
    ],
    ['an EMZ that is cut', gzipSync(whole).subarray(0, -12), 'SourceCorrupt', /EMF file/],
    [
      'an EMZ that holds more than it may',
      gzipSync(Buffer.concat([whole, Buffer.alloc(2 ** 26)])),
      'SourceUnsupported',
      /more than the 64 MB that a compressed drawing may hold/,
    ],
    [
      'an EMF that has all it draws in records of GDI+',
      emfOf(100, 80, [[70, plusAlone]]),
      'SourceUnsupported',
      /EMF\+/,
    ],
  ]
  for (const [what, file, reason, message] of refused) {
    it(`are refused in a sentence: ${what}`, async () => {
      await assert.rejects(render(file), (error: unknown) => {
        assert.ok(error instanceof Error && 'reason' in error)
        assert.deepEqual([error.reason, message.test(error.message)], [reason, true], error.message)
        return true
      })
    })
  }
})
