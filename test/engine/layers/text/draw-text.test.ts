import assert from 'node:assert/strict'
import { OperationError } from '../../../../src/base/operation-error.ts'
import type { Extent, TextContent, TextRun } from '../../../../src/engine/layers/composition.ts'
import type { Raster } from '../../../../src/engine/layers/raster.ts'
import { drawText } from '../../../../src/engine/layers/text/draw-text.ts'
import { useTemporaryFolder } from '../../../support/temporary-folder.ts'

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
function inkOf({ width, height, pixels }: Raster, from = 0, until = width): Ink {
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
function countRows({ width, height, pixels }: Raster): number {
  const inked = Array.from({ length: height }, (_, y) =>
    pixels
      .subarray(y * width * 4, (y + 1) * width * 4)
      .some((value, at) => at % 4 === 3 && value > 40),
  )
  return inked.filter((is, y) => is && inked[y - 1] !== true).length
}

describe('drawing a text', () => {
  const folder = useTemporaryFolder()

  function draw(
    text: Partial<TextContent> & Pick<TextContent, 'paragraphs'>,
    size?: Extent,
  ): Promise<Raster> {
    const tools = { folder: folder.pathTo(''), signal: AbortSignal.timeout(60_000) }
    return drawText({ ...CONTENT, ...text }, size, tools)
  }

  function drawRuns(runs: readonly Partial<TextRun>[], size?: Extent): Promise<Raster> {
    const all = runs.map((run) => ({ ...RUN, ...run }))
    return draw({ paragraphs: [{ align: 'left', runs: all }] }, size)
  }

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
    const line = (from: number): Raster => ({
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
    ['letters from right to left', { text: 'שלום' }, 'text_letters_unknown', /"ש"/],
    ['emoji', { text: 'a😀' }, 'text_letters_unknown', /"😀"/],
    ['control characters', { text: 'a\u0007' }, 'text_letters_unknown', /\\u0007/],
    ['half a letter', { text: '\ud83d' }, 'text_letters_unknown', /\\ud83d/],
    ['letters as large as a house', { size: 16_000 }, 'text_too_large', /more than the 50000000/],
    ['lines without an end', { text: 'W'.repeat(5000) }, 'text_too_long', /30000 a side/],
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
