import assert from 'node:assert/strict'
import { copyFile, readFile, writeFile } from 'node:fs/promises'
import sharp from 'sharp'
import { joinTiffs } from '../../../../src/engine/pictures/join-tiffs.ts'
import { cleanExif } from '../../../../src/engine/pictures/kept/clean-exif.ts'
import { findMetadata } from '../../../../src/engine/pictures/kept/find-metadata.ts'
import { RESOURCES, resourceOf } from '../../../../src/engine/pictures/kept/photoshop-resources.ts'
import { identifySource } from '../../../../src/sources/identify.ts'
import { difference, noise, plain } from '../../../support/pictures.ts'
import { startRenditions } from '../../../support/rendering.ts'
import { useTemporaryFolder } from '../../../support/temporary-folder.ts'

const XMP =
  '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/" xmlns:exif="http://ns.adobe.com/exif/1.0/" xmpRights:UsageTerms="once" exif:GPSLatitude="52,31N"/></rdf:RDF></x:xmpmeta>'

/** By-line and copyright notice. */
const IPTC = Buffer.from('\x1c\x02\x50\0\x03Ada\x1c\x02\x74\0\x05(c) A', 'latin1')

const KEPT = ['jpg', 'png', 'webp', 'tiff', 'avif'] as const

describe('metadata that are kept', () => {
  const folder = useTemporaryFolder()

  /** A photo with all kinds of them, in Display P3 and on its side. */
  async function makeSource(format: 'jpeg' | 'png' | 'webp' | 'tiff' | 'avif' = 'jpeg') {
    const path = folder.pathTo(`source.${format}`)
    const image = noise(120, 80)
      .withIccProfile('p3')
      .withExif({
        IFD0: { Copyright: '(c) Agency', Artist: 'Ada' },
        IFD2: { ExposureTime: '1/250' },
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 31/1 0/1' },
      })
      .withXmp(XMP)
    await (format === 'jpeg' ? image.withMetadata({ orientation: 6 }) : image)
      .toFormat(format)
      .toFile(path)
    return path
  }

  async function render(source: string, instructions: Record<string, unknown>) {
    const path = folder.pathTo('rendition')
    const made = await startRenditions(source, [{ instructions, path }])[0]
    return { path, ...made }
  }

  for (const from of ['jpeg', 'png', 'webp', 'tiff', 'avif'] as const) {
    for (const fmt of KEPT) {
      it(`are in a ${fmt} of a ${from}, but for the position`, async () => {
        const source = await makeSource(from)
        const { path, remarks } = await render(source, { fmt, width: 40, metadata: 'keep' })
        const { exif, xmp, icc, file } = await told(path)
        // libvips writes no Exif data into a TIFF.
        if (from !== 'tiff') assert.match(exif, /Ada.*\(c\) Agency|\(c\) Agency.*Ada/s)
        assert.match(xmp, /UsageTerms="once"/)
        assert.doesNotMatch(file, /GPS|52,31N/)
        assert.equal(icc?.toString('latin1', 16, 20), 'RGB ')
        assert.equal(remarks, undefined)
        const { width, height, orientation = 1 } = await sharp(path).metadata()
        assert.deepEqual([width, height, orientation], from === 'jpeg' ? [40, 60, 1] : [40, 27, 1])
      })
    }
  }

  for (const fmt of ['png', 'tiff'] as const) {
    it(`change no colour that a ${fmt} shows`, async () => {
      const source = await makeSource('png')
      const kept = await render(source, { fmt, metadata: 'keep' })
      const shown = folder.pathTo('shown.png')
      await sharp(kept.path).toColourspace('srgb').png().toFile(shown)
      const { path } = await render(source, { fmt: 'png' })
      assert.ok((await difference(shown, path)) < 1.5)
    })
  }

  it('leave out the profile where colours are sRGB, as with a watermark', async () => {
    const source = await makeSource('png')
    const watermark = { text: 'A', fontSize: 20 }
    const { path } = await render(source, { fmt: 'png', metadata: 'keep', watermark })
    const { icc, exif } = await told(path)
    assert.equal(icc, undefined)
    assert.match(exif, /Agency/)
  })

  it('have datasets of the IPTC where a format has a place for them, else that is told', async () => {
    const path = folder.pathTo('iptc.jpg')
    const jpeg = await plain({ r: 9, g: 9, b: 9 }).jpeg().toBuffer()
    const content = Buffer.concat([
      Buffer.from('Photoshop 3.0\0', 'latin1'),
      resourceOf(RESOURCES.iptc, IPTC),
    ])
    const head = Buffer.from([0xff, 0xed, 0, content.length + 2])
    await writeFile(path, Buffer.concat([jpeg.subarray(0, 2), head, content, jpeg.subarray(2)]))
    for (const fmt of KEPT) {
      const made = await render(path, { fmt, metadata: 'keep' })
      const { iptc } = await told(made.path)
      if (fmt === 'jpg' || fmt === 'tiff') assert.ok(iptc?.subarray(0, IPTC.length).equals(IPTC))
      else assert.match(made.remarks?.join() ?? '', /the IPTC say is not there, as .* no place/)
    }
  })

  for (const [what, instructions] of [
    ['nobody asks for them', {}],
    ['none are wanted', { metadata: 'none' }],
  ] as const) {
    it(`are not there when ${what}`, async () => {
      const source = await makeSource()
      for (const fmt of KEPT) {
        const { path } = await render(source, { fmt, ...instructions })
        const { exif, xmp, icc } = await told(path)
        assert.doesNotMatch(exif, /Ada|Agency/)
        assert.deepEqual([xmp, icc], ['', undefined])
      }
    })
  }

  it('are told to be none of a drawing', async () => {
    const source = folder.pathTo('drawing.svg')
    await writeFile(source, '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>')
    const { remarks } = await render(source, { fmt: 'png', metadata: 'keep' })
    assert.match(remarks?.[0] ?? '', /^There were no metadata to keep: .* drawing/)
  })

  it('are all in a picture of which no pixel changes, which says how it lies', async () => {
    const source = await makeSource()
    const { path } = await render(source, { fmt: 'jpg', optimize: 'lossless', metadata: 'keep' })
    const { exif, file, icc } = await told(path)
    assert.match(exif, /Agency/)
    assert.doesNotMatch(file, /GPS|52,31N/)
    assert.ok(icc)
    assert.equal((await sharp(path).metadata()).orientation, 6)
    assert.equal(await difference(path, source), 0)
  })

  it('are in each page of a TIFF', async () => {
    const page = folder.pathTo('page.tiff')
    await render(await makeSource(), { fmt: 'tiff', metadata: 'keep', width: 30 })
    await copyFile(folder.pathTo('rendition'), page)
    const source = folder.pathTo('pages.tiff')
    joinTiffs([page, page], source)
    const { path } = await render(source, { fmt: 'tiff', animated: true, metadata: 'keep' })
    await sharp(path, { pages: -1 }).raw().toBuffer()
    const file = await identifySource(path)
    for (const each of [1, 2]) {
      const { exif, xmp } = await findMetadata(file, each)
      const bytes = exif && cleanExif(exif.read, { at: exif.at, isSrgb: true })
      assert.match(bytes?.toString('latin1') ?? '', /Agency/)
      assert.ok(bytes?.includes(Buffer.from('01000000fa000000', 'hex')), '1/250 s')
      assert.match(xmp?.toString() ?? '', /once/)
    }
  })

  const SIZES: [instructions: Record<string, unknown>, most: number][] = [
    [{ fmt: 'jpg', jpegSize: 6000 }, 6000],
    [{ fmt: 'webp', targetSize: 6000 }, 6000],
    [{ fmt: 'jpg', targetSize: 6000, optimize: 'web' }, 6000],
  ]
  for (const [instructions, most] of SIZES) {
    it(`count with ${JSON.stringify(instructions)}`, async () => {
      const { path } = await render(await makeSource(), { ...instructions, metadata: 'keep' })
      assert.ok((await readFile(path)).length <= most)
      assert.match((await told(path)).exif, /Agency/)
    })
  }

  it('do no harm to a picture when they are damaged', async () => {
    const source = folder.pathTo('torn.jpg')
    const jpeg = await readFile(await makeSource())
    const exifAt = jpeg.indexOf('Exif\0\0')
    jpeg.fill(0xff, exifAt + 14, exifAt + 60)
    jpeg.fill(0x3c, jpeg.indexOf('<x:xmpmeta'), jpeg.indexOf('<x:xmpmeta') + 40)
    await writeFile(source, jpeg)
    for (const fmt of KEPT) {
      const { path } = await render(source, { fmt, metadata: 'keep' })
      await sharp(path).raw().toBuffer()
    }
  })
})

/** What a file says: texts of Exif and XMP, datasets, and the name of the profile. */
async function told(path: string) {
  const { exif, xmp, iptc } = await findMetadata(await identifySource(path), 1)
  const bytes = exif && cleanExif(exif.read, { at: exif.at, isSrgb: true })
  const { icc } = await sharp(path).metadata()
  return {
    file: (await readFile(path)).toString('latin1'),
    exif: bytes?.toString('latin1') ?? '',
    xmp: xmp?.toString() ?? '',
    iptc,
    icc,
  }
}
