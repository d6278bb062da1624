import { readFileSync } from 'node:fs'
import { type CoversLetter, readCharacterMap } from './character-map.ts'
import { harfbuzz } from './harfbuzz.ts'
import { type Outline, readOutline } from './outline.ts'

/** A glyph of a shaped text, in units of the font. */
export interface ShapedGlyph {
  readonly id: number
  /** Where the letters that it shows begin in the text. */
  readonly cluster: number
  readonly advance: number
  /** How far it is moved from where it would stand, to the right and upwards. */
  readonly x: number
  readonly y: number
}

/** How a piece of text is shaped. */
export interface Shaping {
  readonly rightToLeft: boolean
  readonly kerning: boolean
  /** Whether letters may become one glyph without need. */
  readonly ligatures: boolean
}

/** Where a line below or through letters is, in parts of their size: its middle above the baseline, and how thick. */
export interface RuleMetrics {
  readonly middle: number
  readonly thick: number
}

/** A font that texts are set in; its lengths are in parts of the size of the letters unless told otherwise. */
export interface FontFace {
  /** The file that it is in, and which of the fonts there it is, from 0. */
  readonly file: { readonly path: string; readonly index: number }
  /** How large letters of the file are drawn, in parts of the size that is asked for. */
  readonly drawnSize: number
  /** Whether its outlines are those of TrueType. */
  readonly isTrueType: boolean
  /** The size that is asked for, in units of the outlines: as many as the file says, unless letters are to be drawn larger or smaller. */
  readonly unitsPerEm: number
  /** How far lines reach above their baseline, and below it, with what the font has between lines. */
  readonly ascent: number
  readonly descent: number
  readonly underline: RuleMetrics
  readonly strike: RuleMetrics
  /** Whether its letters can have more than one weight. */
  readonly hasWeights: boolean
  readonly covers: CoversLetter
  readonly shape: (text: string, shaping: Shaping) => readonly ShapedGlyph[]
  readonly outline: (glyph: number) => Outline
}

/** Texts that are shaped once, of up to so many letters. */
const MOST_KEPT = 4000
const LONGEST_KEPT = 40

/**
 * Opens a font of a file.
 *
 * @param weight - that letters get where the font has more than one in itself
 * @throws what reading the file throws
 */
export function openFontFace(path: string, index: number, weight: 400 | 700): FontFace {
  const face = new harfbuzz.Face(new harfbuzz.Blob(readFileSync(path)), index)
  const font = new harfbuzz.Font(face)
  const hasWeights = 'wght' in face.getAxisInfos()
  if (hasWeights) font.setVariations([new harfbuzz.Variation('wght', weight)])
  const unitsPerEm = Math.max(1, face.upem)
  font.setScale(unitsPerEm, unitsPerEm)
  const table = (tag: string): Buffer => Buffer.from(face.referenceTable(tag) ?? [])
  const { ascender, descender, lineGap } = font.hExtents()
  const buffer = new harfbuzz.Buffer()
  const shaped = new Map<string, readonly ShapedGlyph[]>()
  const outlines = new Map<number, Outline>()

  function shape(text: string, shaping: Shaping): readonly ShapedGlyph[] {
    buffer.reset()
    buffer.addText(text)
    buffer.guessSegmentProperties()
    const { LTR, RTL } = harfbuzz.Direction
    buffer.setDirection(shaping.rightToLeft ? RTL : LTR)
    harfbuzz.shape(font, buffer, featuresOf(shaping))
    const positions = buffer.getGlyphPositions()
    return buffer.getGlyphInfos().map(({ codepoint, cluster }, at) => {
      const { xAdvance = 0, xOffset = 0, yOffset = 0 } = positions[at] ?? {}
      return { id: codepoint, cluster, advance: xAdvance, x: xOffset, y: yOffset }
    })
  }

  return {
    file: { path, index },
    drawnSize: 1,
    isTrueType: table('glyf').length > 0,
    unitsPerEm,
    ascent: ascender / unitsPerEm,
    descent: (lineGap - descender) / unitsPerEm,
    underline: readUnderline(table('post'), unitsPerEm),
    strike: readStrike(table('OS/2'), unitsPerEm),
    hasWeights,
    covers: readCharacterMap(table('cmap')),
    shape(text, shaping) {
      if (text.length > LONGEST_KEPT) return shape(text, shaping)
      const key = `${shaping.rightToLeft}${shaping.kerning}${shaping.ligatures} ${text}`
      const glyphs = shaped.get(key) ?? shape(text, shaping)
      if (shaped.size < MOST_KEPT) shaped.set(key, glyphs)
      return glyphs
    },
    outline(glyph) {
      const outline = outlines.get(glyph) ?? readOutline(font.glyphToPath(glyph))
      outlines.set(glyph, outline)
      return outline
    },
  }
}

function featuresOf({ kerning, ligatures }: Shaping): InstanceType<typeof harfbuzz.Feature>[] {
  const off = [...(kerning ? [] : ['kern']), ...(ligatures ? [] : ['liga', 'clig'])]
  return off.map((tag) => new harfbuzz.Feature(tag, 0))
}

/** The place and the thickness that "post" tells; those of Arial where it does not. */
function readUnderline(post: Buffer, unitsPerEm: number): RuleMetrics {
  if (post.length < 12 || post.readInt16BE(10) <= 0) return { middle: -0.125, thick: 0.05 }
  const [top, thick] = [post.readInt16BE(8) / unitsPerEm, post.readInt16BE(10) / unitsPerEm]
  return { middle: top - thick / 2, thick }
}

function readStrike(style: Buffer, unitsPerEm: number): RuleMetrics {
  if (style.length < 30 || style.readInt16BE(26) <= 0) return { middle: 0.26, thick: 0.05 }
  const [thick, top] = [style.readInt16BE(26) / unitsPerEm, style.readInt16BE(28) / unitsPerEm]
  return { middle: top - thick / 2, thick }
}
