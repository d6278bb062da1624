import { attributeOf, childOf, type Element } from '../../element.ts'
import { makeElement } from '../../slides/make-element.ts'
import { lengthOf, toNumber, twips } from '../measures.ts'
import { joinLooks, type Look, type OdfStyles, readLook } from '../styles.ts'
import { writeLetters } from './letters.ts'

/** The levels that Word has. */
const MOST_LEVELS = 9

/** More lists than a document has. */
const MOST_LISTS = 20_000

/** The lists of a document as Word numbers them. */
export interface Lists {
  /**
   * The list of a style that begins.
   *
   * @param start - the number of its first item of a level, where it is told
   */
  readonly begin: (
    style: string,
    styles: OdfStyles,
    start?: { readonly number: number; readonly level: number },
  ) => string
  /** What is in the part of lists. */
  readonly write: () => Element
}

/** Makes what lists are gathered in. */
export function createLists(): Lists {
  const kinds: Element[] = []
  const byStyle = new Map<Element, string>()
  const lists: Element[] = []
  return {
    begin(style, styles, start) {
      const element = styles.listStyle(style)
      if (element === undefined || lists.length >= MOST_LISTS) return '0'
      const kind = byStyle.get(element) ?? String(kinds.length)
      if (!byStyle.has(element)) {
        byStyle.set(element, kind)
        kinds.push(writeKind(element, kind, styles))
      }
      const id = String(lists.length + 1)
      lists.push(
        makeElement('num', { numId: id }, [
          makeElement('abstractNumId', { val: kind }),
          // Each list counts by itself.
          makeElement('lvlOverride', { ilvl: String(start?.level ?? 0) }, [
            start === undefined
              ? undefined
              : makeElement('startOverride', { val: String(Math.trunc(start.number)) }),
          ]),
        ]),
      )
      return id
    },
    write: () => makeElement('numbering', {}, [...kinds, ...lists]),
  }
}

function writeKind(style: Element, id: string, styles: OdfStyles): Element {
  const levels = style.children
    .filter(({ name }) => /^(list|outline)-level-style/.test(name))
    .flatMap((level) => {
      const at = Math.trunc(toNumber(attributeOf(level, 'level')) ?? 1) - 1
      return at >= 0 && at < MOST_LEVELS ? [writeLevel(level, at, styles)] : []
    })
  return makeElement('abstractNum', { abstractNumId: id }, levels)
}

const FORMATS: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({
    '1': 'decimal',
    a: 'lowerLetter',
    A: 'upperLetter',
    i: 'lowerRoman',
    I: 'upperRoman',
  }),
)

function writeLevel(level: Element, at: number, styles: OdfStyles): Element {
  const isNumbered = /number$|^outline/.test(level.name)
  const before = attributeOf(level, 'num-prefix') ?? ''
  const behind = attributeOf(level, 'num-suffix') ?? ''
  const kind = attributeOf(level, 'num-format') ?? ''
  const shown = Math.min(at + 1, Math.max(1, toNumber(attributeOf(level, 'display-levels')) ?? 1))
  const numbers = Array.from({ length: shown }, (_, index) => `%${at - shown + index + 2}`)
  const letter = level.name.endsWith('bullet') ? (attributeOf(level, 'bullet-char') ?? '•') : '•'
  const look = joinLooks(
    styles.look('text', attributeOf(level, 'style-name') ?? undefined),
    readLook(level),
  )
  const text = isNumbered ? (kind === '' ? '' : before + numbers.join('.') + behind) : letter
  const { left, first, behindLabel } = indentsOf(level)
  return makeElement('lvl', { ilvl: String(at) }, [
    makeElement('start', { val: attributeOf(level, 'start-value') ?? '1' }),
    makeElement('numFmt', {
      val: isNumbered ? (FORMATS.get(kind) ?? 'decimal') : 'bullet',
    }),
    makeElement('suff', { val: text === '' ? 'nothing' : behindLabel }),
    makeElement('lvlText', { val: text }),
    makeElement('pPr', {}, [
      makeElement('ind', {
        left: twips(left),
        ...(first < 0 ? { hanging: twips(-first) } : { firstLine: twips(first) }),
      }),
    ]),
    ofLabel(look, level, styles),
  ])
}

/** How the label looks, as far as that is told. */
function ofLabel(look: Look, level: Element, styles: OdfStyles): Element | undefined {
  const own = readLook(level).text?.attributes ?? {}
  const told = new Set(['rFonts', 'b', 'i', 'color', 'sz'])
  if (look.text === undefined || Object.keys(look.text.attributes).length === 0) return undefined
  const letters = writeLetters(look, styles)
  const has = (name: string): boolean => look.text?.attributes[name] !== undefined
  if (!has('font-size')) told.delete('sz')
  if (!has('color')) told.delete('color')
  if (own['font-name'] === undefined && !has('font-name')) told.delete('rFonts')
  return makeElement(
    'rPr',
    {},
    letters.children.filter(({ name }) => told.has(name)),
  )
}

/** How far items of a level are indented, in points. */
export interface ListIndents {
  readonly left: number
  readonly first: number
  readonly behindLabel: 'tab' | 'space' | 'nothing'
  /** Whether a paragraph is indented by this much more than it says itself. */
  readonly isMore: boolean
}

/** Reads how items of a level are indented, which was told otherwise before OpenDocument 1.2. */
export function indentsOf(level: Element | undefined): ListIndents {
  const properties = childOf(level, 'list-level-properties')
  const label = childOf(properties, 'list-level-label-alignment')
  if (label !== undefined) {
    const followed = attributeOf(label, 'label-followed-by')
    return {
      left: lengthOf(label, 'margin-left') ?? 0,
      first: lengthOf(label, 'text-indent') ?? 0,
      behindLabel: followed === 'space' ? 'space' : followed === 'nothing' ? 'nothing' : 'tab',
      isMore: false,
    }
  }
  const width = lengthOf(properties, 'min-label-width') ?? 0
  return {
    left: (lengthOf(properties, 'space-before') ?? 0) + width,
    first: -width,
    behindLabel: width > 0 ? 'tab' : 'space',
    isMore: true,
  }
}

/** What a style of lists says of a level, 0 the first. */
export function levelOf(style: Element | undefined, level: number): Element | undefined {
  return style?.children.find(
    (each) =>
      /^(list|outline)-level-style/.test(each.name) &&
      toNumber(attributeOf(each, 'level')) === level + 1,
  )
}
