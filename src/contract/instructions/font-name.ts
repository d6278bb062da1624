/** The fonts that there are: those that every reader of PDF has built in. */
type Family = 'Helvetica' | 'Times' | 'Courier'

/** The fonts that people name, and which of ours is as wide or at least of the same kind. */
const FAMILIES: Readonly<Record<string, Family>> = {
  helvetica: 'Helvetica',
  arial: 'Helvetica',
  'arial-black': 'Helvetica',
  calibri: 'Helvetica',
  'comic-sans-ms': 'Helvetica',
  impact: 'Helvetica',
  'sans-serif': 'Helvetica',
  tahoma: 'Helvetica',
  'trebuchet-ms': 'Helvetica',
  verdana: 'Helvetica',
  times: 'Times',
  'times-new-roman': 'Times',
  cambria: 'Times',
  georgia: 'Times',
  serif: 'Times',
  courier: 'Courier',
  'courier-new': 'Courier',
  'andale-mono': 'Courier',
  consolas: 'Courier',
  monospace: 'Courier',
}

/** What a name of a font has to be, for sentences. */
export const FONT_NAMES =
  'Helvetica, Times, Courier or a font like them such as Arial, Verdana, Times New Roman, Georgia or Courier New, which they stand in for, and Bold or Italic behind it'

/** A font as it is drawn. */
export interface Font {
  readonly family: Family
  readonly bold: boolean
  readonly italic: boolean
}

/** The font that a name like `Arial Bold` or `arial-bold-italic` means; undefined for one that is not known. */
export function findFont(name: string): Font | undefined {
  const words = name
    .trim()
    .toLowerCase()
    .split(/[\s_-]+/)
  const styles = words.filter((word) => STYLES.has(word))
  const family = FAMILIES[words.filter((word) => !STYLES.has(word)).join('-')]
  if (family === undefined) return undefined
  return {
    family,
    bold: styles.includes('bold'),
    italic: styles.includes('italic') || styles.includes('oblique'),
  }
}

const STYLES: ReadonlySet<string> = new Set(['regular', 'bold', 'italic', 'oblique'])
