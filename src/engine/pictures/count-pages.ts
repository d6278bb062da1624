import type { IdentifiedSource } from '../../sources/identify.ts'
import { withOpenFile } from '../../sources/open-file.ts'
import { findTiffPages } from '../../sources/tiff-pages.ts'
import { sharp } from './libvips.ts'

/**
 * Tells how many pictures of a file can be read: pages of a TIFF, frames of an animation; one of what is damaged, and of what
 * has one.
 */
export async function countPictures({ path, content }: IdentifiedSource): Promise<number> {
  if (content === 'tiff') return Math.max(1, withOpenFile(path, findTiffPages).length)
  if (content !== 'gif' && content !== 'webp' && content !== 'avif') return 1
  try {
    const { pages = 1 } = await sharp(path, { limitInputPixels: false }).metadata()
    return pages
  } catch {
    // Whoever reads it will say more.
    return 1
  }
}
