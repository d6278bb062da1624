import type { Metadata } from 'sharp'
import { type ReadableFile, withOpenFile } from '../../../sources/open-file.ts'
import { openTiff, type TiffDirectory } from '../../../sources/tiff-directory.ts'
import type { TiffPage } from '../../../sources/tiff-pages.ts'
import { isReadInPieces } from '../conversion/tiff-pieces/layout.ts'
import { profilePng } from '../mending/png-profile.ts'
import { isForTelephones } from '../mending/png.ts'
import { type PlacedPicture, withPicture } from '../placed-picture.ts'
import type { ColourSpace } from './colour-space.ts'
import { readGreySpace } from './grey-of-profile.ts'
import { readHeifItem } from './heif-item.ts'
import { readPngColours } from './png-colours.ts'
import type { Samples } from './samples.ts'
import { isInTiledPlanes, isTakenForWhite, readTiffSamples } from './tiff-samples.ts'

/** What the file of a picture says of its samples, beside what libvips makes out by itself. */
type Said = Pick<Samples, 'blueFirst' | 'premultiplied' | 'space'>

/** What libvips says of a picture, as far as it is asked here. */
type Given = Pick<Metadata, 'channels' | 'hasAlpha' | 'icc' | 'space'>

/**
 * Tells what the samples of a picture mean, where libvips does not: the one place that knows what colours are.
 *
 * @param given - what libvips says of it
 * @returns undefined when libvips is right
 */
export function findSamples(picture: PlacedPicture, given: Given): Samples | undefined {
  const { content, page } = picture
  if (content === 'tiff') {
    const samples = withPicture(picture, (file) => readTiff(file, page))
    return samples ?? complete({}, given)
  }
  const say = content === 'png' ? sayPng : content === 'avif' ? sayHeif : undefined
  return complete(say === undefined ? {} : withPicture(picture, say), given)
}

/**
 * Tells what the colours of a picture mean, where neither libvips nor ImageMagick know it.
 *
 * @returns undefined when they mean sRGB, or what a profile says
 */
export function findSpace({ path, content, page }: PlacedPicture): ColourSpace | undefined {
  return withOpenFile(path, (file) => {
    if (content === 'heic' || content === 'avif') return readHeifItem(file).colours
    return content === 'tiff' ? readTiff(file, page)?.space : undefined
  })
}

/** Tells whether ImageMagick takes black for white in a picture. */
export function isInverted(picture: PlacedPicture): boolean {
  return isTiffWith(picture, isTakenForWhite)
}

/** Tells whether ImageMagick has to read a picture, since libvips does not. */
export function isLeftToMagick(picture: PlacedPicture): boolean {
  return isTiffWith(picture, isInTiledPlanes)
}

/** Tells whether the pieces of a picture have to be read here. */
export function isInPieces(picture: PlacedPicture): boolean {
  return isTiffWith(picture, isReadInPieces)
}

function isTiffWith(
  { path, content, page }: PlacedPicture,
  isSo: (directory: TiffDirectory, isLittle: boolean) => boolean,
): boolean {
  if (content !== 'tiff' || page === undefined) return false
  return withOpenFile(path, ({ read }) => {
    const tiff = openTiff(read)
    return tiff !== undefined && isSo(tiff.directoryAt(page.directory.at), tiff.isLittle)
  })
}

function readTiff({ read }: ReadableFile, page: TiffPage | undefined): Samples | undefined {
  const tiff = openTiff(read)
  return tiff && readTiffSamples(tiff.directoryAt(page?.directory.at ?? tiff.first))
}

function sayPng({ read }: ReadableFile): Said {
  const isOther = isForTelephones(read)
  const space = readPngColours(read)
  const hasProfile = space !== undefined && profilePng(read, space) !== undefined
  return { blueFirst: isOther, premultiplied: isOther, space: hasProfile ? undefined : space }
}

function sayHeif(file: ReadableFile): Said {
  const { colours, premultiplied } = readHeifItem(file)
  return { premultiplied, space: colours }
}

function complete(said: Said, { channels, hasAlpha, icc, space: of }: Given): Samples | undefined {
  const alpha = hasAlpha ? channels - 1 : undefined
  const premultiplied = alpha !== undefined && said.premultiplied === true
  const isGrey = of === 'b-w' || of === 'grey16'
  const space = said.space ?? (icc && isGrey ? readGreySpace(icc) : undefined)
  if (space === undefined && !premultiplied && said.blueFirst !== true) return undefined
  return { ...said, space, colours: channels > 2 ? 'rgb' : 'grey', alpha, premultiplied }
}
