import type { LegacyDocument } from '../../../packages/compound.ts'
import type { Package } from '../../../packages/package.ts'
import { openPpt, type PptFile, type PptPage } from '../../text/legacy/ppt-file.ts'
import { type PptRecord, readPptRecords } from '../../text/legacy/ppt-records.ts'
import type { Element } from '../element.ts'
import { createPartLinks } from '../odf/part-links.ts'
import { makeElement } from '../slides/make-element.ts'
import { createWrittenPackage } from '../written-package.ts'
import { readScheme, type Scheme, USUAL_SCHEME } from './colours.ts'
import { createPictures } from './pictures.ts'
import type { PptContext, StandIn } from './ppt-context.ts'
import { readPptTexts } from './read-text.ts'
import { PROPERTIES, readProperties, type ShapeProperties } from './shape-properties.ts'
import { type PptLook, readMasterStyle } from './text-styles.ts'
import { readMasterShapes, writePptShapes } from './write-shapes.ts'

/** What the main part of a written presentation is called. */
export const MAIN = 'written/presentation.xml'

/** Records of a presentation ([MS-PPT] 2.13.24). */
const DOCUMENT_FACTS = 0x3e9
const ENVIRONMENT = 0x3f2
const DRAWING_GROUP = 0x40b
const GROUP = 0xf000
const FONTS = 0x7d5
const FONT = 0xfb7
const SLIDE_FACTS = 0x3ef
const SHOW_FACTS = 0x3f9
const SCHEME = 0x7f0
const MASTER_STYLE = 0xfa3
const MARGINS = 0xfd9
const MARGIN_FACTS = 0xfda
const WORDS = 0xfba

/** The scheme that a slide is drawn in, among those that it may be given. */
const OF_SLIDE = 1

/** What a slide has of its master. */
const HAS_OBJECTS = 1
const HAS_SCHEME = 2
const HAS_BACKGROUND = 4

const IS_HIDDEN = 4

/** A screen, in 576ths of an inch, where nothing is said. */
const USUAL_SIZE = { width: 5760, height: 4320 }
const UNIT = 914_400 / 576

/** More slides than are drawn. */
const MOST_SLIDES = 2000

/** Kinds of placeholders that a master shows on slides, by the flags of these that say so. */
const SHOWN: ReadonlyMap<number, number> = new Map([
  [7, 0x01],
  [8, 0x08],
  [9, 0x20],
  [10, 0x10],
])

/** What words beside those flags are of. */
const WORDS_OF: ReadonlyMap<number, StandIn> = new Map<number, StandIn>([
  [0, 'date'],
  [1, 'header'],
  [2, 'footer'],
])

/**
 * Writes a presentation of 1997 to 2003 as a PPTX, as far as its looks are alike.
 *
 * @throws {@link OperationError} or a `RangeError` when it is damaged
 */
export function writePptAsPptx(source: LegacyDocument): Package {
  const file = openPpt(source)
  const files = new Map<string, Buffer>()
  const roots = new Map<string, Element>()
  const records = Array.from(readPptRecords(file.document))
  const find = (type: number): PptRecord | undefined => records.find((each) => each.type === type)
  const drawings = find(DRAWING_GROUP)?.data
  const environment = find(ENVIRONMENT)?.data
  const findPicture = createPictures(drawings, source, files)
  const whole = {
    fonts: readFonts(environment),
    usual: readUsual(drawings),
    ofDocument: readStyles(environment),
    margins: records.filter(({ type, instance }) => type === MARGINS && instance === 3)[0],
  }
  const masters = new Map(file.list('masters').map((page) => [page.id, page]))
  const main = createPartLinks(files)
  const ids = file
    .list('slides')
    .slice(0, MOST_SLIDES)
    .flatMap((page, index) => {
      const name = `slide${index + 1}`
      const links = createPartLinks(files)
      const pictureLink = (number: number): string | undefined => {
        const picture = findPicture(number)
        return picture === undefined ? undefined : links.add('image', picture)
      }
      const slide = writeSlide(page, { file, masters, whole, pictureLink })
      if (slide === undefined) return []
      roots.set(`written/${name}.xml`, slide)
      roots.set(`written/_rels/${name}.xml.rels`, links.write())
      const id = main.add('slide', `written/${name}.xml`)
      return id === undefined ? [] : [makeElement('sldId', { 'r:id': id })]
    })
  const facts = find(DOCUMENT_FACTS)?.data
  const size = {
    width: facts?.readInt32LE(0) || USUAL_SIZE.width,
    height: facts?.readInt32LE(4) || USUAL_SIZE.height,
  }
  roots.set(
    MAIN,
    makeElement(
      'presentation',
      { firstSlideNum: facts && facts.length >= 34 ? String(facts.readUInt16LE(32)) : undefined },
      [
        makeElement('sldIdLst', {}, ids),
        makeElement('sldSz', { cx: emu(size.width), cy: emu(size.height) }),
      ],
    ),
  )
  roots.set('written/_rels/presentation.xml.rels', main.write())
  return createWrittenPackage({ roots, files })
}

function emu(units: number): string {
  return String(Math.round(units * UNIT))
}

/** What all slides have. */
interface Whole {
  readonly fonts: readonly string[]
  readonly usual: ShapeProperties | undefined
  readonly ofDocument: ReadonlyMap<number, readonly PptLook[]>
  readonly margins: PptRecord | undefined
}

/** What slides are written with. */
interface SlideTools {
  readonly file: PptFile
  readonly masters: ReadonlyMap<number, PptPage>
  readonly whole: Whole
  readonly pictureLink: PptContext['pictureLink']
}

function readFonts(environment: Buffer | undefined): readonly string[] {
  const fonts: string[] = []
  for (const each of environment === undefined ? [] : readPptRecords(environment)) {
    if (each.type !== FONTS) continue
    for (const { type, instance, data } of readPptRecords(each.data)) {
      if (type !== FONT) continue
      fonts[instance] = data.toString('utf16le', 0, 64).replace(/\0.*$/s, '')
    }
  }
  return fonts
}

/** What shapes say that say nothing themselves. */
function readUsual(drawings: Buffer | undefined): ShapeProperties | undefined {
  for (const group of drawings === undefined ? [] : readPptRecords(drawings)) {
    if (group.type !== GROUP) continue
    for (const each of readPptRecords(group.data)) {
      if (each.type === PROPERTIES) return readProperties(each, undefined)
    }
  }
  return undefined
}

function readStyles(holder: Buffer | undefined): ReadonlyMap<number, readonly PptLook[]> {
  const styles = new Map<number, readonly PptLook[]>()
  for (const { type, instance, data } of holder === undefined ? [] : readPptRecords(holder)) {
    if (type === MASTER_STYLE) styles.set(instance, readMasterStyle(data, instance))
  }
  return styles
}

/** What a slide or a master says of itself. */
interface PageFacts {
  readonly master: number
  readonly flags: number
  readonly scheme: Scheme | undefined
  readonly isHidden: boolean
  readonly margins: PptRecord | undefined
}

function readFacts(page: Buffer): PageFacts {
  let facts: PageFacts = {
    master: 0,
    flags: 7,
    scheme: undefined,
    isHidden: false,
    margins: undefined,
  }
  for (const record of readPptRecords(page)) {
    const { type, data, instance } = record
    if (type === SLIDE_FACTS && data.length >= 22) {
      facts = { ...facts, master: data.readUInt32LE(12), flags: data.readUInt16LE(20) }
    }
    if (type === SHOW_FACTS && data.length >= 12) {
      facts = { ...facts, isHidden: (data.readUInt16LE(10) & IS_HIDDEN) !== 0 }
    }
    if (type === SCHEME && instance === OF_SLIDE) facts = { ...facts, scheme: readScheme(data) }
    if (type === MARGINS) facts = { ...facts, margins: record }
  }
  return facts
}

/** Titles may have a master of their own, which is based on another one. */
const MOST_MASTERS = 3

function mastersOf(facts: PageFacts, { file, masters }: SlideTools): readonly Buffer[] {
  const found: Buffer[] = []
  let next = facts.master
  while (found.length < MOST_MASTERS) {
    const page = masters.get(next)
    const master = page && file.find(page.reference)
    if (master === undefined || found.includes(master)) break
    found.push(master)
    next = readFacts(master).master
  }
  return found
}

function writeSlide(page: PptPage, tools: SlideTools): Element | undefined {
  const { file, whole, pictureLink } = tools
  const slide = file.find(page.reference)
  if (slide === undefined) return undefined
  const facts = readFacts(slide)
  const masters = mastersOf(facts, tools)
  const ofMasters = masters.map(readFacts)
  const schemeOfMaster = ofMasters.map(({ scheme }) => scheme).find((each) => each !== undefined)
  const scheme =
    (facts.flags & HAS_SCHEME ? schemeOfMaster : facts.scheme) ??
    schemeOfMaster ??
    facts.scheme ??
    USUAL_SCHEME
  const styles = new Map([
    ...whole.ofDocument,
    ...masters.toReversed().flatMap((master) => [...readStyles(master)]),
  ])
  const margins = readMargins(facts.margins ?? whole.margins)
  const base: PptContext = {
    scheme,
    fonts: whole.fonts,
    styles,
    outline: [],
    pictureLink,
    usual: whole.usual,
    ofMaster: new Map(),
    declared: margins.words,
  }
  const isShown = (kind: number): boolean => ((SHOWN.get(kind) ?? 0) & margins.flags) !== 0
  const [master] = masters
  const ofMaster = new Map(
    masters.toReversed().flatMap((each) => [...readMasterShapes(each, base)]),
  )
  const behind = masters.map((each) => writePptShapes(each, { ...base, ofMaster }, isShown))
  const own = writePptShapes(
    slide,
    { ...base, ofMaster, outline: readPptTexts(page.records) },
    () => true,
  )
  const background =
    facts.flags & HAS_BACKGROUND
      ? behind.find((each) => each.background !== undefined)?.background
      : (own.background ?? behind[0]?.background)
  const showsMaster = master !== undefined && (facts.flags & HAS_OBJECTS) !== 0
  return makeElement('sld', { show: facts.isHidden ? '0' : undefined }, [
    makeElement('cSld', {}, [
      background && makeElement('bg', {}, [makeElement('bgPr', {}, [background])]),
      makeElement('spTree', {}, [...(showsMaster ? (behind[0]?.shapes ?? []) : []), ...own.shapes]),
    ]),
  ])
}

interface Margins {
  readonly flags: number
  readonly words: PptContext['declared']
}

function readMargins(record: PptRecord | undefined): Margins {
  let flags = 0
  const words: Partial<Record<StandIn, string>> = {}
  for (const { type, instance, data } of record === undefined ? [] : readPptRecords(record.data)) {
    if (type === MARGIN_FACTS && data.length >= 4) flags = data.readUInt16LE(2)
    const kind = WORDS_OF.get(instance)
    if (type === WORDS && kind !== undefined) words[kind] = data.toString('utf16le')
  }
  return { flags, words }
}
