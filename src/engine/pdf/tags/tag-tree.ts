import type { PdfStructure } from '../structure/open-structure.ts'
import { decodeTextString } from '../structure/text-string.ts'
import {
  isDictionary,
  nameOf,
  type PdfDictionary,
  PdfReference,
  type PdfValue,
} from '../structure/values.ts'

/** A part of the contents of a page, by the number that marks it there. */
export interface MarkedContent {
  /** The number of the object that the page is. */
  readonly page: number
  readonly mark: number
}

/** What is tagged in a document: a heading, a list, a cell and so on, with what it is made of in the order in which it is read. */
export interface Tag {
  /** Its standard type, such as `H1`, or its own where nothing says what it stands for. */
  readonly type: string
  readonly parts: readonly (Tag | MarkedContent)[]
  /** What stands for it, such as for a picture. */
  readonly alt?: string
  /** What is meant by its text, in place of that. */
  readonly actual?: string
  /** Where a link goes. */
  readonly href?: string
  /** As many columns and rows has a cell. */
  readonly columns?: number
  readonly rows?: number
  /** How the items of a list are numbered. */
  readonly numbering?: string
}

/** As many elements are read, and as deep in each other; a document of more counts as one without tags. */
const MOST_TAGS = 400_000
const MOST_LEVELS = 200

/** A type stands for another only so often. */
const MOST_STEPS = 16

/** A cell takes up only so many others. */
const MOST_SPAN = 200

const WRONG_TYPE = 'NonStruct'

/** Types of HTML, which PDF 2.0 takes as well (ISO 32005), and others that are spelt so. */
const SPELT_OTHERWISE = /^(?:h[1-6]|p|table|tr|th|td|thead|tbody|tfoot|li|div|span)$/

class TooMany extends Error {}

/**
 * Reads the tags of a document (ISO 32000-2, 14.7 and 14.8).
 *
 * @returns undefined when it has none
 */
export function readTagTree(structure: PdfStructure): Tag | undefined {
  const { catalog, dictionary } = structure
  const root = dictionary(catalog?.get('StructTreeRoot'))
  if (root === undefined) return undefined
  try {
    const reader = new TagReader(structure, dictionary(root.get('RoleMap')))
    return { type: 'Document', parts: reader.readParts(root.get('K'), undefined, 0) }
  } catch (error) {
    if (error instanceof TooMany) return undefined
    throw error
  }
}

class TagReader {
  readonly #structure: PdfStructure
  readonly #roles: PdfDictionary | undefined
  /** What is damaged may lead in circles. */
  readonly #seen = new Set<number>()
  #count = 0

  constructor(structure: PdfStructure, roles: PdfDictionary | undefined) {
    this.#structure = structure
    this.#roles = roles
  }

  /** @param page - the number of the page that parts are on unless they say so */
  readParts(
    value: PdfValue | undefined,
    page: number | undefined,
    level: number,
  ): (Tag | MarkedContent)[] {
    const { resolve, list } = this.#structure
    const items = Array.isArray(resolve(value)) ? list(value) : [value]
    return items.flatMap((item) => this.#readPart(item, page, level) ?? [])
  }

  #readPart(
    value: PdfValue | undefined,
    page: number | undefined,
    level: number,
  ): Tag | MarkedContent | undefined {
    this.#count += 1
    if (this.#count > MOST_TAGS) throw new TooMany()
    if (value instanceof PdfReference) {
      if (this.#seen.has(value.number)) return undefined
      this.#seen.add(value.number)
    }
    const found = this.#structure.resolve(value)
    if (typeof found === 'number') return page === undefined ? undefined : { page, mark: found }
    if (!isDictionary(found) || level > MOST_LEVELS) return undefined
    const own = found.get('Pg')
    const pageHere = own instanceof PdfReference ? own.number : page
    const type = nameOf(found.get('Type'))
    if (type === 'MCR') {
      const mark = found.get('MCID')
      // What is in contents of their own has marks of its own.
      const isOfPage = typeof mark === 'number' && !found.has('Stm')
      return isOfPage && pageHere !== undefined ? { page: pageHere, mark } : undefined
    }
    if (type === 'OBJR') return undefined
    return this.#readTag(found, pageHere, level)
  }

  #readTag(element: PdfDictionary, page: number | undefined, level: number): Tag {
    const type = this.#standardType(element)
    const alt = this.#textOf(element.get('Alt'))
    const actual = this.#textOf(element.get('ActualText'))
    return {
      type,
      parts: this.readParts(element.get('K'), page, level + 1),
      ...(alt === undefined ? {} : { alt }),
      ...(actual === undefined ? {} : { actual }),
      ...this.#linkOf(type, element.get('K')),
      ...this.#attributesOf(element),
    }
  }

  #standardType(element: PdfDictionary): string {
    const { resolve, dictionary, list } = this.#structure
    let type = nameOf(resolve(element.get('S'))) ?? WRONG_TYPE
    const ofSpace = dictionary(dictionary(element.get('NS'))?.get('RoleMapNS'))
    const mapped = resolve(ofSpace?.get(type))
    type = nameOf(mapped) ?? nameOf(list(mapped)[0]) ?? type
    for (let step = 0; step < MOST_STEPS; step += 1) {
      const next = nameOf(resolve(this.#roles?.get(type)))
      if (next === undefined || next === type) break
      type = next
    }
    if (!SPELT_OTHERWISE.test(type)) return type
    return /^t[rhd]$|^li$/.test(type)
      ? type.toUpperCase()
      : type.charAt(0).toUpperCase() + type.slice(1)
  }

  #textOf(value: PdfValue | undefined): string | undefined {
    const found = this.#structure.resolve(value)
    return found instanceof Buffer ? decodeTextString(found) : undefined
  }

  /** Where an element leads that has a link's annotation among its parts. */
  #linkOf(type: string, parts: PdfValue | undefined): { readonly href?: string } {
    if (type !== 'Link' && type !== 'Reference') return {}
    const { dictionary, list, resolve } = this.#structure
    const items = Array.isArray(resolve(parts)) ? list(parts) : [parts ?? null]
    for (const item of items) {
      const annotation = dictionary(dictionary(item)?.get('Obj'))
      const href = this.#textOf(dictionary(annotation?.get('A'))?.get('URI'))
      if (href !== undefined) return { href }
    }
    return {}
  }

  #attributesOf(element: PdfDictionary): Pick<Tag, 'columns' | 'rows' | 'numbering'> {
    const { dictionary, list, resolve } = this.#structure
    const value = element.get('A')
    const items = Array.isArray(resolve(value)) ? list(value) : [value ?? null]
    const found = items.flatMap((item) => dictionary(item) ?? [])
    const numberOf = (name: string): number | undefined => {
      const number = found.map((each) => resolve(each.get(name))).find((each) => each !== undefined)
      const isSpan = typeof number === 'number' && number > 1 && number <= MOST_SPAN
      return isSpan ? Math.trunc(number) : undefined
    }
    const [columns, rows] = [numberOf('ColSpan'), numberOf('RowSpan')]
    const numbering = found
      .map((each) => nameOf(resolve(each.get('ListNumbering'))))
      .find((each) => each !== undefined)
    return {
      ...(columns === undefined ? {} : { columns }),
      ...(rows === undefined ? {} : { rows }),
      ...(numbering === undefined ? {} : { numbering }),
    }
  }
}
