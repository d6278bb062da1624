import { readAttribute } from '../../packages/markup.ts'
import type { Package } from '../../packages/package.ts'

/** A chart or a formula, which is a document of its own within another one. */
export interface OdfObject {
  readonly kind: 'chart' | 'formula'
  /** Its titles, a line each; of a formula, all of it. */
  readonly text: string
  /** What the series of a chart and their values are called, each once. */
  readonly names: readonly string[]
}

/** The part that a document begins with. */
const CONTENT = 'content.xml'

/** What is seen of a formula: its names, numbers, signs and texts (MathML 3, 3.2), and not how it was typed. */
const TOKENS: ReadonlySet<string> = new Set('mi mn mo mtext ms'.split(' '))
const FORMULA_SKIPPED: ReadonlySet<string> = new Set(['annotation', 'annotation-xml'])

/** What a chart is called, and its axes. */
const TITLES: ReadonlySet<string> = new Set(['title', 'subtitle', 'footer'])

/** Reads the charts and formulas that are in a document, by the folders of their parts. */
export async function readOdfObjects(parts: Package): Promise<ReadonlyMap<string, OdfObject>> {
  const objects = new Map<string, OdfObject>()
  for (const name of parts.names) {
    if (!name.endsWith(`/${CONTENT}`)) continue
    const object = await readOdfObject(parts, name)
    if (object !== undefined) objects.set(name.slice(0, -CONTENT.length - 1), object)
  }
  return objects
}

/** The folder of the object that a reference of a document leads to, as it is in {@link readOdfObjects}. */
export function toOdfFolder(reference: string): string {
  return reference.replace(/^\.\//, '').replace(/\/$/, '')
}

/**
 * Reads a chart or a formula.
 *
 * @param part - what it begins with
 * @returns undefined for what is neither
 */
export async function readOdfObject(
  parts: Package,
  part: string = CONTENT,
): Promise<OdfObject | undefined> {
  let kind: OdfObject['kind'] | undefined
  let text = ''
  const names = new Set<string>()
  let tokens = 0
  let titles = 0
  let isNumber = false
  let cell: string | undefined
  await parts.parse(
    part,
    {
      open(name, attributes) {
        if (name === 'math' || name === 'chart') kind ??= name === 'math' ? 'formula' : 'chart'
        if (TOKENS.has(name)) tokens += 1
        if (TITLES.has(name)) titles += 1
        if (name === 'p' && titles > 0) text += '\n'
        if (name === 'table-cell') {
          isNumber = readAttribute(attributes, 'value-type') === 'float'
          cell = ''
        }
      },
      close(name) {
        if (TOKENS.has(name)) tokens -= 1
        if (TITLES.has(name)) titles -= 1
        if (name !== 'table-cell' || cell === undefined) return
        if (!isNumber && cell.trim() !== '') names.add(cell.trim())
        cell = undefined
      },
      text(piece) {
        if (kind === 'formula') text += tokens > 0 ? piece.trim() : ''
        else if (titles > 0) text += piece.replace(/\s+/g, ' ')
        else if (cell !== undefined) cell += piece
      },
    },
    FORMULA_SKIPPED,
  )
  return kind && { kind, text: text.trim(), names: [...names] }
}
