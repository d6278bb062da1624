import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import {
  convertHere,
  loadDecoder,
} from '../../../../src/engine/pictures/conversion/magick-decode.ts'
import { sharp } from '../../../../src/engine/pictures/libvips.ts'
import { useTemporaryFolder } from '../../../support/temporary-folder.ts'

/** Two pixels of PAM, and what they are in bytes: colours, and how much they cover. */
const TABLE: readonly (readonly [
  kind: string,
  greatest: number,
  samples: readonly number[],
  pixels: readonly number[],
])[] = [
  ['BLACKANDWHITE_ALPHA', 1, [0, 1, 1, 0], [0, 0, 0, 255, 255, 255, 255, 0]],
  ['GRAYSCALE_ALPHA', 1, [1, 1, 0, 0], [255, 255, 255, 255, 0, 0, 0, 0]],
  ['RGB_ALPHA', 1, [1, 0, 0, 1, 0, 1, 0, 0], [255, 0, 0, 255, 0, 255, 0, 0]],
  ['GRAYSCALE_ALPHA', 255, [0, 255, 90, 0], [0, 0, 0, 255, 90, 90, 90, 0]],
]

describe('a picture of PAM', () => {
  const folder = useTemporaryFolder()
  before(loadDecoder)

  for (const [kind, greatest, samples, pixels] of TABLE) {
    it(`is clear where it says so: ${kind}, up to ${greatest}`, async () => {
      const depth = samples.length / 2
      const header = `P7\nWIDTH 2\nHEIGHT 1\nDEPTH ${depth}\nMAXVAL ${greatest}\nTUPLTYPE ${kind}\nENDHDR\n`
      const [path, tiffPath] = [folder.pathTo('a.pam'), folder.pathTo('a.tiff')]
      await writeFile(path, Buffer.concat([Buffer.from(header), Buffer.from(samples)]))
      const { outcome } = convertHere({ path, format: 'PNM', tiffPath, maxPixels: 100 })
      assert.equal(outcome, 'converted')
      const decoded = await sharp(tiffPath).toColourspace('srgb').raw().toBuffer()
      assert.deepEqual([...decoded], pixels)
    })
  }
})
