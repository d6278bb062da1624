import sharp from 'sharp'
import type { ImageMagick } from './imagemagick.ts'

/** The libraries and programs that decode and encode. */
export function describeLibraries(imageMagick: ImageMagick): string {
  const programs = imageMagick.installed
    ? `ImageMagick ${imageMagick.version}, exiftool ${imageMagick.exiftool}`
    : `${imageMagick.missing} is not installed`
  return `sharp ${sharp.versions.sharp}, libvips ${sharp.versions.vips}, ${programs}`
}
