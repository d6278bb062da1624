import type { Package } from '../../../packages/package.ts'
import { pictureSize } from '../../markup/picture-size.ts'
import { childOf, type Element } from '../element.ts'
import { makeElement } from '../slides/make-element.ts'
import { toPoints } from './measures.ts'
import { hrefOf } from './part-links.ts'
import { type Look, valueOf } from './styles.ts'

/** Sizes of pictures in points, by the names of their parts. */
export type PictureSizes = ReadonlyMap<string, { readonly width: number; readonly height: number }>

/** As many pictures are asked for their sizes, and as many bytes of each. */
const MOST_PICTURES = 500
const MOST_BYTES = 262_144

/** Pixels of pictures that say nothing of how large they are are so many of an inch. */
const USUAL_DENSITY = 96

/**
 * Reads how large pictures are, which is what styles that crop them refer to.
 *
 * @param roots - the parts that have styles; where none of them crops a picture, none is asked
 */
export async function readPictureSizes(
  parts: Package,
  roots: readonly (Element | undefined)[],
): Promise<PictureSizes> {
  const sizes = new Map<string, { readonly width: number; readonly height: number }>()
  if (!roots.some(crops)) return sizes
  const names = parts.names.filter((name) => /^Pictures\/.*\.(?:png|jpe?g|gif)$/i.test(name))
  for (const name of names.slice(0, MOST_PICTURES)) {
    const start = await readStart(parts, name)
    const pixels = pictureSize(start)
    if (pixels === undefined) continue
    const density = densityOf(start)
    sizes.set(name, {
      width: (pixels.width / density) * 72,
      height: (pixels.height / density) * 72,
    })
  }
  return sizes
}

function crops(root: Element | undefined): boolean {
  return ['styles', 'automatic-styles'].some((holder) =>
    childOf(root, holder)?.children.some((style) =>
      style.children.some((each) => /[1-9]/.test(each.attributes['fo:clip'] ?? '')),
    ),
  )
}

async function readStart(parts: Package, name: string): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of parts.read(name)) {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes >= MOST_BYTES) break
  }
  return Buffer.concat(chunks)
}

/** In pixels an inch, as a PNG or a JPEG says it. */
function densityOf(start: Buffer): number {
  const at = start.indexOf('pHYs', 0, 'latin1')
  if (start.toString('latin1', 1, 4) === 'PNG') {
    const isInMetres = at > 0 && at + 13 <= start.length && start[at + 12] === 1
    return (isInMetres && Math.round(start.readUInt32BE(at + 4) * 0.0254)) || USUAL_DENSITY
  }
  const jfif = start.indexOf('JFIF\0', 0, 'latin1')
  if (jfif < 0 || jfif > 32 || jfif + 10 > start.length) return USUAL_DENSITY
  const density = start.readUInt16BE(jfif + 8)
  const unit = start[jfif + 7]
  if (density < 2) return USUAL_DENSITY
  return unit === 1 ? density : unit === 2 ? density * 2.54 : USUAL_DENSITY
}

/** A share of a picture as slides have it. */
function share(length: number, whole: number): string {
  return String(Math.round(Math.min(0.95, Math.max(-5, length / (whole || 1))) * 100_000))
}

/** What a style crops of a picture, as slides and Word have it; undefined for nothing. */
export function writeCrop(
  look: Look,
  image: Element | undefined,
  sizes: PictureSizes,
): Element | undefined {
  const [, given = ''] = /^rect\((.*)\)$/.exec(valueOf(look, 'graphic', 'clip') ?? '') ?? []
  const size = image === undefined ? undefined : sizes.get(hrefOf(image) ?? '')
  if (size === undefined || given === '') return undefined
  const [top = 0, right = 0, bottom = 0, left = 0] = given
    .trim()
    .split(/[\s,]+/)
    .map((each) => toPoints(each) ?? 0)
  return makeElement('srcRect', {
    l: share(left, size.width),
    t: share(top, size.height),
    r: share(right, size.width),
    b: share(bottom, size.height),
  })
}
