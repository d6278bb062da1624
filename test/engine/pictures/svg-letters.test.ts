import assert from 'node:assert/strict'
import { placeLetters } from '../../../src/engine/pictures/svg-letters.ts'
import { hasPlacedLetters } from '../../../src/engine/pictures/what-svg-has.ts'

const PRESERVE = 'xml:space="preserve"'

/** A text, and the same with a place for each letter that has one (SVG 2, section 11.4). */
const TABLE: Readonly<Record<string, readonly [text: string, placed: string]>> = {
  'by an attribute': [
    '<text x="1 2,3" y="4">abcd</text>',
    `<text x="1" y="4">a<tspan x="2" ${PRESERVE}>b</tspan><tspan x="3" ${PRESERVE}>cd</tspan></text>`,
  ],
  'by several': [
    '<text x="1 2" dy="0 5 -5">abc</text>',
    `<text x="1" dy="0">a<tspan x="2" dy="5" ${PRESERVE}>b</tspan><tspan dy="-5" ${PRESERVE}>c</tspan></text>`,
  ],
  'an entity and letters of several bytes': [
    '<text x="1 2 3">&amp;\u00c3\u00a9z</text>',
    `<text x="1">&amp;<tspan x="2" ${PRESERVE}>\u00c3\u00a9</tspan><tspan x="3" ${PRESERVE}>z</tspan></text>`,
  ],
  'among which one is a blank': [
    '<text x="1 2 3">\n  a  b </text>',
    `<text x="1">a<tspan x="2" ${PRESERVE}> </tspan><tspan x="3" ${PRESERVE}>b</tspan></text>`,
  ],
  'where blanks are kept': [
    `<text x="1 2" ${PRESERVE}> a</text>`,
    `<text x="1" ${PRESERVE}> <tspan x="2" ${PRESERVE}>a</tspan></text>`,
  ],
  'within an element of the text': [
    '<text x="1 2 3"><tspan fill="red">ab</tspan>c</text>',
    `<text x="1"><tspan fill="red">a<tspan x="2" ${PRESERVE}>b</tspan></tspan><tspan x="3" ${PRESERVE}>c</tspan></text>`,
  ],
  'by the innermost': [
    '<text x="1 2 3">a<tspan x="7 8">bc</tspan></text>',
    `<text x="1">a<tspan x="7">b<tspan x="8" ${PRESERVE}>c</tspan></tspan></text>`,
  ],
  'under a prefix': [
    '<s:text x="1 2">ab</s:text>',
    `<s:text x="1">a<s:tspan x="2" ${PRESERVE}>b</s:tspan></s:text>`,
  ],
}

const drawing = (content: string): string => `<?xml version="1.0"?><svg><g>${content}</g></svg>`

describe('letters of a drawing', () => {
  for (const [title, [text, placed]] of Object.entries(TABLE)) {
    it(`have their places: ${title}`, () => {
      assert.ok(hasPlacedLetters(drawing(text)))
      assert.equal(placeLetters(drawing(text)), drawing(placed))
    })
  }

  it('have none where an element has one place', () => {
    for (const text of ['<text x="1" y="2">ab</text>', '<rect x="1 2"/>', '<text>x="1 2"</text>']) {
      assert.ok(!hasPlacedLetters(`<svg>${text}</svg>`), text)
    }
  })
})
