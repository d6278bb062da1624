import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import { type HeifTurn, turnHeif, withExifOrientation } from '../../support/heif.ts'
import { quarters } from '../../support/pictures.ts'
import { startRenditions } from '../../support/rendering.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'

const LIES = [0, 1, 2, 3] as const
const MIRRORED = [undefined, 0, 1] as const
const TURNS: readonly HeifTurn[] = LIES.flatMap((lies) =>
  MIRRORED.map((mirrored) => ({ quarters: lies, mirrored })),
)

const WORKER_CASES = path.join(import.meta.dirname, '../../asset-compute/worker')

const nameOf = ({ quarters: lies, mirrored }: HeifTurn): string =>
  `irot ${lies}, ${mirrored === undefined ? 'no imir' : `imir ${mirrored}`}`

/** Its size and what is in its four corners, without the small differences of colours that are compressed. */
async function layout(image: string): Promise<readonly string[]> {
  const { data, info } = await sharp(image)
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const places = [0.25, 0.75].flatMap((y) => [0.25, 0.75].map((x) => [x, y] as const))
  const colours = places.map(([x, y]) => {
    const at = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * 3
    return [...data.subarray(at, at + 3)].map((value) => (value > 128 ? 1 : 0)).join('')
  })
  return [`${info.width} by ${info.height}`, ...colours]
}

/** What the boxes say of a picture that lies upright in the file. */
async function turned(upright: string, { quarters: lies, mirrored }: HeifTurn): Promise<Buffer> {
  const rotated = await sharp(upright)
    .rotate(-90 * lies)
    .png()
    .toBuffer()
  if (mirrored === undefined) return rotated
  return sharp(rotated)[mirrored === 0 ? 'flip' : 'flop']().png().toBuffer()
}

interface TurnedFile {
  readonly make: () => Promise<Buffer>
  /** What its Exif data say, one after the other. */
  readonly exif: readonly number[]
}

async function rendition(source: string): Promise<string> {
  const file = `${source}.png`
  await startRenditions(source, [{ instructions: { fmt: 'png' }, path: file }])[0]
  return file
}

describe('an AVIF or HEIC picture', () => {
  const folder = useTemporaryFolder()

  /** A file whose picture lies upright, with Exif data that are about to say otherwise. */
  const FILES: Readonly<Record<string, TurnedFile>> = {
    avif: {
      make: () => quarters(48, 32).withMetadata({ orientation: 6 }).avif().toBuffer(),
      exif: [1, 2, 3, 4, 5, 6, 7, 8],
    },
    heic: {
      make: () => readFile(path.join(WORKER_CASES, 'heic-turned-with-exif/file.heic')),
      exif: [1, 5, 6],
    },
  }

  for (const [kind, { make, exif }] of Object.entries(FILES)) {
    it(`lies as its boxes say, whatever its Exif data say: ${kind}`, async () => {
      const file = await make()
      const upright = folder.pathTo(`upright.${kind}`)
      await writeFile(upright, withExifOrientation(turnHeif(file, { quarters: 0 }), 1))
      const shown = await rendition(upright)
      const seen = new Set<string>()
      for (const turn of TURNS) {
        const expected = folder.pathTo(`expected.${kind}.png`)
        await writeFile(expected, await turned(shown, turn))
        seen.add((await layout(expected)).join())
        for (const orientation of exif) {
          const source = folder.pathTo(`turned.${kind}`)
          await writeFile(source, withExifOrientation(turnHeif(file, turn), orientation))
          const what = `${nameOf(turn)}, Exif ${orientation}`
          assert.deepEqual(await layout(await rendition(source)), await layout(expected), what)
        }
      }
      assert.equal(seen.size, 8)
    })
  }
})
