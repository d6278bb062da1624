import { existsSync } from 'node:fs'
import { OperationError } from '../../../base/operation-error.ts'
import type { TextRun } from '../text-content.ts'
import { type FontFace, openFontFace } from './font-face.ts'
import { findInstalledFonts, type InstalledFont } from './installed-fonts.ts'
import { SHIPPED_FAMILIES } from './shipped-fonts.ts'

/** What a text says of the font that it wants. */
export type FontWish = Pick<TextRun, 'font' | 'bold' | 'italic'>

/** A font, and what has to be made of its letters since there is no font that has it. */
export interface ChosenFont {
  readonly face: FontFace
  readonly emboldened: boolean
  readonly slanted: boolean
}

/** Knows the fonts that there are. */
export interface FontBook {
  /**
   * The font that a text means.
   *
   * @throws {@link OperationError} text_font_missing, for what is drawn in another font is not what was asked for
   */
  readonly choose: (wish: FontWish) => ChosenFont
  /** The first font besides that one which has all these letters: a shipped one, or else one of the machine. */
  readonly standIn: (codePoints: readonly number[], wish: FontWish) => ChosenFont | undefined
}

/** How many fonts are open at a time. */
const MOST_OPEN = 40

/** How long a font may be installed before a text that names it finds it, in milliseconds. */
const LOOKED_AFTER_MS = 5000

const REGULAR = 400
const BOLD = 700

/**
 * Opens a book of the shipped fonts and those of folders, at which it looks when a text needs more than the former.
 *
 * @param folders - see `fontFolders`
 */
export function createFontBook(folders: readonly string[]): FontBook {
  const open = new Map<string, FontFace>()
  let found: readonly InstalledFont[] | undefined
  let foundAt = 0

  function installed(): readonly InstalledFont[] {
    if (found === undefined) lookAgain()
    return found ?? []
  }

  /** Whether fonts may have come since it was looked for them; then it is looked again. */
  function lookAgain(): boolean {
    const now = performance.now()
    if (found !== undefined && now - foundAt < LOOKED_AFTER_MS) return false
    found = findInstalledFonts(folders)
    foundAt = now
    return true
  }

  function findInstalled(wish: FontWish): InstalledFont | undefined {
    const name = wish.font?.trim().toLowerCase() ?? ''
    const family = installed().filter(({ families }) => families.includes(name))
    const own = installed().filter((each) => each.own.includes(name))
    return inOrderOf(family.length > 0 ? family : own, wish).find(isThere)
  }

  function openFont(path: string, index: number, bold: boolean): FontFace {
    const key = `${path}#${index}${bold ? 'bold' : ''}`
    const face = open.get(key) ?? openFontFace(path, index, bold ? BOLD : REGULAR)
    open.delete(key)
    open.set(key, face)
    const [oldest] = open.keys()
    if (open.size > MOST_OPEN && oldest !== undefined) open.delete(oldest)
    return face
  }

  function openShipped(
    { files }: (typeof SHIPPED_FAMILIES)[number],
    { bold, italic }: FontWish,
  ): ChosenFont {
    const slanted = bold ? files.boldItalic : files.italic
    const upright = bold ? files.bold : files.regular
    const face = openFont(italic ? slanted : upright, 0, bold)
    return { face, emboldened: false, slanted: false }
  }

  function openInstalled(font: InstalledFont, { bold, italic }: FontWish): ChosenFont {
    const face = openFont(font.path, font.index, bold)
    // A font that has weights in itself says regular of itself, and is bold when it is asked to be.
    const emboldened = bold && font.weight < 600 && !face.hasWeights
    return { face, emboldened, slanted: italic && !font.slanted }
  }

  return {
    choose(wish) {
      const name = wish.font?.trim().toLowerCase()
      const [first] = SHIPPED_FAMILIES
      const shipped =
        name === undefined ? first : SHIPPED_FAMILIES.find((each) => each.names.includes(name))
      if (shipped) return openShipped(shipped, wish)
      const best = findInstalled(wish) ?? (lookAgain() ? findInstalled(wish) : undefined)
      if (best) return openInstalled(best, wish)
      const taken = SHIPPED_FAMILIES.map(({ title }) => title)
      throw new OperationError('text_font_missing', { font: wish.font ?? '', taken })
    },
    standIn(codePoints, wish) {
      for (const family of SHIPPED_FAMILIES) {
        const chosen = openShipped(family, wish)
        if (codePoints.every(chosen.face.covers)) return chosen
      }
      const ordered = inOrderOf(installed(), wish)
      const best = ordered.find((each) => codePoints.every(each.covers) && isThere(each))
      return best && openInstalled(best, wish)
    },
  }
}

/** Whether a font has not gone since it was looked for. */
function isThere({ path }: InstalledFont): boolean {
  return existsSync(path)
}

/** Those first whose style is nearest to the one that is wanted. */
function inOrderOf(
  fonts: readonly InstalledFont[],
  { bold, italic }: FontWish,
): readonly InstalledFont[] {
  const distance = ({ weight, slanted, width }: InstalledFont): number =>
    Math.abs(weight - (bold ? BOLD : REGULAR)) +
    (slanted === italic ? 0 : 1000) +
    Math.abs(width - 5) * 200
  return fonts.toSorted((a, b) => distance(a) - distance(b))
}
