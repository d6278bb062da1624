import assert from 'node:assert/strict'
import { applyConditions } from '../../../src/engine/pictures/svg-conditions.ts'

const SCREEN = { width: 400, height: 240 }

const TRUE = [
  '@media screen',
  '@media all',
  '@media',
  '@media only screen and (min-width: 100px)',
  '@media (max-width:400px)',
  '@media print, (min-width: 10em)',
  '@media not print',
  '@media (not (prefers-color-scheme: dark))',
  '@media not all and (monochrome)',
  '@media (prefers-color-scheme:light)',
  '@media (200px <= width < 401px)',
  '@media (width &gt; 300px) and (height&lt;=240px)',
  '@media (orientation: landscape) or (hover: none)',
  '@media (min-aspect-ratio: 16/10)',
  '@media (color)',
  '@media (min-resolution: 96dpi)',
  '@supports (fill: color(display-p3 1 0 0))',
  '@supports selector(a > b) and (not (not (display: grid)))',
]

const FALSE = [
  '@media print',
  '@media speech and (min-width: 1px)',
  '@media (prefers-color-scheme: dark)',
  '@media (min-width: 401px)',
  '@media screen and (max-width: 5cm)',
  '@media not screen',
  '@media (prefers-reduced-motion)',
  '@media (prefers-reduced-motion: reduce)',
  '@media (400px < width)',
  '@media (orientation: portrait)',
  '@media (made-up: 1)',
  '@media (min-width: much)',
  '@supports not (display: grid)',
]

const drawing = (css: string): string =>
  `<svg><style><![CDATA[ a{fill:red} ${css} b{fill:blue} ]]></style><text>@media {a{}}</text></svg>`

describe('rules of a drawing under a condition', () => {
  for (const condition of TRUE) {
    it(`count: ${condition}`, () => {
      const applied = applyConditions(drawing(`${condition}{c{fill:lime}}`), SCREEN)
      assert.equal(applied, drawing('c{fill:lime}'))
    })
  }

  for (const condition of FALSE) {
    it(`are left out: ${condition}`, () => {
      const applied = applyConditions(drawing(`${condition}{c{fill:lime}}`), SCREEN)
      assert.doesNotMatch(applied, /lime/)
      assert.match(applied, /a\{fill:red\}/)
    })
  }

  it('may have others in them', () => {
    const nested = '@media screen{c{x:1}@supports (x:y){d{x:2}@media print{e{x:3}}}}'
    assert.equal(applyConditions(drawing(nested), SCREEN), drawing('c{x:1}d{x:2}'))
  })

  it('stay as they are where they are no such conditions', () => {
    const other = drawing('@layer a{c{fill:lime}}@font-face{font-family:X}')
    assert.equal(applyConditions(other, SCREEN), other)
  })
})
