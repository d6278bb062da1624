import { type Attributes, readAttribute } from '../../packages/markup.ts'

/** Follows what of a document nobody sees. */
export interface OdfHiding {
  open(name: string, attributes: Attributes): void
  close(name: string): void
  /** Whether text here is hidden. */
  isHidden(): boolean
}

/** Elements that may be hidden, each with all that is in it. */
const CONTAINERS: ReadonlySet<string> = new Set(
  'p h span section variable-set variable-get user-field-get hidden-text'.split(' '),
)

/** Follows paragraphs, spans and sections that are hidden, by themselves or by their style (OpenDocument 1.3, part 3, 20.402). */
export function createOdfHiding(): OdfHiding {
  const hidingStyles = new Set<string>()
  let style = ''
  /** Whether each of the open containers is hidden. */
  const open: boolean[] = []
  let hidden = 0

  function hide(index: number): void {
    if (open[index] === false) {
      open[index] = true
      hidden += 1
    }
  }

  function isHiding(attributes: Attributes): boolean {
    const read = (attribute: string): string => readAttribute(attributes, attribute) ?? ''
    const isConditional = read('display') === 'condition' || read('condition') !== ''
    return (
      read('display') === 'none' ||
      (isConditional && read('is-hidden') === 'true') ||
      hidingStyles.has(read('style-name'))
    )
  }

  return {
    open(name, attributes) {
      if (name === 'style') {
        style = readAttribute(attributes, 'name') ?? ''
        if (hidingStyles.has(readAttribute(attributes, 'parent-style-name') ?? '')) {
          hidingStyles.add(style)
        }
      }
      if (name === 'text-properties' && style !== '') {
        const display = readAttribute(attributes, 'display')
        if (display === 'none') hidingStyles.add(style)
        else if (display !== undefined) hidingStyles.delete(style)
      }
      if (name === 'hidden-paragraph' && readAttribute(attributes, 'is-hidden') === 'true') {
        hide(open.length - 1)
      }
      if (!CONTAINERS.has(name)) return
      open.push(false)
      if (isHiding(attributes)) hide(open.length - 1)
    },
    close(name) {
      if (name === 'style') style = ''
      if (CONTAINERS.has(name) && open.pop() === true) hidden -= 1
    },
    isHidden: () => hidden > 0,
  }
}
