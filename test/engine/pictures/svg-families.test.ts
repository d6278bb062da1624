import assert from 'node:assert/strict'
import { findReplacedFonts } from '../../../src/engine/pictures/svg-families.ts'

const svg = (content: string): string => `<svg xmlns="http://www.w3.org/2000/svg">${content}</svg>`

/** What a machine has besides the fonts that are shipped. */
const installed = (): ReadonlySet<string> => new Set(['dejavu sans'])

const CASES: readonly (readonly [what: string, content: string, replaced: readonly string[]])[] = [
  ['an attribute', '<text font-family="Frutiger">a</text>', ['Frutiger']],
  ['a property', `<text style="font-family:'Myriad Pro';fill:red">a</text>`, ['Myriad Pro']],
  ['a rule', '<style>.a{font-family:"Univers LT"}</style><text class="a">a</text>', ['Univers LT']],
  [
    'a property of all',
    '<style>text{font:bold 12px/1.4 "Univers LT", serif}</style><text>a</text>',
    ['Univers LT'],
  ],
  ['an entity', '<text font-family="&quot;Frutiger&quot;">a</text>', ['Frutiger']],
  [
    'the first of several that are not there',
    '<text font-family="Gotham, Avenir">a</text>',
    ['Gotham'],
  ],
  [
    'each once',
    '<text font-family="A">a</text><text font-family="B">a</text><text font-family="A">a</text>',
    ['A', 'B'],
  ],
  ['none of which one is there', '<text font-family="Gotham, DejaVu Sans, serif">a</text>', []],
  [
    'none that is shipped',
    '<text font-family="Arial">a</text><text font-family="helvetica">a</text>',
    [],
  ],
  [
    'none but kinds',
    '<text font-family="sans-serif">a</text><text font-family="inherit">a</text>',
    [],
  ],
  ['none where there is no text', '<g font-family="Frutiger"><rect width="9" height="9"/></g>', []],
  ['none of what is commented out', '<!-- <text font-family="A"> --><text>a</text>', []],
  ['no variables', '<text font-family="var(--a)">a</text>', []],
]

describe('the fonts of an SVG that are replaced', () => {
  for (const [what, content, replaced] of CASES) {
    it(`are told: ${what}`, () => {
      assert.deepEqual(findReplacedFonts(svg(content), [], installed), replaced)
    })
  }

  it('are looked for on the machine only where the shipped ones do not do', () => {
    const text = svg('<text font-family="Arial">a</text>')
    assert.deepEqual(
      findReplacedFonts(text, [], () => assert.fail('it was looked for')),
      [],
    )
  })
})
