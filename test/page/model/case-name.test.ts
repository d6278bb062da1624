import assert from 'node:assert/strict'
import * as z from 'zod/mini'
import { suggestCaseName } from '../../../page/model/case-name.ts'
import { savedCaseSchema } from '../../../src/doors/page/api.ts'

const NAMES: readonly [string | undefined, string, string][] = [
  ['harbour.jpg', 'thumb.png', 'harbour-thumb'],
  ['harbour.jpg', 'cq5dam.thumbnail.48.48.png', 'harbour-cq5dam.thumbnail.48.48'],
  ['IMG 0001 (final).JPG', 'Web 1280.jpeg', 'img-0001-final-web-1280'],
  ['Größe.tiff', 'é.png', 'gro-e-e'],
  ['.hidden', 'a.png', 'hidden-a'],
  [undefined, 'all.zip', 'all'],
  ['画像.png', '出力.png', 'case'],
  ['../../x.jpg', '-.png', 'x'],
  ['a'.repeat(200), 'b.png', 'a'.repeat(100)],
]

describe('The name that is suggested for a test case', () => {
  for (const [source, rendition, expected] of NAMES) {
    it(`is ${expected.slice(0, 40)} for ${source?.slice(0, 40)} and ${rendition}`, () => {
      const name = suggestCaseName(source, rendition)
      assert.equal(name, expected)
      const saved = { request: 'r', rendition: 0, action: 'worker', name }
      assert.ok(z.safeParse(savedCaseSchema, saved).success)
    })
  }
})
