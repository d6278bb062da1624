import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { createMetadata, type Metadata } from '../../../src/engine/metadata/metadata.ts'
import { parsePacket } from '../../../src/engine/metadata/packet/packet.ts'
import { RenditionError } from '../../../src/sdk/rendition-error.ts'
import { toRenditionError } from '../../../src/sdk/sdk-errors.ts'
import { identifySource } from '../../../src/sources/identify.ts'
import { createDice, mutate } from '../../fuzz/mutation.ts'
import { amountOf, seedOf } from '../../support/amounts.ts'
import { quarters } from '../../support/pictures.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { plainPsd } from '../pictures/conversion/sources.ts'
import {
  iptcSegment,
  movieOf,
  officeOf,
  packetOf,
  pdfWithPacket,
  WORD,
  withSegments,
  xmpSegment,
} from './sources.ts'

const MANY = amountOf({ thoroughly: 200, usually: 30 })
/** Of kinds that take ExifTool half a second each. */
const SOME = amountOf({ thoroughly: 12, usually: 4 })

const SEED = seedOf(1)

const picture = quarters(24, 16)
const packet = packetOf('<own:a>1</own:a>')
const withExif = picture
  .clone()
  .withExif({ IFD0: { Artist: 'Zoe' } })
  .withXmp(packet)

const KINDS: Record<string, { make: () => Promise<Buffer> | Buffer; files: number }> = {
  JPEG: {
    make: async () =>
      withSegments(
        await withExif.clone().jpeg().toBuffer(),
        iptcSegment([[90, 'Bern']]),
        xmpSegment(packet),
      ),
    files: SOME,
  },
  PNG: { make: () => withExif.clone().png().toBuffer(), files: SOME },
  WebP: { make: () => withExif.clone().webp().toBuffer(), files: SOME },
  GIF: { make: () => withExif.clone().gif().toBuffer(), files: SOME },
  TIFF: { make: () => withExif.clone().tiff().toBuffer(), files: SOME },
  AVIF: { make: () => withExif.clone().avif({ effort: 0 }).toBuffer(), files: SOME },
  PSD: {
    make: () =>
      plainPsd({ mode: 3, channels: [1, 2, 3], resources: new Map([[1060, Buffer.from(packet)]]) }),
    files: SOME,
  },
  PDF: { make: () => pdfWithPacket(packet, '/Title (T)'), files: SOME },
  MP4: { make: () => movieOf('isom'), files: SOME },
  SVG: {
    make: () =>
      Buffer.from(
        `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>T</title><metadata>${packet}</metadata></svg>`,
      ),
    files: MANY,
  },
  DOCX: {
    make: () => officeOf(...WORD, { 'docProps/core.xml': '<c><title>T</title></c>' }),
    files: MANY,
  },
}

describe('metadata of a damaged source', function () {
  this.timeout(600_000)
  const folder = useTemporaryFolder()
  // Two threads, since there are at least as many processors.
  const both = [createMetadata(), createMetadata()]

  /** What became of a file: `written`, or the reason why not. */
  async function extract({ extractXmp }: Metadata, content: Buffer, name: string): Promise<string> {
    const sourcePath = folder.pathTo(name)
    const xmpPath = `${sourcePath}.xmp`
    await rm(xmpPath, { force: true })
    await writeFile(sourcePath, content)
    const source = await identifySource(sourcePath)
    const outcome = await extractXmp({ source, xmpPath }).then(() => 'written', reasonOf)
    assert.equal(existsSync(xmpPath), outcome === 'written')
    if (outcome === 'written') parsePacket(await readFile(xmpPath))
    return outcome
  }

  async function write({ writeXmp }: Metadata, content: Buffer, name: string): Promise<string> {
    const sourcePath = folder.pathTo(name)
    const outputPath = `${sourcePath}.copy`
    await rm(outputPath, { force: true })
    await writeFile(sourcePath, content)
    const source = await identifySource(sourcePath)
    const job = { source, outputPath, packet: Buffer.from(packet) }
    const outcome = await writeXmp(job).then(() => 'written', reasonOf)
    assert.equal(existsSync(outputPath), outcome === 'written')
    return outcome
  }

  /** Tries one half of the files in each thread, by turns for their metadata and with another packet. */
  async function tryAll(files: readonly Buffer[]): Promise<string[]> {
    const halves = both.map(async (metadata, half) => {
      const outcomes: string[] = []
      for (const [index, file] of files.entries()) {
        if (index % 2 !== half) continue
        const attempt = index % 4 < 2 ? extract : write
        outcomes.push(await attempt(metadata, file, `file-${half}`))
      }
      return outcomes
    })
    return (await Promise.all(halves)).flat()
  }

  for (const [title, { make, files }] of Object.entries(KINDS)) {
    it(`ends in a document or a documented reason: ${title} that ends early`, async () => {
      const whole = await make()
      const shares = Array.from(
        { length: Math.min(files, 8) },
        (_, index) => (index + 0.5) / Math.min(files, 8),
      )
      await tryAll(shares.map((share) => whole.subarray(0, Math.floor(whole.length * share))))
    })

    it(`ends in a document or a documented reason: ${title} that was changed`, async () => {
      const whole = await make()
      const dice = createDice(SEED)
      const outcomes = await tryAll(Array.from({ length: files }, () => mutate(whole, dice)))
      assert.equal(outcomes.length, files)
    })
  }
})

function reasonOf(failure: unknown): string {
  const error = toRenditionError(failure)
  if (error instanceof RenditionError && error.reason !== 'GenericError') return error.reason
  throw error
}
