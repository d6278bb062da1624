import type { Package } from '../../packages/package.ts'
import type { Flow } from './flow.ts'

/** Properties, in which there is no text. */
const SKIPPED: ReadonlySet<string> = new Set('spPr txPr rPr pPr defRPr endParaRPr'.split(' '))

/**
 * Writes the text of a chart: its titles, those that are the text of a cell among them, and what its series and their values are
 * called, each once.
 *
 * @param isBesideCells - whether the cells are written that series and values are called by
 */
export async function readChart(
  parts: Package,
  part: string,
  flow: Flow,
  { isBesideCells }: { readonly isBesideCells: boolean },
): Promise<void> {
  const names = new Set<string>()
  let titles = 0
  /** Whether texts of cells are open, as opposed to numbers. */
  let inCache = false
  let inText = false
  let inName = false
  let name = ''
  /** Names that are those of no cell, and so are seen beside cells as well. */
  const literals = new Set<string>()
  let isLiteral = false
  let isOwnName = false
  /** The element that was opened last. */
  let last = ''
  await parts.parse(
    part,
    {
      open(element) {
        if (element === 'title') titles += 1
        if (element === 'strCache' || element === 'strLit') inCache = true
        if (element === 'strLit') isLiteral = true
        inText = element === 't' || (element === 'v' && titles > 0)
        const isOwn = element === 'v' && last === 'tx'
        inName = element === 'v' && titles === 0 && (inCache || isOwn)
        isOwnName = isOwn || isLiteral
        last = element
        if (element === 'p' || element === 'br' || (inText && element === 'v')) flow.line()
        if (inName) name = ''
      },
      close(element) {
        if (element === 'title') titles -= 1
        if (element === 'strCache' || element === 'strLit') inCache = false
        if (element === 'strLit') isLiteral = false
        if (inName) (isOwnName ? literals : names).add(name.trim())
        inText = false
        inName = false
        if (element === 'p' || element === 'title') flow.line()
      },
      text(text) {
        if (inText) flow.text(text.replace(/[\r\n]+/g, ' '))
        if (inName) name += text
      },
    },
    SKIPPED,
  )
  const seen = isBesideCells ? literals : new Set([...names, ...literals])
  for (const each of seen) flow.lines(each)
}
