import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { escapeXml } from '../../base/xml.ts'
import { findStyles } from './svg-styles.ts'
import { toSfnt } from './to-sfnt.ts'

/** A font that a drawing has in it (CSS Fonts 4, section 4). */
export interface EmbeddedFont {
  readonly family: string
  /** Whichever the drawing says it is, in the words of fontconfig; as the font itself says unless given. */
  readonly weight: string | undefined
  readonly slant: string | undefined
  readonly bytes: Buffer
}

/** More than any drawing has. */
const MOST_FONTS = 100

const RULE = /@font-face\s*\{([^}]*)\}/gi
const DATA = /url\(\s*["']?data:[^,;"')]*(?:;[^,;"')]*)*?(;base64)?,([^"')]*)/gi

/** What fontconfig calls weights, by those of CSS. */
const WEIGHTS: Readonly<Record<string, string>> = {
  '100': 'thin',
  '200': 'extralight',
  '300': 'light',
  '400': 'regular',
  normal: 'regular',
  '500': 'medium',
  '600': 'demibold',
  '700': 'bold',
  bold: 'bold',
  '800': 'extrabold',
  '900': 'black',
}

const SLANTS: Readonly<Record<string, string>> = {
  normal: 'roman',
  italic: 'italic',
  oblique: 'oblique',
}

/**
 * Finds the fonts that an SVG has in it, of which librsvg takes none.
 *
 * @param svg - one character a byte
 */
export function findEmbeddedFonts(svg: string): EmbeddedFont[] {
  const fonts: EmbeddedFont[] = []
  for (const sheet of findStyles(svg)) {
    for (const [, rule = ''] of sheet.replaceAll('&quot;', '"').matchAll(RULE)) {
      const family = valueOf(rule, 'font-family')?.replaceAll(/["']/g, '').trim()
      const bytes = firstData(rule)
      if (!family || bytes === undefined) continue
      const [weight, slant] = [valueOf(rule, 'font-weight'), valueOf(rule, 'font-style')]
      fonts.push({
        family,
        weight: weight && WEIGHTS[weight],
        slant: slant && SLANTS[slant],
        bytes,
      })
    }
  }
  return fonts.slice(0, MOST_FONTS)
}

function valueOf(rule: string, name: string): string | undefined {
  const [, value] = new RegExp(`(?:^|[;\\s])${name}\\s*:\\s*([^;]*)`, 'i').exec(rule) ?? []
  return value?.trim().toLowerCase() && value.trim()
}

function firstData(rule: string): Buffer | undefined {
  const [found] = rule.matchAll(DATA)
  if (found === undefined) return undefined
  const [, isBase64, content = ''] = found
  if (isBase64 !== undefined) return Buffer.from(content, 'base64')
  try {
    return Buffer.from(decodeURIComponent(content), 'latin1')
  } catch {
    return undefined
  }
}

/** The families of those among fonts that can be read. */
export async function nameFonts(fonts: readonly EmbeddedFont[]): Promise<string[]> {
  const read = await Promise.all(
    fonts.map(async ({ family, bytes }) => ((await toSfnt(bytes)) === undefined ? [] : [family])),
  )
  return [...new Set(read.flat())]
}

/**
 * Has fonts be there for whatever this process draws, which has drawn nothing yet: fontconfig looks at its configuration once.
 *
 * @param folder - where they are written; it is made
 */
export async function useFonts(fonts: readonly EmbeddedFont[], folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const named: string[] = []
  for (const [index, { bytes, family, weight, slant }] of fonts.entries()) {
    const sfnt = await toSfnt(bytes)
    if (sfnt === undefined) continue
    const file = path.join(folder, `${index}.font`)
    writeFileSync(file, sfnt)
    const edits = [
      edit('family', `<string>${escapeXml(family)}</string>`),
      weight && edit('weight', `<const>${weight}</const>`),
      slant && edit('slant', `<const>${slant}</const>`),
    ]
    named.push(
      `<match target="scan"><test name="file"><string>${escapeXml(file)}</string></test>${edits.join('')}</match>`,
    )
  }
  const configuration = path.join(folder, 'fonts.conf')
  writeFileSync(
    configuration,
    [
      '<?xml version="1.0"?>',
      '<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">',
      '<fontconfig>',
      ...named,
      `<dir>${escapeXml(folder)}</dir>`,
      `<include>${escapeXml(process.env['FONTCONFIG_FILE'] ?? '')}</include>`,
      '</fontconfig>',
      '',
    ].join('\n'),
  )
  process.env['FONTCONFIG_FILE'] = configuration
}

function edit(name: string, value: string): string {
  return `<edit name="${name}" mode="assign">${value}</edit>`
}
