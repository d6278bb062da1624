import assert from 'node:assert/strict'
import { OperationError } from '../../../src/base/operation-error.ts'
import { drawText } from '../../../src/engine/typesetting/draw-text.ts'
import type { DrawnText, TextBox } from '../../../src/engine/typesetting/set-text.ts'
import type { TextContent, TextRun } from '../../../src/engine/typesetting/text-content.ts'

const BLACK = { red: 0, green: 0, blue: 0, alpha: 255 }

const RUN: TextRun = {
  text: 'Text',
  font: undefined,
  size: 20,
  colour: BLACK,
  bold: false,
  italic: false,
  underline: false,
  position: 'baseline',
}

const CONTENT = { vertical: 'top', resolution: 72, fitted: false } as const

interface Ink {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** Where something is seen, between two columns. */
function inkOf({ width, height, pixels }: DrawnText, from = 0, until = width): Ink {
  const ink = { left: width, right: -1, top: height, bottom: -1 }
  for (let y = 0; y < height; y += 1) {
    for (let x = from; x < until; x += 1) {
      if ((pixels[(y * width + x) * 4 + 3] ?? 0) < 40) continue
      ink.left = Math.min(ink.left, x)
      ink.right = Math.max(ink.right, x)
      ink.top = Math.min(ink.top, y)
      ink.bottom = Math.max(ink.bottom, y)
    }
  }
  return ink
}

/** How many rows of letters there are, with nothing between them. */
function countRows({ width, height, pixels }: DrawnText): number {
  const inked = Array.from({ length: height }, (_, y) =>
    pixels
      .subarray(y * width * 4, (y + 1) * width * 4)
      .some((value, at) => at % 4 === 3 && value > 40),
  )
  return inked.filter((is, y) => is && inked[y - 1] !== true).length
}

/** Some rows of a picture. */
function rowsOf(raster: DrawnText, from: number, height: number): DrawnText {
  const { width, pixels } = raster
  return { width, height, pixels: pixels.slice(from * width * 4, (from + height) * width * 4) }
}

/** Where columns with letters begin that are behind one without. */
function columnsOf({ width, height, pixels }: DrawnText): readonly number[] {
  const inked = Array.from({ length: width }, (_, x) =>
    Array.from({ length: height }, (__, y) => pixels[(y * width + x) * 4 + 3] ?? 0).some(
      (a) => a > 40,
    ),
  )
  return inked.flatMap((is, x) => (is && inked[x - 1] !== true ? [x] : []))
}

function draw(
  text: Partial<TextContent> & Pick<TextContent, 'paragraphs'>,
  size?: TextBox,
): Promise<DrawnText> {
  const tools = { signal: AbortSignal.timeout(60_000), folders: [] }
  return drawText({ ...CONTENT, ...text }, size, tools)
}

function drawRuns(runs: readonly Partial<TextRun>[], size?: TextBox): Promise<DrawnText> {
  const all = runs.map((run) => ({ ...RUN, ...run }))
  return draw({ paragraphs: [{ align: 'left', runs: all }] }, size)
}

describe('drawing a text', () => {
  it('makes a box as large as the text, whose lines are 1.15 ems apart', async () => {
    const one = await drawRuns([{ text: 'iiii' }])
    // Four letters of 222 thousandths.
    assert.deepEqual([one.width, one.height], [18, 23])
    const two = await drawRuns([{ text: 'iiii\niiiiii' }])
    assert.deepEqual([two.width, two.height], [27, 46])
  })

  it('sets letters on a baseline, whatever letters they are', async () => {
    for (const letter of ['x', 'H', 'E']) {
      const { bottom } = inkOf(await drawRuns([{ text: letter, size: 100 }]))
      assert.ok(Math.abs(bottom - 90) <= 1, `${letter} ends at ${bottom}`)
    }
  })

  it('is larger with more pixels an inch', async () => {
    const paragraphs = [{ align: 'left', runs: [RUN] }] as const
    const usual = await draw({ paragraphs })
    const fine = await draw({ paragraphs, resolution: 144 })
    assert.ok(Math.abs(fine.width - usual.width * 2) <= 1)
    assert.equal(fine.height, 46)
  })

  for (const [align, least, most] of [
    ['left', 0, 4],
    ['centre', 135, 160],
    ['right', 280, 300],
  ] as const) {
    it(`stands ${align} in its box`, async () => {
      const raster = await draw(
        { paragraphs: [{ align, runs: [{ ...RUN, text: 'II' }] }] },
        { width: 300, height: 40 },
      )
      assert.deepEqual([raster.width, raster.height], [300, 40])
      const { left, right } = inkOf(raster)
      assert.ok(left >= least && right <= most + 12, `${left} to ${right}`)
    })
  }

  for (const [vertical, least, most] of [
    ['top', 0, 22],
    ['middle', 88, 112],
    ['bottom', 178, 200],
  ] as const) {
    it(`stands at the ${vertical} of its box`, async () => {
      const paragraphs = [{ align: 'left', runs: [RUN] }] as const
      const { top, bottom } = inkOf(
        await draw({ paragraphs, vertical }, { width: 100, height: 200 }),
      )
      assert.ok(top >= least && bottom <= most, `${top} to ${bottom}`)
    })
  }

  it('breaks lines between words, and grows with them', async () => {
    const raster = await drawRuns([{ text: 'HHHH HHHH HHHH' }], { width: 130, height: 0 })
    assert.equal(countRows(raster), 2)
    assert.deepEqual([raster.width, raster.height], [130, 46])
  })

  it('breaks a word that is wider than its box', async () => {
    const raster = await drawRuns([{ text: 'H'.repeat(20) }], { width: 80, height: 0 })
    assert.equal(countRows(raster), 4)
  })

  it('keeps words whole, or lines, when it is told to', async () => {
    const runs = [{ ...RUN, text: `H ${'H'.repeat(20)} H` }]
    const paragraphs = [{ align: 'left', runs }] as const
    const size = { width: 80, height: 0 }
    assert.equal(countRows(await draw({ paragraphs, breaks: 'between words' }, size)), 3)
    assert.equal(countRows(await draw({ paragraphs, breaks: 'never' }, size)), 1)
  })

  it('cuts off what is below its box', async () => {
    const raster = await drawRuns([{ text: 'H\nH\nH\nH' }], { width: 80, height: 46 })
    assert.equal(countRows(raster), 2)
  })

  it('becomes smaller until it fits, and no larger', async () => {
    const runs = [{ ...RUN, text: 'HHHH '.repeat(12) }]
    const paragraphs = [{ align: 'left', runs }] as const
    const box = { width: 100, height: 60 }
    const cut = inkOf(await draw({ paragraphs }, box))
    const fitted = inkOf(await draw({ paragraphs, fitted: true }, box))
    assert.equal(cut.bottom, 59)
    assert.ok(fitted.bottom < 59 && fitted.bottom > 40 && fitted.right < 100, `${fitted.bottom}`)
    const small = [{ align: 'left', runs: [{ ...RUN, text: 'H' }] }] as const
    assert.deepEqual(
      await draw({ paragraphs: small, fitted: true }, box),
      await draw({ paragraphs: small }, box),
    )
  })

  it('justifies lines, but not the last one', async () => {
    const runs = [{ ...RUN, text: 'HH HH HH HH HH' }]
    const raster = await draw(
      { paragraphs: [{ align: 'justify', runs }] },
      { width: 130, height: 0 },
    )
    const line = (from: number): DrawnText => ({
      ...raster,
      height: 23,
      pixels: raster.pixels.subarray(from * 130 * 4, (from + 23) * 130 * 4),
    })
    assert.ok(inkOf(line(0)).right >= 126)
    assert.ok(inkOf(line(23)).right < 100)
  })

  it('has superscripts that are smaller and higher, and subscripts that are lower', async () => {
    const raster = await drawRuns([
      { text: 'H', size: 100 },
      { text: 'H', size: 100, position: 'superscript' },
      { text: 'H', size: 100, position: 'subscript' },
    ])
    const [base, above, below] = [
      inkOf(raster, 0, 70),
      inkOf(raster, 76, 112),
      inkOf(raster, 118, 155),
    ]
    assert.ok(above.bottom < base.bottom - 25 && above.top < base.top + 8, 'higher')
    assert.ok(above.bottom - above.top < (base.bottom - base.top) * 0.65, 'smaller')
    assert.ok(below.bottom > base.bottom + 25, 'lower')
  })

  it('raises without making smaller, and makes room above', async () => {
    const raster = await drawRuns([
      { text: 'H', size: 50 },
      { text: 'H', size: 50, rise: 20 },
    ])
    const [base, raised] = [inkOf(raster, 0, 35), inkOf(raster, 37)]
    assert.equal(base.top - raised.top, 20)
    assert.equal(base.bottom - raised.bottom, 20)
    assert.ok(raised.top > 0)
  })

  it('has colours that can be seen through', async () => {
    const colour = { red: 200, green: 100, blue: 0, alpha: 128 }
    const raster = await drawRuns([{ text: 'I', size: 200, colour }])
    const { left, right } = inkOf(raster)
    const at = (100 * raster.width + Math.round((left + right) / 2)) * 4
    const [red = 0, green = 0, blue = 0, alpha = 0] = raster.pixels.subarray(at, at + 4)
    assert.ok(Math.abs(red - 200) <= 3 && Math.abs(green - 100) <= 3 && blue <= 3)
    assert.ok(Math.abs(alpha - 128) <= 2)
  })

  it('underlines', async () => {
    const plain = inkOf(await drawRuns([{ text: 'HH', size: 50 }]))
    const underlined = inkOf(await drawRuns([{ text: 'HH', size: 50, underline: true }]))
    assert.ok(underlined.bottom >= plain.bottom + 5)
    assert.ok(underlined.left <= 1 && underlined.right > plain.right)
  })

  it('has bold letters that are wider, and the widths of the font that is named', async () => {
    const widths = await Promise.all(
      [
        {},
        { bold: true },
        { font: 'Courier New' },
        { font: 'Times New Roman' },
        { font: 'arial' },
      ].map(async (run) => (await drawRuns([{ text: 'Hamburg', ...run }])).width),
    )
    assert.equal(widths[0], widths[4])
    assert.ok((widths[1] ?? 0) > (widths[0] ?? 0))
    assert.equal(widths[2], Math.ceil(7 * 0.6 * 20))
    assert.ok((widths[3] ?? 0) < (widths[0] ?? 0))
  })

  it('moves pairs of letters together, unless told not to', async () => {
    const kerned = await drawRuns([{ text: 'AVAVAV', size: 100 }])
    const plain = await drawRuns([{ text: 'AVAVAV', size: 100, kerning: false }])
    // Six letters of 667 thousandths.
    assert.equal(plain.width, 401)
    assert.ok(kerned.width < 370, `${kerned.width}`)
  })

  it('has letters that are farther apart, wider and higher', async () => {
    const usual = await drawRuns([{ text: 'HHHH', size: 50 }])
    const apart = await drawRuns([{ text: 'HHHH', size: 50, spacing: 5 }])
    const wide = await drawRuns([{ text: 'HHHH', size: 50, stretch: { x: 2, y: 1 } }])
    const high = await drawRuns([{ text: 'HHHH', size: 50, stretch: { x: 1, y: 2 } }])
    assert.deepEqual([apart.width - usual.width, apart.height], [20, usual.height])
    assert.ok(Math.abs(wide.width - usual.width * 2) <= 1 && wide.height === usual.height)
    assert.ok(Math.abs(high.height - usual.height * 2) <= 1 && high.width === usual.width)
  })

  it('strikes letters through, and has a background as high as their line', async () => {
    const struck = inkOf(await drawRuns([{ text: '  .', size: 50, strike: true }]))
    assert.ok(struck.left <= 1 && struck.top < 40, `from ${struck.left}, ${struck.top}`)
    const colour = { red: 255, green: 255, blue: 0, alpha: 255 }
    const raster = await drawRuns([{ text: '.', size: 50, background: colour }])
    assert.deepEqual([...raster.pixels.subarray(4, 8)], [255, 255, 0, 255])
    assert.equal(inkOf(raster).bottom, raster.height - 1)
  })

  it('indents lines, the first of them by itself', async () => {
    const runs = [{ ...RUN, text: 'HH HH HH' }]
    const indent = { left: 20, right: 30, first: 10 }
    const raster = await draw(
      { paragraphs: [{ align: 'left', indent, runs }] },
      { width: 100, height: 0 },
    )
    // Of the 100 pixels 40 are left for the first line, and 50 for the others: a word each.
    assert.equal(countRows(raster), 3)
    const line = (number: number): Ink => inkOf(rowsOf(raster, number * 23, 23))
    assert.deepEqual([line(0).left, line(1).left], [31, 21])
    const right = await draw(
      { paragraphs: [{ align: 'right', indent, runs }] },
      { width: 100, height: 0 },
    )
    assert.ok(Math.abs(inkOf(right).right - 68) <= 1)
  })

  for (const [name, paragraph, height] of [
    ['as the fonts have it', {}, 46],
    ['that is at least so large', { lines: { by: 'least', points: 40 } }, 80],
    ['that is larger anyway', { lines: { by: 'least', points: 10 } }, 46],
    ['that is exactly so large', { lines: { by: 'exactly', points: 15 } }, 30],
    ['in lines', { lines: { by: 'factor', factor: 2 } }, 92],
    ['and more before and behind a paragraph', { spaceBefore: 7, spaceAfter: 4 }, 57],
  ] as const) {
    it(`has a distance from line to line ${name}`, async () => {
      const runs = [{ ...RUN, text: 'H\nH' }]
      const raster = await draw({ paragraphs: [{ align: 'left', ...paragraph, runs }] })
      assert.equal(raster.height, height)
    })
  }

  it('begins letters behind a tab at the next stop, and every half inch behind the last', async () => {
    const runs = [{ ...RUN, text: '\tI\tI\tI' }]
    const raster = await draw({
      paragraphs: [{ align: 'left', tabs: [{ at: 50 }, { at: 90 }], runs }],
    })
    const starts = columnsOf(raster)
    assert.deepEqual(
      starts.map((x) => Math.floor(x / 4) * 4),
      [52, 92, 108],
    )
  })

  it('has a last line of its own where the others are justified', async () => {
    const runs = [{ ...RUN, text: 'HH HH HH HH HH' }]
    const last = async (lastAlign: 'left' | 'centre' | 'right' | 'justify'): Promise<Ink> => {
      const paragraphs = [{ align: 'justify', lastAlign, runs }] as const
      return inkOf(rowsOf(await draw({ paragraphs }, { width: 130, height: 0 }), 23, 23))
    }
    assert.ok((await last('left')).left < 5 && (await last('left')).right < 100)
    assert.ok((await last('centre')).left > 20 && (await last('centre')).right < 110)
    assert.ok((await last('right')).right >= 126)
    const { left, right } = await last('justify')
    assert.ok(left < 5 && right >= 126)
  })

  it('sets Greek, Cyrillic, Hebrew, Arabic, Thai and what else is in the shipped fonts', async () => {
    for (const text of [
      'Ελληνικά',
      'Русский',
      'Čeština',
      'Tiếng Việt',
      'שלום',
      'السلام',
      'پچگ ٹڈے',
      'สวัสดี',
    ]) {
      for (const font of ['Arial', 'Times New Roman', 'Courier New']) {
        const { right, left } = inkOf(await drawRuns([{ text, font }]))
        assert.ok(right - left > 30, `${text} in ${font}`)
      }
    }
  })

  it('joins the letters of Arabic', async () => {
    const [joined, apart] = [
      await drawRuns([{ text: 'بيت', size: 40 }]),
      await drawRuns([{ text: 'ب\u200cي\u200cت', size: 40 }]),
    ]
    assert.ok(joined.width < apart.width * 0.8)
  })

  it('sets letters that are written in two as those that are written in one', async () => {
    assert.deepEqual(await drawRuns([{ text: 'e\u030c' }]), await drawRuns([{ text: 'ě' }]))
  })

  it('sets scripts from right to left, and numbers in them from left to right', async () => {
    const mixed = await drawRuns([{ text: 'אב 12', size: 40 }])
    const [digits, last] = [
      await drawRuns([{ text: '12', size: 40 }]),
      await drawRuns([{ text: 'א', size: 40 }]),
    ]
    // What is read last is at the left, and what is read first at the right.
    assert.deepEqual(inkOf(mixed, 0, digits.width), inkOf(digits))
    const { right } = inkOf(last)
    assert.equal(mixed.width - inkOf(mixed).right, last.width - right)
  })

  it('reverses letters of any script where it is told to', async () => {
    const reversed = await drawRuns([{ text: 'desrever', font: 'Courier New', reversed: true }])
    const plain = await drawRuns([{ text: 'reversed', font: 'Courier New' }])
    assert.deepEqual(reversed, plain)
  })

  it('has hard edges where they are not to be smooth', async () => {
    const paragraphs = [{ align: 'left', runs: [{ ...RUN, text: 'SO', size: 40 }] }] as const
    const alphas = new Set(
      (await draw({ paragraphs, smooth: false })).pixels.filter((_, at) => at % 4 === 3),
    )
    assert.deepEqual(
      [...alphas].toSorted((a, b) => a - b),
      [0, 255],
    )
  })

  for (const [angle, width, height] of [
    [90, 23, 18],
    [180, 18, 23],
    [270, 23, 18],
    [-90, 23, 18],
    [45, 29, 29],
  ] as const) {
    it(`turns a text by ${angle} degrees`, async () => {
      const paragraphs = [{ align: 'left', runs: [{ ...RUN, text: 'iiii' }] }] as const
      const raster = await draw({ paragraphs, angle })
      assert.deepEqual([raster.width, raster.height], [width, height])
    })
  }

  it('draws from top to bottom when it is turned by 90 degrees, in a box that stays', async () => {
    const paragraphs = [{ align: 'left', runs: [{ ...RUN, text: 'HHHH HHHH' }] }] as const
    const raster = await draw({ paragraphs, angle: 90 }, { width: 100, height: 80 })
    assert.deepEqual([raster.width, raster.height], [100, 80])
    const ink = inkOf(raster)
    assert.ok(ink.right > 90 && ink.left > 50 && ink.top <= 2 && ink.bottom > 50)
  })

  it('refuses other angles of what is in a box', async () => {
    const paragraphs = [{ align: 'left', runs: [RUN] }] as const
    await assert.rejects(draw({ paragraphs, angle: 30 }, { width: 100, height: 80 }), (error) => {
      return error instanceof OperationError && error.code === 'text_angle_impossible'
    })
  })

  it('draws a text of nothing as nothing', async () => {
    for (const paragraphs of [
      [],
      [{ align: 'left', runs: [] }],
      [{ align: 'left', runs: [{ ...RUN, text: '  ' }] }],
    ] as const) {
      const raster = await draw({ paragraphs })
      assert.equal(inkOf(raster).right, -1)
    }
  })

  it('shows letters that would be markup elsewhere', async () => {
    const raster = await drawRuns([{ text: '<b>&amp;</b> (\\) ET Q <' }])
    assert.ok(inkOf(raster).right > raster.width - 12)
  })

  for (const [name, run, code, words] of [
    [
      'a font that is not here',
      { font: 'Palatino Linotype' },
      'text_font_missing',
      /"Palatino Linotype"/,
    ],
    ['emoji', { text: 'a😀' }, 'text_letters_unknown', /"😀"/],
    ['control characters', { text: 'a\u0007' }, 'text_letters_unknown', /\\u0007/],
    ['half a letter', { text: '\ud83d' }, 'text_letters_unknown', /\\ud83d/],
    ['letters as large as a house', { size: 16_000 }, 'text_too_large', /more than the 50000000/],
    ['lines without an end', { text: 'W'.repeat(5000) }, 'text_too_long', /30000 a side/],
    [
      'letters of China without a font',
      { text: '中' },
      'text_letters_unknown',
      /"中"; install a font/,
    ],
  ] as const) {
    it(`refuses ${name} in a sentence`, async () => {
      await assert.rejects(drawRuns([run]), (error) => {
        return error instanceof OperationError && error.code === code && words.test(error.message)
      })
    })
  }

  it('draws 60,000 letters, or says that they are too many', async () => {
    const runs = Array.from({ length: 6000 }, (_, at) => ({
      ...RUN,
      text: 'ten letter',
      size: 10 + (at % 3),
    }))
    const paragraphs = [{ align: 'justify', runs }] as const
    const wrapped = await draw({ paragraphs, fitted: true }, { width: 800, height: 600 })
    assert.ok(inkOf(wrapped).bottom > 550)
    const line = await drawRuns([{ text: 'i'.repeat(6700) }])
    assert.ok(inkOf(line).right > line.width - 10 && line.width > 29_000)
    await assert.rejects(drawRuns([{ text: 'i'.repeat(60_000) }]), /30000 a side/)
  })
})
