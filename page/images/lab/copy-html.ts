/** A picture as the HTML of a page that fits it to its screens. */
import { SERVED_FORMATS } from '../../../src/image-serving/served-formats.ts'
import { splitTexts } from '../../../src/image-serving/syntax/split-commands.ts'
import { imageUrl } from '../image-url.ts'
import { type CopiedImage, formatOf, lastOf, withoutPresets } from './copied-image.ts'

/** Sizes that pages ask for, in CSS pixels. */
const WIDTHS = [320, 480, 640, 800, 1200, 1600, 2000, 2400]

/** Pixels of a screen for one of a page. */
const RATIOS = [1, 2, 3]

/** The address of a picture, on the service. */
export function copyUrl({ origin, object, query }: CopiedImage): string {
  return `${origin}${imageUrl(object, query)}`
}

/** An `<img>` whose browser chooses the width; the height keeps its share of it. */
export function copyWidths(image: CopiedImage): string {
  const width = image.size?.width ?? 800
  const widths = Array.from(
    new Set([...WIDTHS.filter((each) => each < width * 2), width]),
  ).toSorted((a, b) => a - b)
  const sources = widths.map(
    (each) => `${escapeHtml(urlOf(image, sizeCommands(image, each)))} ${each}w`,
  )
  return imgOf(image, [
    `srcset="${sources.join(',\n    ')}"`,
    `sizes="(max-width: ${width}px) 100vw, ${width}px"`,
  ])
}

/** An `<img>` that has more pixels on screens that have more; its size in the page stays the same. */
export function copyRatios(image: CopiedImage): string {
  const sources = RATIOS.map((ratio) => {
    const url = urlOf(image, ratio === 1 ? [] : [`dpr=on,${ratio}`])
    return `${escapeHtml(url)} ${ratio}x`
  })
  return imgOf(image, [`srcset="${sources.join(',\n    ')}"`])
}

/** A `<picture>` in the smallest format that the browser knows. */
export function copyFormats(image: CopiedImage): string {
  const { format, transparent } = formatOf(expanded(image))
  const alpha = transparent ? '-alpha' : ''
  const fallback = transparent ? 'png' : format === 'png' || format === 'gif' ? format : 'jpeg'
  const sources = (['avif', 'webp'] as const).map((each) => {
    const url = urlOf(image, [`fmt=${each}${alpha}`])
    return `  <source type="${SERVED_FORMATS[each].mediaType}" srcset="${escapeHtml(url)}">`
  })
  const img = imgOf(image, [], [`fmt=${fallback}${alpha}`])
  return `<picture>\n${sources.join('\n')}\n  ${img.replaceAll('\n', '\n  ')}\n</picture>`
}

/** What says another width; where the query sets a height, that follows. */
function sizeCommands(image: CopiedImage, width: number): readonly string[] {
  const { size } = image
  const query = expanded(image)
  const hasHeight = lastOf(query, 'hei') !== undefined
  return hasHeight && size
    ? [`wid=${width}`, `hei=${Math.max(1, Math.round((width * size.height) / size.width))}`]
    : [`wid=${width}`]
}

function expanded(image: CopiedImage): string {
  try {
    return withoutPresets(image)
  } catch {
    // A preset is not there; what it would have said is nobody's guess.
    return image.query
  }
}

/** The address with other commands; the last of equal ones counts, so that they go behind those of presets. */
function urlOf(image: CopiedImage, commands: readonly string[]): string {
  const names = new Set(commands.map((command) => command.split('=', 1)[0]?.toLowerCase()))
  const kept = splitTexts(image.query).filter(
    (piece) => piece !== '' && !names.has(piece.split('=', 1)[0]?.toLowerCase()),
  )
  return `${image.origin}${imageUrl(image.object, [...kept, ...commands].join('&'))}`
}

function imgOf(
  image: CopiedImage,
  attributes: readonly string[],
  commands: readonly string[] = [],
): string {
  const { size } = image
  return [
    `<img src="${escapeHtml(urlOf(image, commands))}"`,
    ...attributes,
    ...(size ? [`width="${size.width}" height="${size.height}"`] : []),
    'alt="">',
  ].join('\n  ')
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
}
