import { type PlainFile, resolveArray } from '../stamp/plain-file.ts'
import { readDictionary, readReference, writeDictionary } from '../stamp/syntax.ts'
import type { Update } from '../stamp/update.ts'
import type { Destination } from './destination.ts'

/**
 * Has links of a page that go to a place by its name go there by themselves: names mean something in their document only, and
 * two that are merged may have the same.
 *
 * @param pages - the numbers of the objects of the pages of its document, in their order; undefined for one that is left out
 */
export function linkPlaces(
  file: PlainFile,
  update: Pick<Update, 'replace'>,
  page: number,
  {
    names,
    pages,
  }: {
    readonly names: ReadonlyMap<string, Destination>
    readonly pages: readonly (number | undefined)[]
  },
): void {
  const placeOf = (value: string | undefined): string | undefined => {
    const name = value === undefined ? undefined : readName(file.resolve(value))
    const goes = name === undefined ? undefined : names.get(name)
    if (goes === undefined) return undefined
    const target = pages[goes.page]
    return `[${target === undefined ? 'null' : `${target} 0 R`}${goes.view}]`
  }
  const annotations = readDictionary(file.object(page)).get('Annots')
  if (annotations === undefined) return
  for (const value of resolveArray(file, annotations) ?? []) {
    // qpdf writes annotations as objects of their own.
    const number = readReference(value)
    if (number === undefined) continue
    const link = readDictionary(file.object(number))
    const place = placeOf(link.get('Dest'))
    if (place !== undefined) {
      link.set('Dest', place)
      update.replace(number, writeDictionary(link))
      continue
    }
    const given = link.get('A')
    if (given === undefined) continue
    const action = readDictionary(file.resolve(given))
    const goal = action.get('S') === '/GoTo' ? placeOf(action.get('D')) : undefined
    if (goal === undefined) continue
    action.set('D', goal)
    link.set('A', writeDictionary(action))
    update.replace(number, writeDictionary(link))
  }
}

/** The name that a value is, as a text (ISO 32000-1, 7.3.4 and 7.3.5); undefined when it is none. */
function readName(value: string): string | undefined {
  const trimmed = value.trim()
  const [kind] = trimmed
  if (kind === '/') {
    return trimmed
      .slice(1)
      .replaceAll(/#([\da-f]{2})/gi, (_, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      )
  }
  if (kind === '<' && trimmed[1] !== '<') {
    const end = trimmed.indexOf('>')
    return toText(Buffer.from(trimmed.slice(1, end).replaceAll(/\s/g, ''), 'hex'))
  }
  if (kind === '(') return toText(Buffer.from(unescape(trimmed), 'latin1'))
  return undefined
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  '\n': '',
}

/** What stands between the outer brackets. */
function unescape(literal: string): string {
  const end = literal.lastIndexOf(')')
  return literal
    .slice(1, end)
    .replaceAll(/\\(?:([0-7]{1,3})|([\s\S]))/g, (_, octal: string | undefined, letter: string) =>
      octal === undefined
        ? (ESCAPES[letter] ?? letter)
        : String.fromCharCode(Number.parseInt(octal, 8) & 255),
    )
}

function toText(bytes: Buffer): string {
  const isWide = bytes[0] === 0xfe && bytes[1] === 0xff && bytes.length % 2 === 0
  return isWide
    ? Buffer.from(bytes.subarray(2)).swap16().toString('utf16le')
    : bytes.toString('latin1')
}
