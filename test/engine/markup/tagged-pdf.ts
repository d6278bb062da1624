import { pdfOfPage } from '../pdf/pdf-files.ts'

/** An element of a tagged PDF: its type, further entries of it, and its parts, of which texts are lines of the page. */
export interface TaggedElement {
  readonly type: string
  readonly entries?: string
  readonly parts: readonly (string | TaggedElement)[]
}

/** An element. */
export function tag(type: string, ...parts: TaggedElement['parts']): TaggedElement {
  return { type, parts }
}

/** An element with further entries. */
export function tagWith(
  type: string,
  entries: string,
  ...parts: TaggedElement['parts']
): TaggedElement {
  return { type, entries, parts }
}

/** What else a tagged PDF has. */
interface TaggedExtras {
  /** Further entries of the root of its tags. */
  readonly root?: string
  /** What is drawn before all else, and behind. */
  readonly before?: string
  readonly behind?: string
  readonly page?: string
  /** Further objects, from number 6 on. */
  readonly objects?: readonly string[]
}

/** A PDF of one page, whose lines stand below each other: in bold letters where a text begins with `*`, large ones where it does with `#`. */
export function taggedPdf(
  elements: readonly TaggedElement[],
  { root = '', before = '', behind = '', page = '', objects: others = [] }: TaggedExtras = {},
): Buffer {
  const objects = [...others, '<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold>>']
  const bold = 5 + objects.length
  const lines: string[] = []

  function write(element: TaggedElement): number {
    const { type, entries = '', parts } = element
    const kids = parts.map((part) => {
      if (typeof part !== 'string') return `${write(part)} 0 R`
      const [font, size] = part.startsWith('*') ? ['B', 10] : ['F', part.startsWith('#') ? 16 : 10]
      const text = part.replace(/^[*#]/, '').replaceAll(/[()\\]/g, (letter) => `\\${letter}`)
      const y = 290 - lines.length * 18
      lines.push(
        `/P <</MCID ${lines.length}>> BDC BT /${font} ${size} Tf 20 ${y} Td (${text}) Tj ET EMC`,
      )
      return String(lines.length - 1)
    })
    objects.push(`<</Type/StructElem/S/${type}/Pg 3 0 R/K[${kids.join(' ')}]${entries}>>`)
    return 5 + objects.length
  }

  const kids = elements.map((element) => `${write(element)} 0 R`)
  objects.push(`<</Type/StructTreeRoot/K[${kids.join(' ')}]${root}>>`)
  return pdfOfPage({
    contents: [before, ...lines, behind].join('\n'),
    fonts: `/B ${bold} 0 R`,
    page,
    catalog: `/MarkInfo<</Marked true>>/StructTreeRoot ${5 + objects.length} 0 R`,
    objects,
  })
}
