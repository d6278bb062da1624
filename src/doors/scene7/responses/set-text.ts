import { RequestError } from '../../../image-serving/request-error.ts'
import { decodeValue } from '../../../image-serving/syntax/decode-value.ts'
import type { SetMember } from '../catalogue/asset.ts'

/** What a set shows at a place: an asset, a colour to choose by, or a set that is written out within. */
export type SetSubject =
  | { readonly kind: 'asset'; readonly name: string }
  | { readonly kind: 'colour'; readonly hex: string; readonly label: string }
  | { readonly kind: 'set'; readonly entries: readonly SetEntry[] }

/** One of a set. */
export interface SetEntry {
  /** Up to three pages that are seen side by side; one for what is no catalogue of pages. */
  readonly subjects: readonly [SetSubject, ...SetSubject[]]
  /** What is shown in its place where one chooses. */
  readonly swatch?: SetSubject | undefined
  /** What kind of medium it is, as far as somebody has said so; empty for a place that was left free. */
  readonly type?: string | undefined
}

/** What parts a set, and is encoded where a name has it (r-imageset-cat). */
const DELIMITERS = /[,;:{}()%]/g

/** The most entries of a set that a request names, those of the sets within as well, and how deep these may be. */
const MOST_ENTRIES = 1000
const DEEPEST = 4
const MOST_PAGES = 3

/** Writes the members of a set: `asset;swatch,asset`. */
export function writeSet(members: readonly SetMember[]): string {
  return members
    .map(({ asset, swatch }) => [asset, ...(swatch === undefined ? [] : [swatch])])
    .map((names) => names.map(encodeName).join(';'))
    .join(',')
}

function encodeName(name: string): string {
  return name.replaceAll(
    DELIMITERS,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** The entries of a set that is kept. */
export function entriesOf(members: readonly SetMember[]): readonly SetEntry[] {
  return members.map(({ asset, swatch }) => ({
    subjects: [{ kind: 'asset', name: asset }],
    swatch: swatch === undefined ? undefined : { kind: 'asset', name: swatch },
  }))
}

/**
 * Reads a set that a request has written out, with or without the braces around it (r-imageset-cat).
 *
 * @param value - as it was sent: what parts the set is not encoded, and what within names looks like that is
 * @throws {@link RequestError} when braces have no partner, or it has more than it may
 */
export function parseSet(value: string): readonly SetEntry[] {
  // Whoever encodes all of it has encoded names twice.
  const text = /[,;:{}()]/.test(value) ? value : decodeValue(value)
  let count = 0

  function readEntries(within: string, depth: number): readonly SetEntry[] {
    if (depth > DEEPEST) throw refuse(`has sets that are nested more than ${DEEPEST} deep`)
    const parts = splitOutside(within, ',').filter((part) => part.trim() !== '')
    count += parts.length
    if (count > MOST_ENTRIES) throw refuse(`has more than ${MOST_ENTRIES} entries`)
    return parts.map((part) => readEntry(part, depth))
  }

  function readEntry(part: string, depth: number): SetEntry {
    const [shown = '', swatch, type] = splitOutside(part, ';').map((each) => each.trim())
    const [first, ...others] = splitOutside(shown, ':').map((each) => readSubject(each, depth))
    if (!first || others.length >= MOST_PAGES)
      throw refuse(`has more than ${MOST_PAGES} pages at a place`)
    return {
      subjects: [first, ...others],
      swatch: swatch === undefined || swatch === '' ? undefined : readSubject(swatch, depth),
      type: type?.toLowerCase(),
    }
  }

  function readSubject(written: string, depth: number): SetSubject {
    const subject = written.trim()
    const within = unwrap(subject)
    if (within === undefined) return { kind: 'asset', name: decodeValue(subject) }
    // There is no name in a colour, so that nothing in it has to be kept apart.
    const colour = /^0x([\da-f]{6})(?:\s+(.*))?$/is.exec(decodeValue(within).trim())
    const [, hex = '', label = ''] = colour ?? []
    if (colour) return { kind: 'colour', hex: hex.toLowerCase(), label }
    return { kind: 'set', entries: readEntries(within, depth + 1) }
  }

  return readEntries(unwrap(text.trim()) ?? text, 0)
}

/** What is between the braces or parentheses around a text; undefined when there are none around all of it. */
function unwrap(text: string): string | undefined {
  if (!/^[{(]/.test(text)) return undefined
  return closingOf(text) === text.length - 1 ? text.slice(1, -1) : undefined
}

/** Where what opens at the first letter is closed; -1 when it is not. */
function closingOf(text: string): number {
  let depth = 0
  for (let at = 0; at < text.length; at += 1) {
    depth += step(text.charAt(at))
    if (depth === 0) return at
  }
  return -1
}

function step(letter: string): number {
  if (letter === '{' || letter === '(') return 1
  return letter === '}' || letter === ')' ? -1 : 0
}

/** Splits a text where a delimiter is outside of braces and parentheses. */
function splitOutside(text: string, delimiter: string): readonly string[] {
  const parts: string[] = []
  let depth = 0
  let begun = 0
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at)
    depth += step(letter)
    if (depth < 0) throw refuse(`closes ${letter} without opening it`)
    if (depth === 0 && letter === delimiter) {
      parts.push(text.slice(begun, at))
      begun = at + 1
    }
  }
  if (depth > 0) throw refuse('opens a brace without closing it')
  return [...parts, text.slice(begun)]
}

function refuse(what: string): RequestError {
  return new RequestError(`imageSet= ${what}.`, 'imageSet')
}
