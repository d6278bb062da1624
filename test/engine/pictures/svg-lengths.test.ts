import assert from 'node:assert/strict'
import { toPixels } from '../../../src/engine/pictures/svg-lengths.ts'

/** Declarations of CSS, and the same with pixels. */
const TABLE: Readonly<Record<string, string>> = {
  'width:1in': 'width:96px',
  'width: 2.54cm;height:.5IN': 'width: 96px;height:48px',
  'x:-12pt': 'x:-16px',
  'font:bold 12pt/1.5 Arial': 'font:bold 16px/1.5 Arial',
  'stroke-dasharray:1pc 3pt,4q': 'stroke-dasharray:16px 4px,3.779528px',
  'width:calc(20px + 30px)': 'width:50px',
  'width:calc(2 * (10px + 5px) - 1in / 2)': 'width:-18px',
  'opacity:calc(.5 * 1.5)': 'opacity:0.75',
  'r:min(40px, 1in, calc(3px * 4))': 'r:12px',
  'r:max(2,3)': 'r:3',
  'x:clamp(10px, 120px, 100px)': 'x:100px',
}

/** What stays as it is. */
const OTHERS = [
  'width:10%;r:2em',
  'width:calc(100% - 10px)',
  'width:calc(10px + 5)',
  'width:calc(1px / 0)',
  'width:calc(10px * 10px)',
  'width:calc(10px+5px)',
  'width:calc(-moz-thing)',
  'fill:url(#a12pt)',
  "background:url('data:x,/5in+3cm')",
  "font-family:'12pt', x5in",
  'fill:#5in',
  '.w-5in{fill:red}',
]

describe('lengths of a drawing', () => {
  for (const [css, known] of Object.entries(TABLE)) {
    it(`are pixels: ${css}`, () => {
      for (const drawing of [(text: string) => `<a style="${text}"/>`, sheet]) {
        assert.equal(toPixels(drawing(css)), drawing(known))
      }
    })
  }

  for (const css of OTHERS) {
    it(`stay as they are: ${css}`, () => {
      assert.equal(toPixels(sheet(css)), sheet(css))
      assert.equal(toPixels(`<a style="${css}"/>`), `<a style="${css}"/>`)
    })
  }

  it('are pixels in attributes that are lengths, and in no others', () => {
    assert.equal(
      toPixels(
        `<s:rect x="1in" id="1in" class='w 5mm' stroke-width = '3pt' href="#2cm">5mm</s:rect>`,
      ),
      `<s:rect x="96px" id="1in" class='w 5mm' stroke-width = '4px' href="#2cm">5mm</s:rect>`,
    )
  })
})

function sheet(css: string): string {
  return `<s:style type="text/css"><![CDATA[rect{${css}}]]></s:style>`
}
