import assert from 'node:assert/strict'
import { toKnownColours } from '../../../src/engine/pictures/svg-colours.ts'

/** A colour of CSS Color 4, and the one that Chromium shows for it. */
const TABLE: Readonly<Record<string, string>> = {
  'oklch(0.6 0.2 30)': 'rgba(222,62,45,1)',
  'oklch(60% 50% 30deg)': 'rgba(222,62,45,1)',
  'oklab(0.628 0.2249 0.1258)': 'rgba(255,0,0,1)',
  'lab(50% 40 30)': 'rgba(187,88,70,1)',
  'lch(50 50 36.87)': 'rgba(187,88,70,1)',
  'LCH(50 50 0.10242turn / 25%)': 'rgba(187,88,70,0.25)',
  'color(srgb 0.2 none 1 / 0.5)': 'rgba(51,0,255,0.5)',
  'color(srgb-linear 0.5 0.5 0.5)': 'rgba(188,188,188,1)',
  'color(display-p3 .8 .2 .2)': 'rgba(222,24,41,1)',
  'color-mix(in oklab, red, blue)': 'rgba(140,83,162,1)',
  'color-mix(in srgb, red 20%, blue)': 'rgba(51,0,204,1)',
  'color-mix(in srgb, transparent 60%, teal)': 'rgba(0,128,128,0.4)',
  'color-mix(in hsl, hsl(0 100% 50%), blue)': 'rgba(255,0,255,1)',
  'color-mix(in oklch, oklch(70% .2 50) 30%, #0af8)': 'rgba(165,133,255,0.6733)',
  'color-mix(in lch, white 60%, color-mix(in srgb, red, lime) 40%)': 'rgba(206,202,158,1)',
  'color-mix(red, blue)': 'rgba(140,83,162,1)',
  'rgb(from red r g 200)': 'rgba(255,0,200,1)',
  'hsl(from teal h s calc(l * 2) / 50%)': 'rgba(1,255,255,0.5)',
  'light-dark(#c0ffee, #123)': '#c0ffee',
  'light-dark( rgb(1, 2, 3) , var(--dark, red))': 'rgb(1, 2, 3) ',
  'light-dark(oklab(0.628 0.2249 0.1258), black)': 'rgba(255,0,0,1)',
}

/** What stays as it is. */
const OTHERS = [
  'rgb(1 2 3 / 50%)',
  'color(prophoto-rgb 1 0 0)',
  'oklch(from nothing l c h)',
  'lab(50% 40)',
  'lch(1em 2 3)',
  'a collab(oration)',
]

const drawing = (fill: string): string => `<rect style="fill:${fill};stroke:red"/>`

describe('colours of a drawing', () => {
  for (const [colour, known] of Object.entries(TABLE)) {
    it(`are written as librsvg reads them: ${colour}`, () => {
      assert.equal(toKnownColours(drawing(colour)), drawing(known))
    })
  }

  for (const colour of OTHERS) {
    it(`stay as they are: ${colour}`, () => {
      assert.equal(toKnownColours(colour), colour)
    })
  }
})
