import assert from 'node:assert/strict'
import sharp from 'sharp'
import { layTexts } from '../../../src/engine/pictures/svg-texts.ts'

const [WIDTH, HEIGHT] = [200, 100]

/** The first and last column and row in which something is drawn. */
interface Ink {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

async function inkOf(content: string): Promise<Ink> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}">${content}</svg>`
  const data = await sharp(Buffer.from(await layTexts(svg)))
    .extractChannel('alpha')
    .raw()
    .toBuffer()
  const drawn = [...data.keys()].filter((at) => (data[at] ?? 0) > 100)
  const [columns, rows] = [drawn.map((at) => at % WIDTH), drawn.map((at) => Math.floor(at / WIDTH))]
  const [left, right] = [Math.min(...columns), Math.max(...columns)]
  return { left, right, top: Math.min(...rows), bottom: Math.max(...rows) }
}

function requireNear(ink: Ink, wanted: Partial<Ink>, within = 4): void {
  for (const side of ['left', 'right', 'top', 'bottom'] as const) {
    const [is, should] = [ink[side], wanted[side]]
    if (should !== undefined)
      assert.ok(Math.abs(is - should) <= within, `${side} is ${is}, not ${should}`)
  }
}

const FONT = 'font-family="Arimo" font-size="20"'

/** Texts, and what of the picture they reach in Chromium. */
const TABLE: Readonly<Record<string, readonly [content: string, ink: Partial<Ink>]>> = {
  'as long as it is told to be': [
    `<text x="10" y="50" ${FONT} textLength="150">HHHH</text>`,
    { left: 11, right: 158 },
  ],
  'shorter than it would be': [
    `<text x="10" y="50" ${FONT} textLength="40">HHHH</text>`,
    { left: 11, right: 48 },
  ],
  'stretched with its letters': [
    `<text x="10" y="50" ${FONT} textLength="150" lengthAdjust="spacingAndGlyphs">HHHH</text>`,
    { left: 14, right: 156 },
  ],
  'around a place': [
    `<g text-anchor="middle"><text x="100" y="50" ${FONT} textLength="150">HHHH</text></g>`,
    { left: 26, right: 173 },
  ],
  'before a place': [
    `<text x="190" y="50" ${FONT} textLength="150" style="text-anchor:end">HHHH</text>`,
    { left: 41, right: 188 },
  ],
  'down a path': [
    `<path id="p" d="M100 10V90" fill="none"/><text ${FONT}><textPath href="#p">HHHH</textPath></text>`,
    { left: 100, right: 113, top: 11, bottom: 66 },
  ],
  'in the middle of a path': [
    `<path id="p" d="M0 60H200" fill="none"/><text ${FONT}><textPath href="#p" startOffset="50%" text-anchor="middle">H<tspan>HH</tspan>H</textPath></text>`,
    { left: 72, right: 127, top: 46, bottom: 60 },
  ],
  'on a path that begins later, and ends too soon': [
    `<path id="p" d="M20 60H70" fill="none" transform="translate(100)"/><text ${FONT}><textPath href="#p" startOffset="10">HHHHHHHH</textPath></text>`,
    { left: 131, right: 171 },
  ],
  'above a path': [
    `<path id="p" d="M0 60H200" fill="none"/><text dy="-20" ${FONT}><textPath href="#p">HH</textPath></text>`,
    { top: 26, bottom: 40 },
  ],
  'with letters that are turned': [
    `<text x="100" y="50" rotate="180" ${FONT}>H</text>`,
    { left: 86, right: 98, top: 50, bottom: 64 },
  ],
  'with letters that have places and are turned': [
    `<text x="20 100" y="20 60" rotate="0 90" ${FONT}>HH</text>`,
    { left: 21, right: 114, top: 6, bottom: 74 },
  ],
}

describe('a text of a drawing', () => {
  for (const [title, [content, ink]] of Object.entries(TABLE)) {
    it(`is laid out ${title}`, async () => {
      requireNear(await inkOf(content), ink)
    })
  }

  const OTHERS = [
    '<text textLength="a">A</text>',
    '<text textLength="50" x="1 2">AB</text>',
    '<text><textPath href="#none">A</textPath></text>',
    '<text rotate="0 0">AB</text>',
  ]
  for (const content of OTHERS) {
    it(`stays as it is: ${content}`, async () => {
      const svg = `<svg xmlns="http://www.w3.org/2000/svg">${content}</svg>`
      assert.equal(await layTexts(svg), svg)
    })
  }
})
