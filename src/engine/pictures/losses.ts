import { tellReplacedFonts } from '../typesetting/fonts/tell-replaced-fonts.ts'
import type { SourceView } from './decode-view.ts'
import { isSameSize, type Size } from './dimensions.ts'
import type { PictureOptions, WrittenFormat } from './options.ts'
import { FORMATS } from './output-formats.ts'
import type { Source } from './source.ts'
import { isReadInPart, requireReadable } from './unread-pictures.ts'

/** What may have all pictures of a source in one file. */
const OF_SEVERAL: readonly WrittenFormat[] = ['gif', 'webp', 'tiff']

/** What becomes of a source, as far as that is planned. */
interface Planned {
  /** Whether it has all frames. */
  readonly animated: boolean
  /** Whether its pixels stay in the colours in which they are stored. */
  readonly exact: boolean
  /** How large it becomes. */
  readonly shown: Size
  /** Whether it is nothing but the source, made smaller. */
  readonly isOriginal: boolean
}

/**
 * Refuses what would lose all pictures of an animation but the first although all are wanted: by name, or since the source
 * shall be made smaller, which leaves it what it is. What is sized is a picture of it.
 *
 * @throws {@link OperationError} frames_unread
 */
export function requireAllFrames(
  source: Source,
  { format, animated, encoder }: PictureOptions,
  {
    isOriginal,
    ...shown
  }: Pick<Planned, 'isOriginal'> & Pick<SourceView, 'width' | 'height' | 'region'>,
): void {
  if (isOriginal) return
  const isWhole = shown.region === undefined && isSameSize(source, shown)
  const isSmaller = encoder.optimize !== undefined && isOfItsFormat(source, format) && isWhole
  if (isSmaller || (animated && FORMATS[format].animates)) requireReadable(source)
}

/** Says what a picture loses of its source though nobody has asked for that, a sentence each. */
export function tellLosses(source: Source, options: PictureOptions, planned: Planned): string[] {
  return [
    lostToPreview(source, planned),
    lostPictures(source, options, planned),
    lostInks(source, options, planned),
    lostParts(source),
    lostFonts(source),
    lostLetters(source),
  ].filter((each) => each !== undefined)
}

/** A picture that is smaller than the preview loses nothing by it, as far as anybody sees. */
function lostToPreview(
  { isPreview, format, width, height }: Source,
  { shown }: Pick<Planned, 'shown'>,
): string | undefined {
  if (isPreview !== true || (shown.width < width && shown.height < height)) return undefined
  const size = `${Math.round(width)} × ${Math.round(height)} pixels`
  return `It is made of the preview that the ${format.title} file carries, which has ${size}.`
}

function lostParts({ leftOut = [], format: { title } }: Source): string | undefined {
  const [last, ...others] = leftOut.toReversed()
  if (last === undefined) return undefined
  const all = others.length === 0 ? last : `${others.toReversed().join(', ')} and ${last}`
  return `The ${title} has ${all}, which are not drawn.`
}

function lostFonts({ replacedFonts = [], format: { title } }: Source): string | undefined {
  return tellReplacedFonts(title, replacedFonts)
}

function lostLetters({ missingLetters = [], format: { title } }: Source): string | undefined {
  if (missingLetters.length === 0) return undefined
  return `Letters of the ${title} that no font here has are not drawn: ${missingLetters.join(' ')}.`
}

function lostPictures(
  source: Source,
  { format, animated: areWanted, page }: PictureOptions,
  { animated, isOriginal }: Planned,
): string | undefined {
  const { pictures = 1, orientation } = source
  if (pictures === 1 || animated || page > 1) return undefined
  const { title } = source.format
  const one = `Only the first of its ${pictures} pictures is there`
  if (isReadInPart(source)) {
    if (isOriginal || !isOfItsFormat(source, format)) return undefined
    return `${one}, as the others of an animated ${title} file cannot be read.`
  }
  if (!areWanted || !OF_SEVERAL.includes(format)) return undefined
  const turned = orientation !== 1 && source.frames > 1 && FORMATS[format].animates
  return turned
    ? `${one}, as its Exif data turn it, and animations cannot be turned; autoOrient false has all as they are stored.`
    : `${one}, as those of a ${title} file do not become several in one ${FORMATS[format].title} file.`
}

function lostInks(
  source: Source,
  { format, colours }: PictureOptions,
  { exact }: Planned,
): string | undefined {
  if (source.space !== 'cmyk' || exact) return undefined
  if (colours === 'cmyk') {
    return 'Its colours in CMYK were computed anew, as it was enlarged or drawn on.'
  }
  if (colours !== undefined || !isOfItsFormat(source, format)) return undefined
  return 'Its colours, which were in CMYK, are in sRGB now.'
}

function isOfItsFormat({ format: { title } }: Source, format: WrittenFormat): boolean {
  return FORMATS[format].title === title
}
