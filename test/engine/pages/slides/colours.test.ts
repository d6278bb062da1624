import assert from 'node:assert/strict'
import type { Element } from '../../../../src/engine/pages/element.ts'
import {
  type Colour,
  fromHex,
  toLetterColour,
} from '../../../../src/engine/pages/slides/colours/colour.ts'
import { readColour } from '../../../../src/engine/pages/slides/colours/read-colour.ts'

function element(name: string, val: string, children: readonly Element[] = []): Element {
  return { name, attributes: { val }, children, text: '' }
}

const PALETTE = {
  colourOf: (name: string): Colour | undefined =>
    name === 'accent1' ? fromHex('4472C4') : undefined,
  placeholder: fromHex('00FF00'),
}

function written(source: Element): string | undefined {
  const colour = readColour(source, PALETTE)
  if (colour === undefined) return undefined
  const { red, green, blue, alpha } = toLetterColour(colour)
  return [red, green, blue, alpha].join(' ')
}

function changed(name: string, val: string): Element {
  return element('schemeClr', 'accent1', [element(name, val)])
}

describe('colours of drawings', () => {
  const cases: readonly (readonly [title: string, source: Element, colour: string | undefined])[] =
    [
      ['six digits', element('srgbClr', 'FF8000'), '255 128 0 255'],
      ['one of the theme', element('schemeClr', 'accent1'), '68 114 196 255'],
      ['one that the theme leaves open', element('schemeClr', 'phClr'), '0 255 0 255'],
      ['one that there is not', element('schemeClr', 'accent9'), undefined],
      ['one of a name', element('prstClr', 'navy'), '0 0 128 255'],
      ['one of the system', element('sysClr', 'window'), '255 255 255 255'],
      // As PowerPoint has "Accent 1, Darker 25%", "Lighter 40%" and "Lighter 80%".
      ['a darker one', changed('lumMod', '75000'), '47 85 151 255'],
      [
        'a lighter one',
        element('schemeClr', 'accent1', [element('lumMod', '60000'), element('lumOff', '40000')]),
        '143 170 220 255',
      ],
      [
        'a very light one',
        element('schemeClr', 'accent1', [element('lumMod', '20000'), element('lumOff', '80000')]),
        '218 227 243 255',
      ],
      ['one in percents with their sign', changed('lumMod', '75%'), '47 85 151 255'],
      ['one that is seen through', changed('alpha', '50000'), '68 114 196 128'],
      ['a tint', element('srgbClr', '000000', [element('tint', '50000')]), '188 188 188 255'],
      ['a shade', element('srgbClr', 'FFFFFF', [element('shade', '50000')]), '188 188 188 255'],
      ['its complement', element('srgbClr', 'FF0000', [element('comp', '')]), '0 255 255 255'],
      ['no colour at all', element('solidFill', ''), undefined],
    ]
  for (const [title, source, colour] of cases) {
    it(`are read: ${title}`, () => assert.equal(written(source), colour))
  }
})
