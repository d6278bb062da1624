import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import sharp from 'sharp'
import { quarters } from '../../../support/pictures.ts'
import { probe, startRenditions } from '../../../support/rendering.ts'
import { useTemporaryFolder } from '../../../support/temporary-folder.ts'
import { DEEP_JPEGS } from '../conversion/deep-jpeg/deep-jpegs.ts'
import {
  COLOURED_JPEG_2000,
  type DicomFile,
  dicomOf,
  GREY_JPEG_2000,
  HEIGHT,
  LOSSLESS_JPEG,
  runLengthsOf,
  samplesOf,
  SIGNED_JPEG_2000,
  WIDTH,
  words,
} from './dicom-files.ts'

/** 0 on the left, 3000 on the right. */
const RAMP = samplesOf((x) => x * 200)

/** As bright as the ramp when all of it is to be seen. */
const WHOLE = samplesOf((x) => Math.round((x * 255) / 15))

const WINDOW = [
  [0x0028_1050, 'DS', '1000\\40'],
  [0x0028_1051, 'DS', '401\\400'],
] as const

/** What is below 800 is black, what is above 1200 white (PS3.3, C.11.2.1.2.1). */
const IN_WINDOW = RAMP.map((value) =>
  Math.round(Math.min(1, Math.max(0, (value - 999.5) / 400 + 0.5)) * 255),
)

const RLE = '1.2.840.10008.1.2.5'
const [highs, lows] = [RAMP.map((value) => value >> 8), RAMP.map((value) => value & 255)].map(
  (bytes) => Buffer.from(bytes),
)

const GREY: readonly (readonly [title: string, file: DicomFile, expected: readonly number[]])[] = [
  [
    'all of what there is, when nobody says which part of it',
    { stored: 12, pixels: words(RAMP) },
    WHOLE,
  ],
  [
    'the first of the windows that it has',
    { stored: 12, elements: WINDOW, pixels: words(RAMP) },
    IN_WINDOW,
  ],
  [
    'white for little, where it says so',
    { stored: 12, photometric: 'MONOCHROME1', pixels: words(RAMP) },
    WHOLE.map((shade) => 255 - shade),
  ],
  [
    'samples below zero, and what they are scaled to before they are seen',
    {
      signed: true,
      elements: [
        [0x0028_1050, 'DS', '2000'],
        [0x0028_1051, 'DS', '802'],
        [0x0028_1052, 'DS', '3000'],
        [0x0028_1053, 'DS', '2'],
      ],
      pixels: words(RAMP.map((value) => value - 1000)),
    },
    RAMP.map((value) =>
      Math.round(Math.min(1, Math.max(0, ((value - 1000) * 2 + 3000 - 1999.5) / 801 + 0.5)) * 255),
    ),
  ],
  [
    'no more than what is stored of a sample',
    { stored: 12, pixels: words(RAMP.map((value) => value | 0xf000)) },
    WHOLE,
  ],
  ['samples of a byte as bright as they say', { allocated: 8, pixels: Buffer.from(WHOLE) }, WHOLE],
  [
    'bits, the lowest first',
    { allocated: 1, pixels: Buffer.alloc(24, Buffer.from([0x0f, 0xf0])) },
    samplesOf((x) => (x < 4 || x >= 12 ? 255 : 0)),
  ],
  [
    'types that are not written',
    { transferSyntax: '1.2.840.10008.1.2', stored: 12, pixels: words(RAMP) },
    WHOLE,
  ],
  [
    'the order of bytes that is not Intel’s',
    { transferSyntax: '1.2.840.10008.1.2.2', stored: 12, pixels: words(RAMP, true) },
    WHOLE,
  ],
  [
    'a file that is deflated',
    { transferSyntax: '1.2.840.10008.1.2.1.99', stored: 12, pixels: words(RAMP) },
    WHOLE,
  ],
  [
    'run lengths',
    {
      transferSyntax: RLE,
      stored: 12,
      pixels: Buffer.alloc(0),
      pieces: [runLengthsOf(highs ?? Buffer.alloc(0), lows ?? Buffer.alloc(0))],
    },
    WHOLE,
  ],
  ...(
    [
      ['lossless JPEG', '.70', LOSSLESS_JPEG],
      ['JPEG-LS', '.80', Buffer.from(DEEP_JPEGS.greyLs, 'base64')],
      ['JPEG of 12 bits', '.51', Buffer.from(DEEP_JPEGS.greyExtended, 'base64')],
      ['JPEG of 12 bits in steps', '.55', Buffer.from(DEEP_JPEGS.greyProgressive, 'base64')],
    ] as const
  ).map(
    ([title, syntax, jpeg]) =>
      [
        title,
        {
          transferSyntax: `1.2.840.10008.1.2.4${syntax}`,
          stored: 12,
          pixels: Buffer.alloc(0),
          pieces: [jpeg.subarray(0, 100), jpeg.subarray(100)],
        },
        samplesOf((x, y) => Math.round(((x * 16 + y * 5) * 255) / 295)),
      ] as const,
  ),
  [
    'JPEG 2000',
    {
      transferSyntax: '1.2.840.10008.1.2.4.90',
      stored: 12,
      pixels: Buffer.alloc(0),
      pieces: [GREY_JPEG_2000.subarray(0, 90), GREY_JPEG_2000.subarray(90), Buffer.alloc(2)],
    },
    WHOLE,
  ],
  [
    'JPEG 2000 of samples below zero, in a window',
    {
      transferSyntax: '1.2.840.10008.1.2.4.91',
      signed: true,
      elements: [
        [0x0028_1050, 'DS', '0'],
        [0x0028_1051, 'DS', '401'],
      ],
      pixels: Buffer.alloc(0),
      pieces: [SIGNED_JPEG_2000],
    },
    IN_WINDOW,
  ],
  [
    'what comes before and behind a sequence of items',
    {
      stored: 12,
      elements: [
        [0x0028_3010, 'SQ', Buffer.from('feff00e0040000002800100000', 'hex').subarray(0, 12)],
        ...WINDOW.slice(0, 0),
      ],
      pixels: words(RAMP),
    },
    WHOLE,
  ],
]

const RED = [200, 30, 40] as const
const BLUE = [20, 60, 220] as const
const COLOURS = samplesOf((x) => (x < 8 ? RED : BLUE))

const COLOURED: readonly (readonly [title: string, file: DicomFile])[] = [
  ['pixel by pixel', { allocated: 8, samples: 3, pixels: Buffer.from(COLOURS.flat()) }],
  [
    'plane by plane',
    {
      allocated: 8,
      samples: 3,
      planar: true,
      pixels: Buffer.from(
        [0, 1, 2].flatMap((channel) => COLOURS.map((colour) => colour[channel] ?? 0)),
      ),
    },
  ],
  [
    'of a palette',
    {
      allocated: 8,
      photometric: 'PALETTE COLOR',
      elements: [
        ...[0x0028_1101, 0x0028_1102, 0x0028_1103].map(
          (tag) => [tag, 'US', words([2, 0, 16])] as const,
        ),
        ...[0, 1, 2].map(
          (channel) =>
            [
              0x0028_1201 + channel,
              'OW',
              words([RED, BLUE].map((colour) => (colour[channel] ?? 0) * 257)),
            ] as const,
        ),
      ],
      pixels: Buffer.from(samplesOf((x) => (x < 8 ? 0 : 1))),
    },
  ],
  ...(['RGB', 'YBR_RCT'] as const).map(
    (photometric) =>
      [
        `of JPEG 2000, said to be ${photometric}`,
        {
          transferSyntax: '1.2.840.10008.1.2.4.90',
          allocated: 8,
          samples: 3,
          photometric,
          pixels: Buffer.alloc(0),
          pieces: [COLOURED_JPEG_2000],
        },
      ] as const,
  ),
  [
    'of brightness and two differences',
    {
      allocated: 8,
      samples: 3,
      photometric: 'YBR_FULL',
      pixels: Buffer.from(COLOURS.flatMap(toDifferences)),
    },
  ],
]

const END_OF_CODE = Buffer.from('ffd9', 'hex')

/** A codestream that says it has more rows (ISO 15444-1, A.5.1). */
function taller(codestream: Buffer): Buffer {
  const other = Buffer.from(codestream)
  other.writeUInt32BE(40_000, 12)
  return other
}

function toDifferences([red, green, blue]: readonly [number, number, number]): number[] {
  return [
    0.299 * red + 0.587 * green + 0.114 * blue,
    -0.168736 * red - 0.331264 * green + 0.5 * blue + 128,
    0.5 * red - 0.418688 * green - 0.081312 * blue + 128,
  ].map(Math.round)
}

function assertNear(found: Buffer, expected: readonly number[], within: number): void {
  for (const [at, value] of expected.entries()) {
    const shown = found[at] ?? Number.NaN
    assert.ok(Math.abs(shown - value) <= within, `${at} is ${shown} and not ${value}`)
  }
}

describe('DICOM', function () {
  this.timeout(300_000)
  const folder = useTemporaryFolder()

  async function render(file: Buffer) {
    const source = folder.pathTo('source.dcm')
    await writeFile(source, file)
    const [made] = startRenditions(source, [
      { instructions: { fmt: 'png' }, path: folder.pathTo('made.png') },
    ])
    return sharp((await (made ?? assert.fail())).path)
      .toColourspace('srgb')
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true })
  }

  for (const [title, file, expected] of GREY) {
    it(`is read: ${title}`, async () => {
      const { data, info } = await render(dicomOf(file))
      assert.deepEqual([info.width, info.height], [WIDTH, HEIGHT])
      assertNear(
        data,
        expected.flatMap((shade) => [shade, shade, shade]),
        1,
      )
    })
  }

  for (const [title, file] of COLOURED) {
    it(`is read in colours: ${title}`, async () => {
      assertNear((await render(dicomOf(file))).data, COLOURS.flat(), 2)
    })
  }

  it('is read as JPEG, in the colours that the file around it says', async () => {
    const picture = quarters(WIDTH, HEIGHT).jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
    const jpeg = await picture.toBuffer()
    assert.ok(!jpeg.includes('JFIF') && !jpeg.includes('Adobe'), 'it says nothing itself')
    const file = {
      transferSyntax: '1.2.840.10008.1.2.4.50',
      allocated: 8,
      samples: 3,
      pixels: Buffer.alloc(0),
      pieces: [jpeg],
    } as const
    const { data } = await render(dicomOf({ ...file, photometric: 'YBR_FULL_422' }))
    assertNear(data, [220, 30, 40], 8)
    const other = await render(dicomOf({ ...file, photometric: 'RGB' }))
    assert.ok(
      Math.abs((other.data[0] ?? 0) - 220) > 60,
      'numbers are taken for red, green and blue',
    )
  })

  it('is read as JPEG in grey, in its window', async () => {
    const shades = Buffer.from(samplesOf((x) => x * 16))
    const jpeg = await sharp(shades, { raw: { width: WIDTH, height: HEIGHT, channels: 1 } })
      .toColourspace('b-w')
      .jpeg({ quality: 100 })
      .toBuffer()
    const file = {
      transferSyntax: '1.2.840.10008.1.2.4.50',
      allocated: 8,
      photometric: 'MONOCHROME1',
      pixels: Buffer.alloc(0),
      pieces: [jpeg],
    }
    const expected = samplesOf((x) => 255 - x * 16).flatMap((shade) => [shade, shade, shade])
    assertNear((await render(dicomOf(file))).data, expected, 3)
  })

  it('is read in its first frame', async () => {
    const frames = Buffer.concat([words(RAMP), words(RAMP.toReversed())])
    const { data } = await render(
      dicomOf({ stored: 12, elements: [[0x0028_0008, 'IS', '2']], pixels: frames }),
    )
    assertNear(
      data,
      WHOLE.flatMap((shade) => [shade, shade, shade]),
      1,
    )
  })

  const refused: readonly (readonly [
    what: string,
    file: () => Buffer,
    reason: string,
    message: RegExp,
  ])[] = [
    ...(
      [
        [
          '1.2.840.10008.1.2.4.92',
          /compressed with JPEG 2000 of several components at a time, which/,
        ],
        ['1.2.840.10008.1.2.4.201', /compressed with HTJ2K, which/],
        ['1.2.840.10008.1.2.4.102', /compressed with MPEG, which/],
        ['1.2.3.4', /the transfer syntax 1\.2\.3\.4/],
      ] as const
    ).map(
      ([transferSyntax, message]) =>
        [
          `frames in ${transferSyntax}`,
          () => dicomOf({ transferSyntax, pixels: Buffer.alloc(0), pieces: [Buffer.alloc(8)] }),
          'SourceUnsupported',
          message,
        ] as const,
    ),
    [
      'a JPEG of 12 bits with arithmetic codes',
      () =>
        dicomOf({
          transferSyntax: '1.2.840.10008.1.2.4.51',
          pixels: Buffer.alloc(0),
          pieces: [Buffer.from('ffd8ffc9000b0c000c001001011100', 'hex')],
        }),
      'SourceUnsupported',
      /coded in a way that is not read here/,
    ],
    ...(
      [
        ['is cut', GREY_JPEG_2000.subarray(0, 120)],
        ['has nothing but an end', Buffer.concat([GREY_JPEG_2000.subarray(0, 60), END_OF_CODE])],
        ['is larger than the file says', Buffer.concat([taller(GREY_JPEG_2000), END_OF_CODE])],
        ['has colours', COLOURED_JPEG_2000],
      ] as const
    ).map(
      ([title, frame]) =>
        [
          `a JPEG 2000 that ${title}`,
          () =>
            dicomOf({
              transferSyntax: '1.2.840.10008.1.2.4.90',
              stored: 12,
              pixels: Buffer.alloc(0),
              pieces: [frame],
            }),
          'SourceCorrupt',
          /damaged/,
        ] as const,
    ),
    [
      'a JPEG-LS that is cut',
      () =>
        dicomOf({
          transferSyntax: '1.2.840.10008.1.2.4.80',
          stored: 12,
          pixels: Buffer.alloc(0),
          pieces: [Buffer.from(DEEP_JPEGS.greyLs, 'base64').subarray(0, 60)],
        }),
      'SourceCorrupt',
      /DICOM/,
    ],
    [
      'samples of 64 bits',
      () => dicomOf({ allocated: 64, pixels: Buffer.alloc(4096) }),
      'SourceUnsupported',
      /samples of 64 bits/,
    ],
    [
      'a report without a picture',
      () => dicomOf({ pixels: Buffer.alloc(0) }).subarray(0, -12),
      'SourceUnsupported',
      /^The DICOM source carries no/,
    ],
    [
      'pixels that are cut',
      () => dicomOf({ pixels: words(RAMP) }).subarray(0, -9),
      'SourceCorrupt',
      /DICOM/,
    ],
    [
      'run lengths that are cut',
      () =>
        dicomOf({
          transferSyntax: RLE,
          pixels: Buffer.alloc(0),
          pieces: [runLengthsOf(Buffer.alloc(9), Buffer.alloc(9))],
        }),
      'SourceCorrupt',
      /DICOM/,
    ],
    [
      'a lossless JPEG that is cut',
      () =>
        dicomOf({
          transferSyntax: '1.2.840.10008.1.2.4.70',
          stored: 12,
          pixels: Buffer.alloc(0),
          pieces: [LOSSLESS_JPEG.subarray(0, 60)],
        }),
      'SourceCorrupt',
      /DICOM/,
    ],
  ]
  for (const [what, file, reason, message] of refused) {
    it(`is refused in a sentence: ${what}`, async () => {
      await assert.rejects(render(file()), (error: unknown) => {
        assert.ok(error instanceof Error && 'reason' in error)
        assert.deepEqual([error.reason, message.test(error.message)], [reason, true], error.message)
        return true
      })
    })
  }

  it('is refused before it is unpacked when it says that it is larger than what is taken', async () => {
    const file = dicomOf({ pixels: words(RAMP) })
    const rows = file.indexOf(Buffer.from('280010005553', 'hex'))
    file.writeUInt16LE(65_000, rows + 8)
    file.writeUInt16LE(65_000, rows + 18)
    await writeFile(folder.pathTo('huge.dcm'), file)
    await assert.rejects(probe(folder.pathTo('huge.dcm')), { code: 'source_too_many_pixels' })
  })
})
