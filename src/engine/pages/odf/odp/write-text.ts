import { attributeOf, childrenOf, type Element } from '../../element.ts'
import { makeElement } from '../../slides/make-element.ts'
import { emu, lengthOf, toHex, toNumber, toPoints, toShare } from '../measures.ts'
import { indentsOf, levelOf } from '../odt/lists.ts'
import { TEXT, textOf } from '../read-tree.ts'
import { joinLooks, type Look, type OdfStyles, partOf, readLook, valueOf } from '../styles.ts'
import { writeSlideLetters } from './letters.ts'
import type { SlideContext } from './slide-context.ts'

/** Lists and spans within each other that are written, and spaces in a row. */
const MOST_WITHIN = 30
const MOST_SPACES = 256

/** How text in a shape looks where it says nothing itself. */
export interface TextGround {
  readonly look: Look
  /** How paragraphs of a level of an outline look, 0 the first. */
  readonly ofLevel: (level: number) => Look
  /** The style of lists that the shape has. */
  readonly list: Element | undefined
}

interface ListPlace {
  readonly style: Element | undefined
  readonly level: number
  readonly item: { isNew: boolean; readonly start: number | undefined } | undefined
}

/** Writes the paragraphs of a shape or a cell as a slide has them. */
export function writeParagraphs(
  elements: readonly Element[],
  ground: TextGround,
  context: SlideContext,
): readonly Element[] {
  const paragraphs: Element[] = []

  function add(element: Element, place: ListPlace | undefined, level: number): void {
    if (level > MOST_WITHIN) return
    if (element.name === 'p' || element.name === 'h') {
      paragraphs.push(writeParagraph(element, place, ground, context))
    } else if (element.name === 'list') {
      const style = context.styles.listStyle(attributeOf(element, 'style-name'))
      const within = {
        style: style ?? place?.style ?? ground.list,
        level: place === undefined ? 0 : place.level + 1,
      }
      for (const child of element.children) {
        if (child.name !== 'list-item' && child.name !== 'list-header') continue
        const start = toNumber(attributeOf(child, 'start-value'))
        const item = child.name === 'list-item' ? { isNew: true, start } : undefined
        for (const each of child.children) add(each, { ...within, item }, level + 1)
      }
    }
  }

  for (const element of elements) add(element, undefined, 0)
  return paragraphs
}

const ALIGNS: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({
    start: 'l',
    left: 'l',
    center: 'ctr',
    end: 'r',
    right: 'r',
    justify: 'just',
  }),
)

function writeParagraph(
  paragraph: Element,
  place: ListPlace | undefined,
  ground: TextGround,
  context: SlideContext,
): Element {
  const { styles } = context
  const level = Math.min(8, place?.level ?? 0)
  const under = place === undefined ? ground.look : ground.ofLevel(level)
  const look = over(under, 'paragraph', attributeOf(paragraph, 'style-name'), styles)
  const value = (name: string): string | undefined => valueOf(look, 'paragraph', name)
  const isReversed = value('writing-mode')?.startsWith('rl') ?? false
  const align = ALIGNS.get(value('text-align') ?? 'start') ?? 'l'
  const told = place === undefined ? undefined : levelOf(place.style, level)
  const hasLabel = place?.item?.isNew === true
  if (place?.item !== undefined) place.item.isNew = false
  const indents = told === undefined ? undefined : indentsOf(told)
  const own = {
    left: toPoints(value('margin-left') ?? value('margin')) ?? 0,
    first: toPoints(value('text-indent')) ?? 0,
  }
  // What a list says of indents is more than what its paragraphs say, unless it says where its labels stand.
  const [left, first] =
    indents === undefined
      ? [own.left, own.first]
      : indents.isMore
        ? [own.left + indents.left, own.first + (hasLabel ? indents.first : 0)]
        : [indents.left, hasLabel ? indents.first : 0]
  const runs = writeRuns(paragraph, look, context)
  return makeElement('p', {}, [
    makeElement(
      'pPr',
      {
        algn: isReversed && align === 'l' && value('text-align') !== 'left' ? 'r' : align,
        lvl: String(level),
        marL: emu(left),
        marR: emu(toPoints(value('margin-right') ?? value('margin')) ?? 0),
        indent: emu(first),
        rtl: isReversed ? '1' : '0',
      },
      [
        lineSpacing(look),
        spacing('spcBef', value('margin-top') ?? value('margin')),
        spacing('spcAft', value('margin-bottom') ?? value('margin')),
        ...(hasLabel && told !== undefined ? writeLabel(told, look, place, context) : [NO_BULLET]),
        writeTabs(look, left),
      ],
    ),
    ...runs,
    writeSlideLetters(look, styles, 'endParaRPr'),
  ])
}

const NO_BULLET = makeElement('buNone')

/** What a style of a family says, over what something is in. */
function over(under: Look, family: string, name: string | undefined, styles: OdfStyles): Look {
  return styles
    .chain(family, name)
    .toReversed()
    .reduce((sum, style) => joinLooks(sum, readLook(style)), under)
}

function lineSpacing(look: Look): Element | undefined {
  const height = valueOf(look, 'paragraph', 'line-height')
  const share = toShare(height)
  if (share !== undefined) {
    return makeElement('lnSpc', {}, [
      makeElement('spcPct', { val: String(Math.round(share * 100_000)) }),
    ])
  }
  return toPoints(height) === undefined ? undefined : spacing('lnSpc', height)
}

function spacing(name: string, value: string | undefined): Element {
  const points = Math.max(0, toPoints(value) ?? 0)
  return makeElement(name, {}, [makeElement('spcPts', { val: String(Math.round(points * 100)) })])
}

const TAB_ALIGNS: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({ center: 'ctr', right: 'r', char: 'dec' }),
)

const MOST_TABS = 50

function writeTabs(look: Look, left: number): Element | undefined {
  const stops = childrenOf(partOf(look, 'paragraph', 'tab-stops'), 'tab-stop').slice(0, MOST_TABS)
  if (stops.length === 0) return undefined
  return makeElement(
    'tabLst',
    {},
    stops.map((stop) =>
      makeElement('tab', {
        pos: emu(left + (lengthOf(stop, 'position') ?? 0)),
        algn: TAB_ALIGNS.get(attributeOf(stop, 'type') ?? '') ?? 'l',
      }),
    ),
  )
}

const KINDS: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({
    '1': 'arabic',
    a: 'alphaLc',
    A: 'alphaUc',
    i: 'romanLc',
    I: 'romanUc',
  }),
)

/** What stands in front of an item. */
function writeLabel(
  told: Element,
  look: Look,
  { item }: ListPlace,
  { styles }: SlideContext,
): readonly Element[] {
  const own = readLook(told)
  const share = toShare(valueOf(own, 'text', 'font-size'))
  const colour =
    valueOf(own, 'text', 'use-window-font-color') === 'true'
      ? undefined
      : toHex(valueOf(own, 'text', 'color'))
  const font = valueOf(own, 'text', 'font-name') ?? valueOf(own, 'text', 'font-family')
  const looks = [
    colour === undefined
      ? undefined
      : makeElement('buClr', {}, [makeElement('srgbClr', { val: colour })]),
    share === undefined
      ? undefined
      : makeElement('buSzPct', { val: String(Math.round(share * 100_000)) }),
  ].filter((each) => each !== undefined)
  if (told.name === 'list-level-style-image')
    return [...looks, makeElement('buChar', { char: '•' })]
  if (told.name === 'list-level-style-bullet') {
    const name = font === undefined ? undefined : styles.font(font)
    const sign = attributeOf(told, 'bullet-char') ?? ''
    // Signs that only a font of LibreOffice has are mostly dots.
    const letter = /wingdings|webdings|^symbol$/i.test(name ?? '')
      ? sign
      : sign.replace(/[\ue000-\uf8ff]/g, '•')
    const typeface = name === undefined ? [] : [makeElement('buFont', { typeface: name })]
    return letter === '' || toPoints(valueOf(look, 'text', 'font-size')) === 0
      ? [NO_BULLET]
      : [...looks, ...typeface, makeElement('buChar', { char: letter })]
  }
  const kind = KINDS.get(attributeOf(told, 'num-format') ?? '')
  if (kind === undefined) return [NO_BULLET]
  const before = attributeOf(told, 'num-prefix') ?? ''
  const behind = attributeOf(told, 'num-suffix') ?? ''
  const around = behind.includes(')')
    ? before.includes('(')
      ? 'ParenBoth'
      : 'ParenR'
    : behind.includes('.')
      ? 'Period'
      : 'Plain'
  const start = item?.start ?? toNumber(attributeOf(told, 'start-value')) ?? 1
  return [
    ...looks,
    makeElement('buAutoNum', {
      type: kind + around,
      startAt: String(Math.max(1, Math.trunc(start))),
    }),
  ]
}

/** What is not text that stands there. */
const SKIPPED: ReadonlySet<string> = new Set(
  'annotation note ruby-text bookmark bookmark-start bookmark-end soft-page-break'.split(' '),
)

/** The fields that a slide has the text of. */
const DECLARED = ['footer', 'header', 'date-time'] as const

function writeRuns(
  paragraph: Element,
  look: Look,
  { styles, declared }: SlideContext,
): readonly Element[] {
  const runs: Element[] = []
  let isSpaced = true

  function addRun(text: string, runLook: Look): void {
    const letters = writeSlideLetters(runLook, styles)
    runs.push(makeElement('r', {}, [letters, makeElement('t', {}, [], text)]))
  }

  function addText(text: string, runLook: Look): void {
    const single = text.replaceAll(/[ \t\r\n]+/g, ' ')
    const shown = isSpaced && single.startsWith(' ') ? single.slice(1) : single
    if (shown === '') return
    isSpaced = shown.endsWith(' ')
    addRun(shown, runLook)
  }

  function read(element: Element, runLook: Look, level: number): void {
    if (level > MOST_WITHIN || SKIPPED.has(element.name)) return
    if (valueOf(runLook, 'text', 'display') === 'none') return
    const field = DECLARED.find((name) => name === element.name)
    if (field !== undefined) {
      isSpaced = false
      return addRun(declared[field] ?? textOf(element), runLook)
    }
    switch (element.name) {
      case TEXT:
        return addText(element.text, runLook)
      case 's': {
        const count = toNumber(attributeOf(element, 'c')) ?? 1
        isSpaced = false
        return addRun(' '.repeat(Math.min(MOST_SPACES, Math.max(1, Math.trunc(count)))), runLook)
      }
      case 'tab':
        isSpaced = true
        return addRun('\t', runLook)
      case 'line-break': {
        isSpaced = true
        runs.push(makeElement('br', {}, [writeSlideLetters(runLook, styles)]))
        return
      }
      case 'page-number': {
        isSpaced = false
        const shown = makeElement('t', {}, [], textOf(element))
        runs.push(
          makeElement('fld', { type: 'slidenum' }, [writeSlideLetters(runLook, styles), shown]),
        )
        return
      }
      default: {
        const name = attributeOf(element, 'style-name')
        const within = name === undefined ? runLook : over(runLook, 'text', name, styles)
        for (const child of element.children) read(child, within, level + 1)
      }
    }
  }

  for (const child of paragraph.children) read(child, look, 0)
  return runs
}
