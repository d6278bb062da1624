import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { joinFonts } from '../../../../src/engine/pdf/fonts/join-fonts.ts'
import { type FontFace, openFontFace } from '../../../../src/engine/typesetting/fonts/font-face.ts'
import {
  SCRIPT_FAMILIES,
  USUAL_FAMILIES,
} from '../../../../src/engine/typesetting/fonts/shipped-fonts.ts'
import { useTemporaryFolder } from '../../../support/temporary-folder.ts'

const [SANS] = USUAL_FAMILIES
const SHAPING = { rightToLeft: false, kerning: false, ligatures: false }
const SOURCES = SCRIPT_FAMILIES.map(({ files, blocks }) => ({
  font: readFileSync(files.regular),
  blocks,
}))

/** How wide a letter is, how many pieces its outline has, and where this is, in units of the usual fonts. */
function lookOf(face: FontFace, letter: string): readonly number[] {
  const glyphs = face.shape(letter, SHAPING)
  const [glyph] = glyphs
  assert.ok(glyph !== undefined && glyphs.length === 1 && glyph.id !== 0, `there is no ${letter}`)
  const { pieces, left, right, top, bottom } = face.outline(glyph.id)
  const places = [glyph.advance, left, right, top, bottom]
  return [pieces.length, ...places.map((each) => (each / face.unitsPerEm) * 2048)]
}

describe('fonts that get letters of others', () => {
  const folder = useTemporaryFolder()
  let joined: FontFace

  before(async () => {
    const path = folder.pathTo('joined.ttf')
    await writeFile(path, joinFonts(readFileSync(SANS.files.regular), SOURCES))
    joined = openFontFace(path, 0, 400)
  })

  it('have their own letters as they were', () => {
    const own = openFontFace(SANS.files.regular, 0, 400)
    for (const letter of 'AgÅ8ŁЖωשẽ€') assert.deepEqual(lookOf(joined, letter), lookOf(own, letter))
  })

  it('have the letters of all others, as wide and as large as there', () => {
    for (const { files, blocks } of SCRIPT_FAMILIES) {
      const other = openFontFace(files.regular, 0, 400)
      let count = 0
      for (const [first, last] of blocks) {
        for (let code = first; code <= last; code += 1) {
          if (!other.covers(code)) continue
          assert.ok(joined.covers(code), `there is no ${code.toString(16)}`)
          count += 1
        }
      }
      assert.ok(count > 80, `only ${count} letters`)
    }
    const [arabic = SANS] = SCRIPT_FAMILIES
    const other = openFontFace(arabic.files.regular, 0, 400)
    for (const letter of '\u0645\u0661\ufeb3\ufefb\ufdf2') {
      const expected = lookOf(other, letter)
      for (const [index, value] of lookOf(joined, letter).entries()) {
        assert.ok(Math.abs(value - (expected[index] ?? 0)) <= 1, `${letter}: ${index} is ${value}`)
      }
    }
  })

  it('are none where a file is damaged, or of another kind', () => {
    const font = readFileSync(SANS.files.regular)
    for (const damaged of [font.subarray(0, 2000), Buffer.from('OTTO'), Buffer.alloc(100)]) {
      assert.throws(() => joinFonts(damaged, SOURCES), RangeError)
      assert.throws(() => joinFonts(font, [{ font: damaged, blocks: [[0, 99]] }]), RangeError)
    }
  })
})
