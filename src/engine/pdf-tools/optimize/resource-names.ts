import { type PDFDict, type PDFDocument, PDFName, type PDFRawStream, PDFRef } from '@cantoo/pdf-lib'
import { type BriefNames, nameKey } from './brief-names.ts'
import { readTokens } from './content-tokens.ts'
import { type Content, dictionary } from './contents.ts'
import { isWhole } from './dense-content.ts'

/** What is named in contents: by which operator, in which dictionary of resources, and how it is to be called. */
const CATEGORIES = {
  Tf: { category: 'Font', letter: 'F' },
  Do: { category: 'XObject', letter: 'X' },
  gs: { category: 'ExtGState', letter: 'G' },
} as const

/** An operator that names something of the resources. */
type NamingOperator = keyof typeof CATEGORIES

/** Longer names are worth it. */
const BRIEF = 5

/**
 * Calls fonts, pictures and states of graphics by the numbers of their objects, since programs have long names for them,
 * and a new one each time. Names of which not all that use them can be written anew stay.
 *
 * @param decoded - the streams of contents that can be read
 * @returns what has to be written in which stream; the dictionaries are changed
 */
export function nameBriefly(
  document: PDFDocument,
  contents: readonly Content[],
  decoded: ReadonlyMap<PDFRawStream, string>,
): ReadonlyMap<PDFRawStream, BriefNames> {
  const { context, catalog } = document
  // What a content without resources names, whoever draws it has.
  if (contents.some(({ resources }) => resources === undefined)) return new Map()
  const form = dictionary(context, catalog, 'AcroForm')
  const fields = form && dictionary(context, form, 'DR')
  const kept = new Set<PDFDict | undefined>()
  for (const { category } of Object.values(CATEGORIES)) {
    if (fields) kept.add(dictionary(context, fields, category))
  }

  const renamed = new Map<PDFDict, ReadonlyMap<string, string>>()
  const users = new Map<PDFRawStream, { operator: NamingOperator; named: string; of: PDFDict }[]>()
  for (const { streams, resources } of contents) {
    for (const stream of streams) {
      const content = decoded.get(stream)
      const uses = users.get(stream) ?? []
      users.set(stream, uses)
      const of = (operator: NamingOperator): PDFDict | undefined =>
        resources && dictionary(context, resources, CATEGORIES[operator].category)
      if (content === undefined || !isWhole(content)) {
        for (const operator of OPERATORS) kept.add(of(operator))
        continue
      }
      for (const { operator, named } of namesIn(content)) {
        const dict = of(operator)
        if (dict === undefined) continue
        if (!renamed.has(dict)) renamed.set(dict, briefNames(dict, CATEGORIES[operator].letter))
        uses.push({ operator, named, of: dict })
        if (renamed.get(dict)?.get(named) === undefined) kept.add(dict)
      }
    }
  }

  // A stream that several contents have says one name for all of them.
  const agreed = new Map<PDFRawStream, Map<string, string>>()
  for (let isSettled = false; !isSettled;) {
    isSettled = true
    agreed.clear()
    for (const [stream, uses] of users) {
      const names = new Map<string, string>()
      agreed.set(stream, names)
      for (const { operator, named, of } of uses) {
        const key = nameKey(operator, named)
        const brief = kept.has(of) ? named : (renamed.get(of)?.get(named) ?? named)
        const other = names.get(key)
        names.set(key, brief)
        if (other === undefined || other === brief) continue
        for (const use of uses) kept.add(use.of)
        isSettled = false
      }
    }
  }
  for (const [dict, names] of renamed) if (!kept.has(dict)) rename(dict, names)
  return agreed
}

const OPERATORS: readonly NamingOperator[] = ['Tf', 'Do', 'gs']

function* namesIn(content: string): Generator<{ operator: NamingOperator; named: string }> {
  let named = ''
  for (const token of readTokens(content)) {
    if (token.kind === 'name') named = token.value
    if (token.kind !== 'operator') continue
    const operator = OPERATORS.find((each) => each === token.value)
    if (operator !== undefined) yield { operator, named }
  }
}

/** @returns nothing for names that are brief already, or when there is anything but references */
function briefNames(dict: PDFDict, letter: string): ReadonlyMap<string, string> {
  const entries = dict.entries().map(([key, value]) => [key.asString().slice(1), value] as const)
  if (entries.every(([named]) => named.length <= BRIEF)) return new Map()
  const names = new Map<string, string>()
  for (const [named, value] of entries) {
    // What is written with a number sign may be written in several ways.
    if (!(value instanceof PDFRef) || named.includes('#')) return new Map()
    names.set(named, `${letter}${value.objectNumber}`)
  }
  return names
}

function rename(dict: PDFDict, names: ReadonlyMap<string, string>): void {
  const values = [...names].map(([named, brief]) => [brief, dict.get(PDFName.of(named))] as const)
  for (const named of names.keys()) dict.delete(PDFName.of(named))
  for (const [brief, value] of values) {
    if (value !== undefined) dict.set(PDFName.of(brief), value)
  }
}
