import assert from 'node:assert/strict'
import { writeDensely } from '../../../src/engine/pdf-tools/optimize/dense-content.ts'

describe('content that is written densely', () => {
  const ROWS: readonly (readonly [what: string, content: string, dense: string])[] = [
    [
      'has no blanks where none are needed',
      'q\n1 0 0 1 5 6 cm\n/A Do\nQ',
      'q 1 0 0 1 5 6 cm/A Do Q',
    ],
    ['has no comments', '1 w % a line\n2 w', '1 w 2 w'],
    ['has texts as they are', '<48 65 6C6C 6f> Tj', '(Hello)Tj'],
    ['fills up a last digit', '<484> Tj', '(H@)Tj'],
    ['escapes what has to be', '<28295C0D> Tj', '(\\(\\)\\\\\\r)Tj'],
    ['reads what is escaped', '(a\\(b\\)\\101\\7\\n\\\nz(in)) Tj', '(a\\(b\\)A\x07\nz\\(in\\))Tj'],
    ['reads ends of lines as one', '(a\r\nb\rc) Tj', '(a\nb\nc)Tj'],
    ['shortens numbers', '010.500 -0.250 +3.0 0.0 -.50 7 w', '10.5 -.25 3 0 -.5 7 w'],
    ['keeps numbers that are none', '1.2.3 --5 1e5 w', '1.2.3 --5 1e5 w'],
    ['keeps arrays and dictionaries', '[ (a) -12.0 (b) ] TJ', '[(a)-12(b)]TJ'],
    ['keeps marks', '/P << /MCID 0 >> BDC EMC', '/P<</MCID 0>>BDC EMC'],
    ['keeps names without letters', '/ 5 x', '/ 5 x'],
    ['keeps letters beyond ASCII', '(\xa0\xff) Tj /\xa0 Do', '(\xa0\xff)Tj/\xa0 Do'],
    ['leaves alone what has a picture in it', 'q  BI ID \0\0 EI  Q', 'q  BI ID \0\0 EI  Q'],
    ['leaves alone what is damaged', 'q  > Q', 'q  > Q'],
  ]
  for (const [what, content, dense] of ROWS) {
    it(what, () => {
      assert.equal(writeDensely(content), dense)
    })
    it(`changes nothing any more: ${what}`, () => {
      assert.equal(writeDensely(dense), dense)
    })
  }
})
