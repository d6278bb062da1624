import { readFile } from 'node:fs/promises'
import { PDFDocument } from '@cantoo/pdf-lib'
import sharp from 'sharp'

/** A5 at 300 dpi, as scanners see it: lines of letters with a little noise of the paper. */
const SCAN = { width: 1748, height: 2480, pages: 4, quality: 90 } as const

/** A PDF of pages that are scans, each a JPEG. */
export async function drawScan(): Promise<Uint8Array> {
  const { width, height, pages, quality } = SCAN
  const scans: Buffer[] = []
  for (let page = 0; page < pages; page += 1) {
    const lines = Array.from(
      { length: 44 },
      (_, line) =>
        `<text x="120" y="${180 + line * 50}" font-size="34" font-family="serif">Line ${line + 1} of page ${page + 1}: the lamps along the quay are lit one by one at dusk.</text>`,
    )
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#f4f1e8"/>${lines.join('')}</svg>`
    const noise = await sharp({
      create: {
        width,
        height,
        channels: 3,
        background: 'grey',
        noise: { type: 'gaussian', mean: 128, sigma: 6 },
      },
    })
      .png()
      .toBuffer()
    const scan = sharp(Buffer.from(svg)).composite([{ input: noise, blend: 'soft-light' }])
    scans.push(await scan.flatten().jpeg({ quality }).toBuffer())
  }
  return putOnPages(scans, 300)
}

/** A PDF of one page that is a photo of 24 megapixels. */
export async function drawPhoto(): Promise<Uint8Array> {
  const harbour = await readFile(new URL('../../samples/harbour.jpg', import.meta.url))
  const photo = sharp(harbour).resize(6000, 4000, { fit: 'fill' }).jpeg({ quality: 92 })
  return putOnPages([await photo.toBuffer()], 600)
}

async function putOnPages(jpegs: readonly Buffer[], dpi: number): Promise<Uint8Array> {
  const document = await PDFDocument.create()
  for (const jpeg of jpegs) {
    const image = await document.embedJpg(jpeg)
    const size = [(image.width * 72) / dpi, (image.height * 72) / dpi] as const
    const page = document.addPage([...size])
    page.drawImage(image, { x: 0, y: 0, width: size[0], height: size[1] })
  }
  return document.save()
}
