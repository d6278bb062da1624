import { corruptSource } from '../../../base/operation-error.ts'
import { tooMany } from '../../../packages/document-errors.ts'
import type { Package } from '../../../packages/package.ts'
import { readCodePage } from '../../../sources/encoding/code-pages.ts'
import { decoderOf } from '../../../sources/encoding/decoder.ts'
import { isLeadByte, readFontCharset } from '../../text/rtf-charsets.ts'
import { readRtfTokens } from '../../text/rtf-tokens.ts'
import { RTF_CHARACTERS, RTF_ENTERED, RTF_SKIPPED } from '../../text/rtf-words.ts'
import { isSymbolFont, readSymbol, readSymbols } from '../../text/symbols.ts'
import type { Element } from '../element.ts'
import { createPartLinks, type PartLinks } from '../odf/part-links.ts'
import { makeElement } from '../slides/make-element.ts'
import { createWrittenPackage } from '../written-package.ts'
import { createRtfFlow, type RtfFlow } from './rtf-flow.ts'
import {
  changeLetters,
  PLAIN,
  type RtfLetters,
  type RtfTables,
  writeRtfLetters,
} from './rtf-looks.ts'
import { changeParagraph, newParagraph } from './rtf-paragraphs.ts'
import {
  addToPicture,
  bytesOf,
  changeBox,
  changePicture,
  newBox,
  newPicture,
  type RtfBox,
  type RtfPicture,
  writeRtfBox,
  writeRtfPicture,
} from './rtf-pictures.ts'
import { changeRow, newRow } from './rtf-rows.ts'
import { createRtfSections, isMargin } from './rtf-sections.ts'

/** What the main part of a written document is called. */
export const MAIN = 'written/document.xml'

/** Groups within groups, pictures, and letters that stand on no page that is drawn. */
const MOST_GROUPS = 4000
const MOST_PICTURES = 300
const MOST_LETTERS = 20_000

/** Groups that hold what is drawn though old readers, or those of text alone, pass them over. */
const DRAWN: ReadonlySet<string> = new Set(['listtext', 'pntext', 'pict'])

/** Characters of fonts of symbols, whichever font is named. */
const PRIVATE = /[\uf000-\uf0ff]/g

/** A story that is written beside the one that it is in. */
interface Story {
  readonly kind: 'body' | 'margin' | 'note' | 'box'
  readonly word: string
  readonly flow: RtfFlow
  readonly links: PartLinks
  readonly box: RtfBox
}

/** What a group changes until it ends. */
interface Group {
  readonly letters: RtfLetters
  readonly isSkipped: boolean
  readonly standIns: number
  readonly story: Story
  readonly picture: RtfPicture | undefined
  readonly box: RtfBox | undefined
  /** The code of the field that the group is the result of. */
  readonly code: string
  /** Whether it is what stands before an item of a list, whose paragraph it says nothing of. */
  readonly isLabel: boolean
  /** Whether it is a property of a shape, of which pictures alone are drawn. */
  readonly isProperty: boolean
}

interface Font {
  readonly name: string
  readonly encoding: string | undefined
}

/**
 * Writes an RTF file as a DOCX, as far as its looks are alike.
 *
 * @param chunks - the bytes of the file
 * @param count - how many pages of it are wanted
 * @throws {@link OperationError} when the file ends before its text does, or its groups are nested thousands deep
 */
export function writeRtfAsDocx(chunks: Iterable<Buffer>, count: number): Package {
  const files = new Map<string, Buffer>()
  const roots = new Map<string, Element>()
  const fonts = new Map<number, Font>()
  const colours: (string | undefined)[] = []
  const notes: Element[] = []
  const links = createPartLinks(files)
  const noteLinks = createPartLinks(files)
  const sections = createRtfSections()
  let colour: { red: number; green: number; blue: number; isTold: boolean } = NO_COLOUR
  let codePage = readCodePage(1252)
  let defaultFont = -1
  let margins = 0
  let pictures = 0
  let left = MOST_LETTERS * count

  const tables: RtfTables = {
    fontName: (number) => fonts.get(number ?? defaultFont)?.name,
    colour: (number) => colours[number],
  }
  const body: Story = { kind: 'body', word: '', flow: createRtfFlow(tables), links, box: newBox() }
  let group: Group = {
    letters: PLAIN,
    isSkipped: true,
    standIns: 1,
    story: body,
    picture: undefined,
    box: undefined,
    code: '',
    isLabel: false,
    isProperty: false,
  }
  const stack: Group[] = []
  let table: { readonly depth: number; readonly of: 'fonts' | 'colours'; font: number } | undefined
  let field: { readonly depth: number; code: string } | undefined
  let isStarred = false
  let standIns = 0
  let bytes: number[] = []
  let awaitsSecond = false
  let hasEnded = false

  const font = (): Font =>
    fonts.get(group.letters.font ?? defaultFont) ?? { name: '', encoding: undefined }
  const encoding = (): string => font().encoding ?? codePage
  const flow = (): RtfFlow => group.story.flow

  function change(changes: Partial<Group>): void {
    flush()
    group = { ...group, ...changes }
  }

  function flush(): void {
    if (bytes.length === 0) return
    const read = Buffer.from(bytes)
    bytes = []
    awaitsSecond = false
    write(isSymbolFont(font().name) ? read.toString('latin1') : decoderOf(encoding()).decode(read))
  }

  function write(text: string): void {
    if (group.isSkipped || text === '' || left <= 0) return
    left -= text.length
    const { name } = font()
    const shown = readSymbols(name, text).replaceAll(
      PRIVATE,
      (letter) => readSymbol('Symbol', letter.charCodeAt(0)) || '•',
    )
    // The letters of fonts of symbols are those of usual fonts then.
    const letters = isSymbolFont(name) ? { ...group.letters, font: -1 } : group.letters
    const content = shown
      .split('\t')
      .flatMap((piece, index) => [
        ...(index > 0 ? [makeElement('tab')] : []),
        ...(piece === '' ? [] : [makeElement('t', {}, [], piece)]),
      ])
    const run = makeElement('r', {}, [writeRtfLetters(letters, tables), ...content])
    flow().addRun(/^\s*PAGE\b/i.test(group.code) ? inField(run) : run)
  }

  function addByte(byte: number): void {
    if (group.isSkipped || group.picture !== undefined) return
    if (standIns > 0) {
      standIns -= 1
      return
    }
    bytes.push(byte)
    awaitsSecond = !awaitsSecond && isLeadByte(byte, encoding())
    if (bytes.length > 4096 && !awaitsSecond) flush()
  }

  function addText(text: string): void {
    if (group.picture !== undefined) return addToPicture(group.picture, text)
    if (table !== undefined) return addToTable(table, text)
    if (field !== undefined) {
      field.code += text.slice(0, 1000)
      return
    }
    const passed = Math.min(standIns, text.length)
    standIns -= passed
    const rest = text.slice(passed)
    if (group.isSkipped || rest === '') return
    if (awaitsSecond || /[\x80-\xff]/.test(rest)) {
      for (const byte of Buffer.from(rest, 'latin1')) addByte(byte)
      return
    }
    flush()
    write(rest)
  }

  function addToTable({ depth, of, font: number }: NonNullable<typeof table>, text: string): void {
    if (of === 'fonts') {
      const name = text.replace(/;.*/, '').trim()
      if (stack.length > depth + 1 || name === '') return
      fonts.set(number, { encoding: undefined, ...fonts.get(number), name })
      return
    }
    for (const letter of text) {
      if (letter !== ';' || colours.length > 5000) continue
      const { red, green, blue, isTold } = colour
      colours.push(
        isTold ? Buffer.from([red, green, blue]).toString('hex').toUpperCase() : undefined,
      )
      colour = NO_COLOUR
    }
  }

  function defineTable(word: string, parameter = 0): void {
    if (table?.of === 'fonts') {
      if (word === 'f') table.font = parameter
      const known = fonts.get(table.font) ?? { name: '' }
      if (word === 'fcharset') {
        fonts.set(table.font, { ...known, encoding: readFontCharset(parameter) })
      }
      if (word === 'cpg') fonts.set(table.font, { ...known, encoding: readCodePage(parameter) })
    } else if (word === 'red' || word === 'green' || word === 'blue') {
      colour = { ...colour, [word]: parameter & 0xff, isTold: true }
    }
  }

  function control(word: string, parameter: number | undefined): void {
    const starred = isStarred
    isStarred = word === '*'
    if (isStarred || hasEnded) return
    if (table !== undefined) return defineTable(word, parameter)
    if (group.box !== undefined && (word === 'sp' || word === 'sv')) {
      return change({ isSkipped: true, isProperty: true })
    }
    if (group.picture !== undefined) return changePicture(group.picture, word, parameter)
    if (DRAWN.has(word)) {
      return change(word === 'pict' ? { picture: newPicture() } : { isLabel: true })
    }
    if ((RTF_SKIPPED.has(word) && parameter !== 0) || (starred && !RTF_ENTERED.has(word))) {
      change({ isSkipped: true })
      if (word === 'fonttbl') table = { depth: stack.length, of: 'fonts', font: 0 }
      if (word === 'colortbl') table = { depth: stack.length, of: 'colours', font: 0 }
      if (word === 'fldinst') field ??= { depth: stack.length, code: '' }
      return
    }
    if (starred && word === 'ud') return change({ isSkipped: false })
    if (word === 'uc') return change({ standIns: Math.max(parameter ?? 1, 0) })
    if (word === 'ansicpg') codePage = readCodePage(parameter ?? 1252)
    if (word === 'deff') defaultFont = parameter ?? -1
    if (word === 'mac') codePage = 'macintosh'
    if (word === 'pc') codePage = readCodePage(437)
    if (word === 'pca') codePage = readCodePage(850)
    if (word === 'rtf') return change({ isSkipped: false })
    // The label of an item looks as the item does.
    if (group.isLabel && word === 'plain') return
    const letters = changeLetters(group.letters, word, parameter)
    if (letters !== undefined) return change({ letters })
    if (group.isSkipped) return
    if (word === 'shp') return change({ box: newBox() })
    if (group.box !== undefined) changeBox(group.box, word, parameter)
    if (word === 'u') return addUnit(parameter ?? 0)
    if (isMargin(word) || word === 'footnote' || word === 'shptxt') return beginStory(word)
    writeWord(word, parameter)
  }

  function beginStory(word: string): void {
    const kind = word === 'footnote' ? 'note' : word === 'shptxt' ? 'box' : 'margin'
    const own =
      kind === 'note' ? noteLinks : kind === 'box' ? group.story.links : createPartLinks(files)
    const box = group.box ?? newBox()
    change({ story: { kind, word, flow: createRtfFlow(tables), links: own, box }, letters: PLAIN })
  }

  function endStory({ kind, word, flow: ended, links: own, box }: Story, before: Group): void {
    const blocks = ended.take(PLAIN)
    if (kind === 'margin') {
      margins += 1
      const name = `${word.startsWith('header') ? 'header' : 'footer'}${margins}`
      writePart(name, makeElement('hdr', {}, blocks), own)
      const id = links.add(name.replace(/\d+/, ''), `written/${name}.xml`)
      if (id !== undefined) sections.addMargin(word, id)
      return
    }
    const look = writeRtfLetters(before.letters, tables)
    if (kind === 'box') {
      before.story.flow.addRun(makeElement('r', {}, [look, writeRtfBox(box, blocks)]))
      return
    }
    const id = String(notes.length + 1)
    notes.push(makeElement('footnote', { id }, blocks))
    // What refers to it is written already, as the number that it has.
    before.story.flow.addRun(
      makeElement('r', {}, [
        makeElement('rPr', {}, [...look.children, makeElement('vanish')]),
        makeElement('footnoteReference', { id }),
      ]),
    )
  }

  function writePart(name: string, root: Element, own: PartLinks): void {
    roots.set(`written/${name}.xml`, root)
    roots.set(`written/_rels/${name}.xml.rels`, own.write())
  }

  function addUnit(code: number): void {
    flush()
    write(String.fromCharCode(code & 0xffff))
    standIns = group.standIns
  }

  function addElement(name: string, attributes: Readonly<Record<string, string>> = {}): void {
    flush()
    const look = writeRtfLetters(group.letters, tables)
    flow().addRun(makeElement('r', {}, [look, makeElement(name, attributes)]))
  }

  function writeWord(word: string, parameter: number | undefined): void {
    const characters = RTF_CHARACTERS.get(word)
    if (characters !== undefined) {
      if (awaitsSecond && /[\\{}]/.test(word)) return addByte(word.charCodeAt(0))
      flush()
      if (standIns > 0) standIns -= 1
      else write(characters)
      return
    }
    flush()
    const current = flow()
    switch (word) {
      case 'par':
      case '\r':
      case '\n':
        return current.endParagraph(group.letters)
      case 'pard':
        if (!group.isLabel) current.paragraph = newParagraph()
        return
      case 'line':
        return addElement('br')
      case 'page':
        return addElement('br', { type: 'page' })
      case 'column':
        return addElement('br', { type: 'column' })
      case 'chpgn':
        return current.addRun(
          inField(
            makeElement('r', {}, [
              writeRtfLetters(group.letters, tables),
              makeElement('t', {}, [], '1'),
            ]),
          ),
        )
      case 'chftn':
        return addNumber(current)
      case 'cell':
        return current.endCell(group.letters)
      case 'nestcell':
        return current.endParagraph(group.letters)
      case 'row':
        return current.endRow()
      case 'trowd':
        current.row = newRow()
        return
      case 'sect':
        if (group.story.kind === 'body') current.endSection(sections.write(), group.letters)
        return
      default:
        if (group.isLabel) return
        changeParagraph(current.paragraph, word, parameter)
        changeRow(current.row, word, parameter)
        if (group.story.kind === 'body') sections.change(word, parameter)
    }
  }

  /** The number of a note, where it is referred to and before the note itself. */
  function addNumber(current: RtfFlow): void {
    const number = notes.length + 1
    const look = writeRtfLetters({ ...group.letters, position: 'superscript' }, tables)
    current.addRun(makeElement('r', {}, [look, makeElement('t', {}, [], String(number))]))
  }

  function endPicture(picture: RtfPicture): void {
    const shown = bytesOf(picture)
    const isDrawn = group.isProperty ? group.box !== undefined : !group.isSkipped
    if (shown === undefined || !isDrawn || pictures >= MOST_PICTURES) return
    pictures += 1
    const name = `written/picture${pictures}`
    files.set(name, shown)
    const id = group.story.links.add('image', name)
    const drawing = id === undefined ? undefined : writeRtfPicture(picture, id, group.box)
    if (drawing === undefined) return
    const look = writeRtfLetters(group.letters, tables)
    flow().addRun(makeElement('r', {}, [look, drawing]))
  }

  readRtfTokens(chunks, {
    open() {
      if (hasEnded) return
      flush()
      standIns = 0
      if (stack.length >= MOST_GROUPS) throw tooMany(MOST_GROUPS, 'groups within each other')
      stack.push(group)
    },
    close() {
      if (hasEnded) return
      flush()
      standIns = 0
      if (table?.depth === stack.length) table = undefined
      const ended = group
      group = stack.pop() ?? group
      if (field !== undefined && field.depth === stack.length + 1) {
        // What follows in the group around is its result.
        group = { ...group, code: field.code }
        field = undefined
      }
      if (ended.picture !== undefined && group.picture === undefined) endPicture(ended.picture)
      if (ended.story !== group.story) endStory(ended.story, group)
      if (stack.length === 0) hasEnded = true
    },
    control,
    byte: addByte,
    text: addText,
  })
  if (stack.length > 0) throw corruptSource('RTF')

  const blocks = body.flow.take(PLAIN)
  writePart('footnotes', makeElement('footnotes', {}, notes), noteLinks)
  links.add('footnotes', 'written/footnotes.xml')
  writePart(
    'document',
    makeElement('document', {}, [makeElement('body', {}, [...blocks, sections.write()])]),
    links,
  )
  return createWrittenPackage({ roots, files })
}

/** A run that is the number of its page. */
function inField(run: Element): Element {
  return makeElement('fldSimple', { instr: 'PAGE' }, [run])
}

const NO_COLOUR = { red: 0, green: 0, blue: 0, isTold: false }
