import { FAIL_ON, sharp } from './libvips.ts'

/** The kinds that librsvg draws when they are called what they are. */
const DRAWN: ReadonlySet<string> = new Set(['png', 'jpeg'])

/** As much as all of them have together at most, in pixels. */
const MOST_PIXELS = 100_000_000

/** A picture in a drawing: how it is linked, what it is called, and what is in it, in which XML and addresses may have their ways to write letters. */
const PICTURE =
  /(href\s*=\s*["']\s*)data:([^;,"'\s]*)((?:;[^;,"']+)*?);\s*base64\s*,([A-Za-z0-9+/=\s%&#;]*)/gi

/** What is to be done with the pictures in a drawing. */
export interface PictureFaults {
  /** Whether there are any that librsvg would leave out or draw in another way. */
  readonly redraws: boolean
  /** Whether there are any that are damaged. */
  readonly damaged: boolean
}

/**
 * Looks whether librsvg draws the pictures in a drawing as they are meant.
 *
 * @param svg - one character a byte
 */
export async function findPictureFaults(svg: string): Promise<PictureFaults> {
  const faults = { redraws: false, damaged: false }
  for (const picture of svg.matchAll(PICTURE)) {
    const bytes = await bytesOf(picture)
    if (isDrawing(bytes)) continue
    const isSound = await decodes(bytes)
    faults.damaged ||= !isSound
    faults.redraws ||= !isSound || !(await isDrawnAsMeant(picture, bytes))
  }
  return faults
}

/**
 * Puts pictures that librsvg draws in the place of those that it would leave out, or not turn. Of what is damaged there is as much as can be
 * read, and of a PNG nothing.
 *
 * @param svg - one character a byte
 */
export async function redrawPictures(svg: string): Promise<string> {
  const parts: string[] = []
  let [end, left] = [0, MOST_PIXELS]
  for (const picture of svg.matchAll(PICTURE)) {
    const [whole, link = ''] = picture
    const bytes = await bytesOf(picture)
    if (isDrawing(bytes)) continue
    try {
      const isSound = await decodes(bytes)
      // Of a PNG what is missing would be anything.
      if (isSound ? await isDrawnAsMeant(picture, bytes) : isPng(bytes)) continue
      const image = sharp(bytes, { failOn: 'none', limitInputPixels: Math.max(1, left) })
      const { data, info } = await image.autoOrient().png().toBuffer({ resolveWithObject: true })
      left -= info.width * info.height
      parts.push(
        svg.slice(end, picture.index),
        `${link}data:image/png;base64,${data.toString('base64')}`,
      )
      end = picture.index + whole.length
    } catch {
      // It is left out, as whatever cannot be drawn.
    }
  }
  return [...parts, svg.slice(end)].join('')
}

/** What is in a picture, in a way that libvips reads where anybody does. */
async function bytesOf([, , , , content = '']: RegExpExecArray): Promise<Buffer> {
  const plain = content
    .replaceAll(/&#[^;]*;/g, '')
    .replaceAll(/%([\da-f]{2})/gi, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    )
  const bytes = Buffer.from(plain, 'base64')
  return bytes.toString('latin1', 0, 2) === 'BM' ? ((await decodeBitmap(bytes)) ?? bytes) : bytes
}

/** Decodes a BMP, which libvips does not read; undefined when it is damaged or too large. */
async function decodeBitmap(bytes: Buffer): Promise<Buffer | undefined> {
  const { openBitmap } = await import('./conversion/bitmap/open-bitmap.ts')
  const { inSourceBytes } = await import('./conversion/magick-source.ts')
  try {
    const opened = openBitmap(inSourceBytes(bytes))
    const { width, height } = opened
    if (width * height > MOST_PIXELS) return undefined
    const { colours, alpha, rows } = opened.decode()
    const channels = colours === 'grey' ? (alpha ? 2 : 1) : alpha ? 4 : 3
    return await sharp(rows(0, height), { raw: { width, height, channels } }).png().toBuffer()
  } catch {
    return undefined
  }
}

/** Whether it is a drawing itself, compressed or not, which librsvg draws. */
function isDrawing(bytes: Buffer): boolean {
  const start = bytes.toString('latin1', 0, 64).trimStart()
  return start.startsWith('<') || start.startsWith('\xef\xbb\xbf<') || start.startsWith('\x1f\x8b')
}

function isPng(bytes: Buffer): boolean {
  return bytes.toString('latin1', 1, 4) === 'PNG'
}

/** Whether librsvg draws it, and upright; it goes by what the picture is called. */
async function isDrawnAsMeant(
  [, , type = '', parameters = '']: RegExpExecArray,
  bytes: Buffer,
): Promise<boolean> {
  try {
    const { format, orientation = 1 } = await sharp(bytes, { failOn: 'none' }).metadata()
    const called = type
      .toLowerCase()
      .replace(/^image\/(?:x-)?/, '')
      .replace(/^jpg$/, 'jpeg')
    return DRAWN.has(format) && format === called && orientation === 1 && parameters === ''
  } catch {
    return false
  }
}

async function decodes(bytes: Buffer): Promise<boolean> {
  try {
    // As little as has all of it read.
    await sharp(bytes, { failOn: FAIL_ON, limitInputPixels: MOST_PIXELS })
      .resize(1, 1, { fit: 'fill', kernel: 'nearest' })
      .raw()
      .toBuffer()
    return true
  } catch {
    return false
  }
}
