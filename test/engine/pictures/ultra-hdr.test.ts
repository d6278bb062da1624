import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import sharp from 'sharp'
import type { Instructions } from '../../../src/contract/instructions/instruction.ts'
import { difference, plain, quarters } from '../../support/pictures.ts'
import { probe, startRenditions } from '../../support/rendering.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'

const SIZE = { width: 48, height: 32 }

const START_OF_IMAGE = Buffer.of(0xff, 0xd8)

function segmentOf(marker: number, ...parts: readonly (string | Buffer)[]): Buffer {
  const content = Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)),
  )
  const head = Buffer.of(0xff, marker, 0, 0)
  head.writeUInt16BE(content.length + 2, 2)
  return Buffer.concat([head, content])
}

/** A JPEG with segments before the others that it has. */
function withSegments(jpeg: Buffer, ...segments: readonly Buffer[]): Buffer {
  return Buffer.concat([START_OF_IMAGE, ...segments, jpeg.subarray(START_OF_IMAGE.length)])
}

function xmpOf(properties: string): Buffer {
  const packet = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description ${properties}</rdf:Description></rdf:RDF></x:xmpmeta>`
  return segmentOf(0xe1, 'http://ns.adobe.com/xap/1.0/\0', packet)
}

function itemOf(semantic: string, length: string): string {
  return `<rdf:li rdf:parseType="Resource"><c:Item i:Semantic="${semantic}" i:Mime="image/jpeg"${length}/></rdf:li>`
}

/** What Android writes beside the base picture (Ultra HDR image format, 1.1). */
function containerOf(gainMapBytes: number): Buffer {
  const items = `${itemOf('Primary', '')}${itemOf('GainMap', ` i:Length="${gainMapBytes}"`)}`
  return xmpOf(
    `xmlns:c="http://ns.google.com/photos/1.0/container/" xmlns:i="http://ns.google.com/photos/1.0/container/item/" xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/" hdrgm:Version="1.0"><c:Directory><rdf:Seq>${items}</rdf:Seq></c:Directory>`,
  )
}

/** The index of a Multi-Picture file of two pictures (CIPA DC-007, 5.2). */
function indexOf(baseBytes: number, gainMapAt: number, gainMapBytes: number): Buffer {
  const index = Buffer.alloc(8 + 2 + 3 * 12 + 4 + 32)
  index.write('MM\0*\0\0\0\x08\0\x03', 'latin1')
  const fields = [
    [0xb000, 7, 4, 0x30_31_30_30],
    [0xb001, 4, 1, 2],
    [0xb002, 7, 32, 50],
  ] as const
  for (const [place, [tag, type, count, value]] of fields.entries()) {
    const at = 10 + 12 * place
    index.writeUInt16BE(tag, at)
    index.writeUInt16BE(type, at + 2)
    index.writeUInt32BE(count, at + 4)
    index.writeUInt32BE(value, at + 8)
  }
  index.writeUInt32BE(0x20_03_00_00, 50)
  index.writeUInt32BE(baseBytes, 54)
  index.writeUInt32BE(gainMapBytes, 70)
  index.writeUInt32BE(gainMapAt, 74)
  return segmentOf(0xe2, 'MPF\0', index)
}

/** Where the numbers in an index count from, from the start of the file when it is the first segment. */
const INDEX_FROM = START_OF_IMAGE.length + 8

/** What a phone writes: a base picture, and another one that says how much brighter each place is on a screen with HDR. */
function withGainMap(
  base: Buffer,
  gainMap: Buffer,
  { hasIndex, more }: { readonly hasIndex: boolean; readonly more: readonly Buffer[] },
): Buffer {
  if (!hasIndex) return Buffer.concat([withSegments(base, ...more), gainMap])
  const bytes = withSegments(base, indexOf(0, 0, 0), ...more).length
  const index = indexOf(bytes, bytes - INDEX_FROM, gainMap.length)
  return Buffer.concat([withSegments(base, index, ...more), gainMap])
}

const hdrgm = xmpOf(
  'xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/" hdrgm:Version="1.0" hdrgm:GainMapMax="2.3">',
)
const apple = xmpOf(
  'xmlns:apdi="http://ns.apple.com/pixeldatainfo/1.0/" xmlns:HDRGainMap="http://ns.apple.com/HDRGainMap/1.0/" apdi:AuxiliaryImageType="urn:com:apple:photo:2020:aux:hdrgainmap" HDRGainMap:HDRGainMapVersion="65536">',
)

interface Kind {
  readonly gainMapSays: Buffer
  readonly hasIndex: boolean
  readonly isInContainer: boolean
}

const KINDS: Readonly<Record<string, Kind>> = {
  'an index and a container': { gainMapSays: hdrgm, hasIndex: true, isInContainer: true },
  'a container alone': { gainMapSays: hdrgm, hasIndex: false, isInContainer: true },
  'an index alone': { gainMapSays: hdrgm, hasIndex: true, isInContainer: false },
  'an index, by iOS': { gainMapSays: apple, hasIndex: true, isInContainer: false },
}

const RENDITIONS: Readonly<Record<string, Instructions & { readonly fmt: string }>> = {
  'as large in PNG': { fmt: 'png' },
  'as large in JPEG': { fmt: 'jpg', quality: 95 },
  'half as large in WebP': { fmt: 'webp', width: 24, quality: 95 },
  'cut in AVIF': { fmt: 'avif', crop: { x: 0, y: 0, w: 24, h: 16 } },
  'with its metadata in JPEG': { fmt: 'jpg', quality: 95, metadata: 'keep' },
}

describe('a JPEG with a gain map', () => {
  const folder = useTemporaryFolder()

  for (const [title, { gainMapSays, hasIndex, isInContainer }] of Object.entries(KINDS)) {
    it(`is its base picture: ${title}`, async () => {
      const base = await quarters(SIZE.width, SIZE.height).jpeg({ quality: 95 }).toBuffer()
      const map = await plain({ r: 250, g: 250, b: 250 }).greyscale().jpeg().toBuffer()
      const gainMap = withSegments(map, gainMapSays)
      const more = isInContainer ? [containerOf(gainMap.length)] : []
      const name = title.replaceAll(/\W+/g, '-')
      const [source, alone] = [folder.pathTo(`${name}.jpg`), folder.pathTo(`${name}-base.jpg`)]
      await writeFile(source, withGainMap(base, gainMap, { hasIndex, more }))
      await writeFile(alone, base)
      const { pictures, width, height } = await probe(source)
      assert.deepEqual({ pictures, width, height }, { pictures: 1, ...SIZE })
      for (const [what, instructions] of Object.entries(RENDITIONS)) {
        const paths = [`${source}.${instructions.fmt}`, `${alone}.${instructions.fmt}`] as const
        await startRenditions(source, [{ instructions, path: paths[0] }])[0]
        await startRenditions(alone, [{ instructions, path: paths[1] }])[0]
        assert.equal(await difference(...paths), 0, what)
        const bytes = await readFile(paths[0], 'latin1')
        const left = ['hdr-gain-map', 'HDRGainMap', 'MPF\0', 'GainMap'].filter((word) =>
          bytes.includes(word),
        )
        assert.deepEqual(left, [], what)
        assert.ok((await sharp(paths[0]).metadata()).width <= SIZE.width, what)
      }
    })
  }
})
