import { degrees, PDFDocument, PDFName, PDFRawStream } from '@cantoo/pdf-lib'
import sharp from 'sharp'
import type { DrawPage } from './pdf.ts'

const DPI = 300

/** How a page came out of a scanner. */
export interface ScannedPage {
  readonly lines: readonly string[]
  /** By how many degrees the paper was turned, clockwise. */
  readonly turned?: number
  /** What the page says of how it is to be shown. */
  readonly rotate?: number
  /** What the page says that it is cut to, in points from its edges. */
  readonly trim?: number
}

/** Where the text begins, in points from the left and the upper edge of a page that is upright. */
export const TEXT_AT = { x: 48, y: 36 }

/** The size of a page that is upright, in points. */
export const PAPER = { width: 384, height: 240 }

const toPixels = (points: number): number => Math.round((points * DPI) / 72)

/** A JPEG in grey of 300 dpi with lines of 11 points. */
export async function scanPage({ lines, turned = 0 }: ScannedPage): Promise<Buffer> {
  const text = { text: lines.join('\n'), font: 'DejaVu Serif 11', dpi: DPI, spacing: 14 }
  const ink = await sharp({ text }).negate().png().toBuffer()
  const paper = await sharp({
    create: {
      width: toPixels(PAPER.width),
      height: toPixels(PAPER.height),
      channels: 3,
      background: 'white',
    },
  })
    .composite([{ input: ink, left: toPixels(TEXT_AT.x), top: toPixels(TEXT_AT.y) }])
    .png()
    .toBuffer()
  return sharp(paper)
    .rotate(turned)
    .toColourspace('b-w')
    .withMetadata({ density: DPI })
    .jpeg({ quality: 85 })
    .toBuffer()
}

/** A PDF of pages that are a picture each, and of others behind them. */
export async function scanPdf(
  pages: readonly ScannedPage[],
  { userPassword, others = [] }: { userPassword?: string; others?: readonly DrawPage[] } = {},
): Promise<Buffer> {
  const document = await PDFDocument.create()
  for (const scanned of pages) {
    const picture = await document.embedJpg(await scanPage(scanned))
    const width = (picture.width * 72) / DPI
    const height = (picture.height * 72) / DPI
    const page = document.addPage([width, height])
    page.drawImage(picture, { x: 0, y: 0, width, height })
    const { rotate, trim } = scanned
    if (rotate !== undefined) page.setRotation(degrees(rotate))
    if (trim !== undefined) page.setTrimBox(trim, trim * 2, width - trim * 3, height - trim * 4)
  }
  for (const draw of others) await draw(document.addPage([400, 200]), document)
  if (userPassword !== undefined) document.encrypt({ userPassword, ownerPassword: 'owner' })
  return Buffer.from(await document.save())
}

/** The data of all pictures of a PDF, as they are stored. */
export async function storedPictures(pdf: Uint8Array): Promise<Buffer[]> {
  const { context } = await PDFDocument.load(pdf)
  return context
    .enumerateIndirectObjects()
    .flatMap(([, object]) =>
      object instanceof PDFRawStream &&
      object.dict.get(PDFName.of('Subtype')) === PDFName.of('Image')
        ? [Buffer.from(object.getContents())]
        : [],
    )
}
