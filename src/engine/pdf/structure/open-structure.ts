import { type CrossReferences, type ObjectPlace, readCrossReferences } from './cross-references.ts'
import { type FileBytes, inBlocks } from './file-bytes.ts'
import { filtersOf, undoFilters } from './filters.ts'
import { findObjects } from './find-objects.ts'
import { parseValue, skipBlanks } from './parse-value.ts'
import { type IndirectObject, readObjectAt } from './read-object.ts'
import { openSecurity, type Security } from './security.ts'
import { isDictionary, nameOf, type PdfDictionary, PdfReference, type PdfValue } from './values.ts'

/** The objects of a file, each read when somebody asks for it. */
export interface PdfStructure {
  /** The dictionary that leads to all else; undefined when there is none. */
  readonly catalog: PdfDictionary | undefined
  /** The number of that dictionary where no trailer leads to it, so that it had to be looked for. */
  readonly lostCatalog: number | undefined
  readonly trailer: PdfDictionary
  readonly security: Security['state']
  /** Whether packets of metadata can be read though the file is locked. */
  readonly hasOpenMetadata: boolean
  /** Whether its tables lead nowhere, so that objects were looked for. */
  readonly isRepaired: boolean
  /** Where the newest table begins, unless the file is repaired. */
  readonly newest: CrossReferences['newest']
  /** What a value is, whether it stands there or is referred to; undefined for an object that is missing or damaged. */
  readonly resolve: (value: PdfValue | undefined) => PdfValue | undefined
  /** The dictionary that a value is or refers to. */
  readonly dictionary: (value: PdfValue | undefined) => PdfDictionary | undefined
  /** The array that a value is or refers to; empty when it is none. */
  readonly list: (value: PdfValue | undefined) => readonly PdfValue[]
  /**
   * What is in a stream, without its encryption and filters.
   *
   * @param most - the most that may come of it, in bytes
   * @returns undefined when there is none, or it cannot be read
   */
  readonly stream: (value: PdfValue | undefined, most: number) => Buffer | undefined
}

/** An object; what belongs to a stream of objects is encrypted with that. */
type FoundObject = Pick<IndirectObject, 'number' | 'generation' | 'value' | 'streamStart'>

/** Objects stand for each other only so often. */
const MOST_STEPS = 32
const MOST_CONTAINER_BYTES = 64_000_000
/** As many of the objects that were read are kept, and as many bytes of the streams of them. */
const MOST_KEPT = 20_000
const MOST_KEPT_BYTES = 128_000_000

/**
 * Opens the objects of a PDF: by its tables, or by looking for them where those lead nowhere.
 *
 * @param password - of its owner, or of everybody else
 */
export function openStructure(file: FileBytes, password: string | undefined): PdfStructure {
  const bytes = inBlocks(file)
  const references = readCrossReferences(bytes)
  const structure = references && readStructure(bytes, references, password)
  if (structure !== undefined && countLost(structure) === 0) return structure
  const { containers, ...found } = findObjects(bytes)
  const repaired = readStructure(bytes, found, password, containers)
  return structure === undefined || countLost(repaired) < countLost(structure)
    ? repaired
    : structure
}

/** How much is not where the tables say, of what a file is read for: its pages, its properties and its packet. */
function countLost({ catalog, trailer, dictionary }: PdfStructure): number {
  const parts = [trailer.get('Info'), catalog?.get('Metadata')]
  const lost = parts.filter((part) => part instanceof PdfReference && !dictionary(part))
  // Without pages a document is none.
  return lost.length + (dictionary(catalog?.get('Pages')) === undefined ? 100 : 0)
}

/** @param containers - the streams of objects whose content the places lack, in order */
function readStructure(
  file: FileBytes,
  { places: given, trailer: said, newest }: CrossReferences,
  password: string | undefined,
  containers: readonly number[] = [],
): PdfStructure {
  const places = new Map<number, ObjectPlace>(given)
  const kept = new Map<number, FoundObject | undefined>()
  const contents = new Map<number, Contents | undefined>()
  let keptBytes = 0
  let security: Security = { state: 'none' }

  function objectOf(number: number): FoundObject | undefined {
    if (kept.has(number)) return kept.get(number)
    if (kept.size >= MOST_KEPT) kept.clear()
    // Should it lead to itself, it is missing.
    kept.set(number, undefined)
    const object = readObject(number)
    kept.set(number, object)
    return object
  }

  function readObject(number: number): FoundObject | undefined {
    const place = places.get(number)
    if (place === undefined) return undefined
    if ('container' in place) {
      const value = contentsOf(place.container)?.valueOf(number, place.index)
      return value === undefined ? undefined : { number, generation: 0, value }
    }
    const object = readObjectAt(file, place.position)
    if (object?.number !== number) return undefined
    const { value, generation } = object
    return { ...object, value: decryptTexts(value, number, generation) }
  }

  function decryptTexts(value: PdfValue, number: number, generation: number): PdfValue {
    if (security.state !== 'open') return value
    const { text } = security.decryption
    const decrypt = (each: PdfValue): PdfValue => {
      if (Buffer.isBuffer(each)) return text(each, number, generation)
      if (Array.isArray(each)) return each.map(decrypt)
      return isDictionary(each)
        ? new Map(Array.from(each, ([name, entry]) => [name, decrypt(entry)]))
        : each
    }
    return decrypt(value)
  }

  function resolve(value: PdfValue | undefined): PdfValue | undefined {
    let found = value
    for (let step = 0; found instanceof PdfReference; step += 1) {
      if (step > MOST_STEPS) return undefined
      found = objectOf(found.number)?.value
    }
    return found
  }

  const dictionary = (value: PdfValue | undefined): PdfDictionary | undefined => {
    const found = resolve(value)
    return isDictionary(found) ? found : undefined
  }

  const list = (value: PdfValue | undefined): readonly PdfValue[] => {
    const found = resolve(value)
    return Array.isArray(found) ? found : []
  }

  function stream(value: PdfValue | undefined, most: number): Buffer | undefined {
    if (!(value instanceof PdfReference)) return undefined
    const object = objectOf(value.number)
    return object && streamOf(object, most)
  }

  function streamOf(object: FoundObject, most: number): Buffer | undefined {
    const { value, streamStart, number, generation } = object
    if (streamStart === undefined || !isDictionary(value)) return undefined
    const raw = readRaw(file, streamStart, resolve(value.get('Length')), most)
    const filters = filtersOf(value, resolve)
    const own = filters.find(({ name }) => name === 'Crypt')
    const isPlain =
      nameOf(value.get('Type')) === 'XRef' ||
      (nameOf(value.get('Type')) === 'Metadata' && !coversMetadata(security))
    if (security.state === 'locked' && !isPlain && !isIdentity(own?.parameters)) return undefined
    const filter = own && (nameOf(own.parameters.get('Name')) ?? 'Identity')
    const bytes =
      security.state === 'open' && !isPlain
        ? security.decryption.stream(raw, { number, generation, filter })
        : raw
    return undoFilters(bytes, filters, most)
  }

  function contentsOf(container: number): Contents | undefined {
    if (contents.has(container)) return contents.get(container)
    contents.set(container, undefined)
    const object = objectOf(container)
    const bytes = object && streamOf(object, MOST_CONTAINER_BYTES)
    const found =
      bytes && isDictionary(object.value) ? readContents(bytes, object.value, resolve) : undefined
    keptBytes += bytes?.length ?? 0
    if (keptBytes > MOST_KEPT_BYTES) {
      contents.clear()
      keptBytes = bytes?.length ?? 0
    }
    contents.set(container, found)
    return found
  }

  const encryption = dictionary(said.get('Encrypt'))
  if (encryption !== undefined) {
    const encrypt = deepen(encryption, resolve)
    const id = resolve(list(said.get('ID'))[0])
    security = openSecurity(encrypt, Buffer.isBuffer(id) ? id : Buffer.alloc(0), password)
    kept.clear()
    contents.clear()
  }
  for (const container of containers) addContents(container)

  /** Of two objects with a number that counts which stands later in the file. */
  function addContents(container: number): void {
    const place = places.get(container)
    if (place === undefined || 'container' in place) return
    for (const [index, number] of (contentsOf(container)?.numbers ?? []).entries()) {
      const known = places.get(number)
      const isLater = known === undefined || 'container' in known || known.position < place.position
      if (isLater) places.set(number, { container, index })
    }
    kept.clear()
  }

  /** The number of the last catalog in the file. */
  function findCatalog(): number | undefined {
    return [...places.keys()].toReversed().find((number) => {
      const found = objectOf(number)?.value
      return isDictionary(found) && nameOf(found.get('Type')) === 'Catalog'
    })
  }

  const named = dictionary(said.get('Root'))
  const lostCatalog = named?.has('Pages') === true ? undefined : findCatalog()
  const lost = lostCatalog === undefined ? undefined : objectOf(lostCatalog)?.value

  return {
    catalog: isDictionary(lost) ? lost : named,
    lostCatalog,
    trailer: said,
    security: security.state,
    hasOpenMetadata: security.state === 'locked' && !security.coversMetadata,
    isRepaired: newest === undefined,
    newest,
    resolve,
    dictionary,
    list,
    stream,
  }
}

function coversMetadata(security: Security): boolean {
  if (security.state === 'open') return security.decryption.coversMetadata
  return security.state !== 'locked' || security.coversMetadata
}

function isIdentity(parameters: PdfDictionary | undefined): boolean {
  return parameters !== undefined && (nameOf(parameters.get('Name')) ?? 'Identity') === 'Identity'
}

/** Puts what the entries of a dictionary refer to in their place, two levels deep. */
function deepen(
  dictionary: PdfDictionary,
  resolve: PdfStructure['resolve'],
  levels = 2,
): PdfDictionary {
  return new Map(
    Array.from(dictionary, ([name, entry]) => {
      const value = resolve(entry) ?? null
      return [name, levels > 0 && isDictionary(value) ? deepen(value, resolve, levels - 1) : value]
    }),
  )
}

/** The objects that are in a stream of them (ISO 32000-2, 7.5.7). */
interface Contents {
  readonly numbers: readonly number[]
  readonly valueOf: (number: number, index: number) => PdfValue | undefined
}

function readContents(
  bytes: Buffer,
  dictionary: PdfDictionary,
  resolve: PdfStructure['resolve'],
): Contents | undefined {
  const first = resolve(dictionary.get('First'))
  if (typeof first !== 'number') return undefined
  const heads = bytes.toString('latin1', 0, first).match(/\d+/g)?.map(Number) ?? []
  const numbers = heads.filter((_, index) => index % 2 === 0)
  return {
    numbers,
    valueOf(number, wanted) {
      const index = numbers[wanted] === number ? wanted : numbers.indexOf(number)
      const offset = heads[index * 2 + 1]
      return index === -1 || offset === undefined
        ? undefined
        : parseValue(bytes, first + offset)?.value
    },
  }
}

/** Nobody knows how long a stream is whose length is wrong but by its end. */
function readRaw(
  file: FileBytes,
  start: number,
  length: PdfValue | undefined,
  most: number,
): Buffer {
  if (typeof length === 'number' && length >= 0) {
    const bytes = file.read(start, Math.min(length, most) + 32)
    const behind = skipBlanks(bytes, Math.min(length, bytes.length))
    if (length > most || bytes.toString('latin1', behind).startsWith('endstream')) {
      return bytes.subarray(0, length)
    }
  }
  for (let size = 65_536; ; size *= 8) {
    const bytes = file.read(start, Math.min(size, most))
    const end = bytes.indexOf('endstream')
    if (end !== -1) return withoutLineEnd(bytes.subarray(0, end))
    if (size >= most || start + bytes.length >= file.size) return bytes
  }
}

function withoutLineEnd(bytes: Buffer): Buffer {
  const end = bytes.length
  if (bytes[end - 1] === 10) return bytes.subarray(0, end - (bytes[end - 2] === 13 ? 2 : 1))
  return bytes[end - 1] === 13 ? bytes.subarray(0, end - 1) : bytes
}
