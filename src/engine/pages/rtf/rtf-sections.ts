import type { Element } from '../element.ts'
import { makeElement } from '../slides/make-element.ts'

/** How pages are, in twentieths of a point. */
interface PageLook {
  width: number
  height: number
  left: number
  right: number
  top: number
  bottom: number
  header: number
  footer: number
}

/** Sections of a file: how their pages are, and what is in their margins. */
export interface RtfSections {
  /** Takes a control word that is about pages; others are passed over. */
  readonly change: (word: string, parameter: number | undefined) => void
  /** Takes the link to a header or a footer. */
  readonly addMargin: (word: string, link: string) => void
  readonly write: () => Element
}

/** Letter, and the margins that are meant where nothing is said. */
const PAGE: PageLook = {
  width: 12_240,
  height: 15_840,
  left: 1800,
  right: 1800,
  top: 1440,
  bottom: 1440,
  header: 720,
  footer: 720,
}

const WORDS: ReadonlyMap<string, keyof PageLook> = new Map<string, keyof PageLook>([
  ['pgwsxn', 'width'],
  ['pghsxn', 'height'],
  ['marglsxn', 'left'],
  ['margrsxn', 'right'],
  ['margtsxn', 'top'],
  ['margbsxn', 'bottom'],
  ['headery', 'header'],
  ['footery', 'footer'],
])

const OF_DOCUMENT: ReadonlyMap<string, keyof PageLook> = new Map<string, keyof PageLook>([
  ['paperw', 'width'],
  ['paperh', 'height'],
  ['margl', 'left'],
  ['margr', 'right'],
  ['margt', 'top'],
  ['margb', 'bottom'],
])

/** Headers and footers, and on which pages they are. */
const MARGINS: ReadonlyMap<string, readonly [kind: string, type: string]> = new Map([
  ['header', ['header', 'default']],
  ['headerr', ['header', 'default']],
  ['headerl', ['header', 'even']],
  ['headerf', ['header', 'first']],
  ['footer', ['footer', 'default']],
  ['footerr', ['footer', 'default']],
  ['footerl', ['footer', 'even']],
  ['footerf', ['footer', 'first']],
])

/** Begins to read how pages are. */
export function createRtfSections(): RtfSections {
  const ofDocument = { ...PAGE }
  let page = { ...ofDocument }
  let columns = 1
  let gap = 720
  let isContinuous = false
  let hasFirst = false
  /** What the margins have, by what they are; sections have those of the one before where they tell none. */
  const margins = new Map<string, Element>()

  return {
    change(word, parameter = 0) {
      const whole = OF_DOCUMENT.get(word)
      if (whole !== undefined && parameter >= 0) {
        ofDocument[whole] = parameter
        page[whole] = parameter
      }
      const own = WORDS.get(word)
      if (own !== undefined && parameter >= 0) page[own] = parameter
      if (word === 'sectd') {
        page = { ...ofDocument }
        columns = 1
        isContinuous = false
        hasFirst = false
      }
      if (word === 'cols') columns = Math.max(1, Math.min(12, parameter))
      if (word === 'colsx') gap = Math.max(0, parameter)
      if (word === 'sbknone') isContinuous = true
      if (word === 'titlepg') hasFirst = true
    },
    addMargin(word, link) {
      const [kind, type] = MARGINS.get(word) ?? []
      if (kind === undefined || type === undefined) return
      const reference = makeElement(`${kind}Reference`, { type, 'r:id': link })
      margins.set(`${kind} ${type}`, reference)
    },
    write: () =>
      makeElement('sectPr', {}, [
        ...margins.values(),
        makeElement('pgSz', { w: String(page.width), h: String(page.height) }),
        makeElement('pgMar', {
          left: String(page.left),
          right: String(page.right),
          top: String(page.top),
          bottom: String(page.bottom),
          header: String(page.header),
          footer: String(page.footer),
        }),
        columns > 1 ? makeElement('cols', { num: String(columns), space: String(gap) }) : undefined,
        makeElement('type', { val: isContinuous ? 'continuous' : 'nextPage' }),
        hasFirst ? makeElement('titlePg') : undefined,
      ]),
  }
}

/** Whether a control word begins a header or a footer. */
export function isMargin(word: string): boolean {
  return MARGINS.has(word)
}
