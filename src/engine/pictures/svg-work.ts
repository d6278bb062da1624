import path from 'node:path'
import * as z from 'zod/mini'
import { resize } from './decode-view.ts'
import type { Region, Size } from './dimensions.ts'
import { FAIL_ON, sharp } from './libvips.ts'
import { findBackground } from './svg-background.ts'
import { toKnownColours } from './svg-colours.ts'
import { findReplacedFonts } from './svg-families.ts'
import { toPlainFilters } from './svg-filters.ts'
import { findLeftOut } from './svg-left-out.ts'
import { toPixels } from './svg-lengths.ts'
import { findPictureFaults, redrawPictures } from './svg-pictures.ts'
import { toDrawable } from './svg-root.ts'
import {
  hasConditions,
  hasEmbeddedFonts,
  hasLaidTexts,
  hasNewerStyles,
  hasPlacedLetters,
} from './what-svg-has.ts'

/** What is to be done with an SVG: tell its size in its units, or draw a part of it at a size in pixels, into a file. */
export type SvgWork =
  | { readonly kind: 'measure' }
  | {
      readonly kind: 'draw'
      /** In the units of the SVG. */
      readonly size: Size
      readonly drawnAt: Size
      /** As it was measured. */
      readonly redraws: boolean
      /** In pixels of that size; undefined for all of it. */
      readonly region: Region | undefined
      /** The PNG file that it becomes. */
      readonly file: string
    }

/** What comes of it. It is said by a process that a stranger's file might have taken over. */
export const svgAnswerSchema = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('measured'),
    size: z.object({ width: z.number(), height: z.number() }),
    /** What is not drawn, see {@link findLeftOut}. */
    leftOut: z.array(z.string()),
    /** See {@link findReplacedFonts}. */
    replacedFonts: z.array(z.string()),
    /** Whether it has fonts in it, so that it takes a process of its own to draw it. */
    ownFonts: z.boolean(),
    /** Whether it has pictures in it that librsvg would leave out or draw in another way, see {@link redrawPictures}. */
    redraws: z.boolean(),
  }),
  z.object({ outcome: z.literal('drawn') }),
  /** `message` is libvips' or that of the system. */
  z.object({ outcome: z.literal('failed'), message: z.string() }),
])

/** See {@link svgAnswerSchema}. */
export type SvgAnswer = z.infer<typeof svgAnswerSchema>

/** The density in dots per inch at which librsvg draws one pixel for one unit of an SVG. */
const UNIT_DENSITY = 72

/** How many pixels the longer side has when the size is measured. */
const PRECISE_SIDE = 1_000_000

/**
 * Does a work with an SVG, in this very process: librsvg can be stopped by nothing but the end of that. One that has fonts in it is drawn in a
 * process that has drawn nothing before, and draws nothing after.
 *
 * @param file - the content of the file, which is read from memory so that it has no folder to read files from
 */
export async function workOnSvg(file: Buffer, work: SvgWork): Promise<SvgAnswer> {
  try {
    const svg = toDrawable(file)
    const text = svg.toString('latin1')
    const ownFonts = hasEmbeddedFonts(text)
    if (work.kind === 'measure') {
      const named = ownFonts ? await nameFonts(text) : []
      const replacedFonts = [...findReplacedFonts(svg.toString(), named)]
      const size = await measure(svg)
      // What has been said in other words is none of it any more.
      const leftOut = [...findLeftOut(await complete(text, size))]
      const { redraws, damaged } = await findPictureFaults(text)
      if (damaged) leftOut.push('pictures with damaged parts')
      return { outcome: 'measured', size, leftOut, replacedFonts, ownFonts, redraws }
    }
    if (ownFonts) await useFonts(text, path.join(path.dirname(work.file), 'fonts'))
    const said = await complete(text, work.drawnAt)
    const completed = work.redraws ? await redrawPictures(said) : said
    await draw(completed === text ? svg : Buffer.from(completed, 'latin1'), work)
    return { outcome: 'drawn' }
  } catch (error) {
    return { outcome: 'failed', message: error instanceof Error ? error.message : String(error) }
  }
}

/**
 * Tells the size of an SVG, in its units and their fractions. Since librsvg answers in whole pixels, the picture is
 * thought very large.
 */
async function measure(svg: Buffer): Promise<Size> {
  const { width, height } = await openAt(svg, UNIT_DENSITY).metadata()
  const density = clampDensity((UNIT_DENSITY * PRECISE_SIDE) / Math.max(width, height))
  const large = await openAt(svg, density).metadata()
  return {
    width: (large.width * UNIT_DENSITY) / density,
    height: (large.height * UNIT_DENSITY) / density,
  }
}

/** Has an SVG say in librsvg's words what it would leave out. */
async function complete(svg: string, screen: Size): Promise<string> {
  const ruled = hasConditions(svg) ? await applyConditions(svg, screen) : svg
  const plain = hasNewerStyles(ruled) ? await toPlainStyles(ruled, screen) : ruled
  const laid = hasLaidTexts(plain) ? await layTexts(plain) : plain
  const placed = hasPlacedLetters(laid) ? await placeLetters(laid) : laid
  return toPlainFilters(toKnownColours(toPixels(placed)))
}

// Each is loaded when there is any, since that takes longer than most drawings.

async function applyConditions(svg: string, screen: Size): Promise<string> {
  const conditions = await import('./svg-conditions.ts')
  return conditions.applyConditions(svg, screen)
}

async function toPlainStyles(svg: string, screen: Size): Promise<string> {
  const styles = await import('./svg-plain-styles.ts')
  return styles.toPlainStyles(svg, screen)
}

async function layTexts(svg: string): Promise<string> {
  const texts = await import('./svg-texts.ts')
  return texts.layTexts(svg)
}

async function nameFonts(svg: string): Promise<string[]> {
  const fonts = await import('./svg-embedded-fonts.ts')
  return fonts.nameFonts(fonts.findEmbeddedFonts(svg))
}

async function useFonts(svg: string, folder: string): Promise<void> {
  const fonts = await import('./svg-embedded-fonts.ts')
  await fonts.useFonts(fonts.findEmbeddedFonts(svg), folder)
}

async function placeLetters(svg: string): Promise<string> {
  const letters = await import('./svg-letters.ts')
  return letters.placeLetters(svg)
}

async function draw(
  svg: Buffer,
  { size, drawnAt, region, file }: Extract<SvgWork, { kind: 'draw' }>,
): Promise<void> {
  const x = drawnAt.width / size.width
  const y = drawnAt.height / size.height
  // Whole pixels make the two differ a little; more than that is a distortion, of which both directions stay sharp.
  const stretched = Math.abs(size.height * x - drawnAt.height) > 1
  const density = clampDensity(UNIT_DENSITY * (stretched ? Math.max(x, y) : x))
  const drawn = resize(openAt(svg, density), drawnAt)
  const shown = region ? drawn.extract(region) : drawn
  const background = findBackground(svg.toString('latin1'))
  if (background !== undefined)
    shown.composite([{ input: paper(background, region ?? drawnAt), blend: 'dest-over' }])
  // Drawings are plain: packed a little, they are on the disk and back sooner than as they are.
  await shown.png({ compressionLevel: 1 }).toFile(file)
}

/** A drawing of nothing but a colour. */
function paper(colour: string, { width, height }: Size): Buffer {
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" style="fill:${colour}"/></svg>`,
  )
}

/** As much as libxml takes of one text or attribute unless it is told to take all, in bytes. */
const USUAL_BYTES = 10_000_000

/**
 * An SVG as it would be at this density. Whoever wants it drawn has counted the pixels. Photos placed in a drawing make it
 * large; where there are entities, of which a few bytes can make any number, it must not be.
 */
function openAt(svg: Buffer, density: number) {
  const unlimited = svg.length > USUAL_BYTES && !svg.includes('<!ENTITY')
  return sharp(svg, { failOn: FAIL_ON, density, limitInputPixels: false, unlimited })
}

/** sharp takes a density from 1 to 100000. */
function clampDensity(density: number): number {
  return Math.min(100_000, Math.max(1, density))
}
