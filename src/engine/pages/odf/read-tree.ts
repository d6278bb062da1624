import type { Package } from '../../../packages/package.ts'
import type { Element } from '../element.ts'

/** The name of what stands for text between elements, each piece being an element of its own. */
export const TEXT = '#text'

/** As many elements and texts are kept of a part, and as many elements within each other; what is beyond them is left out. */
const MOST_ELEMENTS = 500_000
const DEEPEST = 120

/** How deep blocks and pages are: in a document, its body, and what tells what kind it is of. */
const BLOCK_DEPTH = 3

/** What nobody sees on pages. */
const SKIPPED: ReadonlySet<string> = new Set(
  'tracked-changes annotation annotation-end forms scripts notes event-listeners ruby-text change change-start change-end'.split(
    ' ',
  ),
)

interface OpenElement {
  readonly name: string
  readonly attributes: Element['attributes']
  readonly children: Element[]
  readonly text: string
}

/**
 * Reads a part of an OpenDocument file as a tree. Elements have no text; it is in children called {@link TEXT}, where it stands.
 *
 * @param isEnough - asked of each block or page of the body; what follows one of which it says yes is left out
 * @throws {@link OperationError} when the part is damaged
 */
export async function readTree(
  parts: Package,
  part: string,
  isEnough: (block: Element) => boolean = () => false,
): Promise<Element> {
  const root: OpenElement = { name: '', attributes: {}, children: [], text: '' }
  const open = [root]
  let count = 0
  let left = 0
  let isFull = false
  await parts.parse(
    part,
    {
      open(name, attributes) {
        count += 1
        const isBeyond = isFull && open.length > BLOCK_DEPTH
        if (left > 0 || isBeyond || count > MOST_ELEMENTS || open.length > DEEPEST) left += 1
        else open.push({ name, attributes, children: [], text: '' })
      },
      close() {
        if (left > 0) {
          left -= 1
          return
        }
        const closed = open.length > 1 ? open.pop() : undefined
        const parent = open.at(-1)
        if (closed === undefined || parent === undefined) return
        parent.children.push(closed)
        const isBlock = open.length === BLOCK_DEPTH + 1 && open[2]?.name === 'body'
        if (isBlock && isEnough(closed)) isFull = true
      },
      text(text) {
        const current = open.at(-1)
        if (left > 0 || current === undefined || open.length === 1) return
        const last = current.children.at(-1)
        if (last?.name === TEXT) current.children[current.children.length - 1] = joined(last, text)
        else if ((count += 1) <= MOST_ELEMENTS) current.children.push(textElement(text))
      },
    },
    SKIPPED,
  )
  return root.children[0] ?? root
}

function textElement(text: string): Element {
  return { name: TEXT, attributes: {}, children: [], text }
}

function joined(element: Element, text: string): Element {
  return { ...element, text: element.text + text }
}

/** All text within an element. */
export function textOf(element: Element | undefined): string {
  if (element === undefined) return ''
  return element.name === TEXT ? element.text : element.children.map(textOf).join('')
}
