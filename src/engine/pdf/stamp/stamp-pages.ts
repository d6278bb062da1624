import { type Matrix, multiply } from '../../../base/affine.ts'
import { type PdfFailure, type PdfFile, withDocument } from '../document.ts'
import { saveDocument } from '../save-document.ts'
import { type PageGeometry, readGeometry, readPage } from './page-geometry.ts'
import { type PlainFile, resolveArray, withPlainFile } from './plain-file.ts'
import { addForm, type StampForm } from './stamp-form.ts'
import {
  MalformedPdf,
  readDictionary,
  readReference,
  writeDictionary,
  writeNumber,
} from './syntax.ts'
import { type Update, updateFile } from './update.ts'

/** A page of a file that can be stamped. */
export interface StampablePage extends PageGeometry {
  /** The number of its object. */
  readonly object: number
}

/** A file that was written so that it can be stamped. */
export interface StampableFile {
  readonly outcome: 'rewritten'
  readonly pages: readonly StampablePage[]
}

/** What is put on which pages, and where. */
export interface Stamp {
  readonly form: StampForm
  readonly layer: 'above' | 'below'
  /** Takes the form to its place on each shown page, counted from the lower left of that. */
  readonly places: readonly { readonly page: StampablePage; readonly place: Matrix }[]
}

/** A file that has its stamp. */
export interface Stamped {
  readonly outcome: 'stamped'
}

/** There is nothing transparent in earlier versions of PDF. */
const OLDEST_VERSION = 14

/** Writes a file anew, so that what is in it is found without knowing how it was made. */
export async function rewriteHere(
  file: PdfFile,
  rewrittenPath: string,
): Promise<StampableFile | PdfFailure> {
  const written = await withDocument(file, (document) => {
    const { pdfium, memory } = document
    // What is added would have to be encrypted in the same way.
    if (pdfium.EPDF_IsEncrypted(document.document)) return { outcome: 'encrypted' as const }
    if (document.pages === 0) return { outcome: 'corrupt' as const }
    const place = pdfium.pdfium.wasmExports.malloc(4)
    const isKnown = pdfium.FPDF_GetFileVersion(document.document, place)
    const version = isKnown ? memory().readInt32LE(place) : OLDEST_VERSION
    pdfium.pdfium.wasmExports.free(place)
    saveDocument(document, document.document, rewrittenPath, Math.max(version, OLDEST_VERSION))
    const objects = Array.from({ length: document.pages }, (_, index) =>
      pdfium.EPDFDoc_GetPageObjectNumberByIndex(document.document, index),
    )
    return { outcome: 'written' as const, objects }
  })
  if (written.outcome !== 'written') return written
  const { objects } = written
  return orCorrupt(() =>
    withPlainFile(rewrittenPath, (plain) => ({
      outcome: 'rewritten' as const,
      pages: objects.map((object) => ({ object, ...readGeometry(plain, readPage(plain, object)) })),
    })),
  )
}

/**
 * Adds a stamp to the end of a file that {@link rewriteHere} has written. All else stays as it is in the file: pages get
 * one more piece of content, before or behind what they have.
 */
export function stampHere(path: string, { form, layer, places }: Stamp): Stamped | PdfFailure {
  return orCorrupt(() =>
    withPlainFile(path, (file) => {
      updateFile(path, file, (update) => {
        const number = addForm(update, form)
        const contents = createContents(update)
        const done = new Set<number>()
        for (const { page, place } of places) {
          // The same page may be shown twice.
          if (done.has(page.object)) continue
          done.add(page.object)
          const entries = readPage(file, page.object)
          const name = addToResources(file, entries, number)
          const drawn = contents.draw(name, multiply(page.toPage, place), layer)
          const before = contentsOf(file, entries.get('Contents'))
          const all = layer === 'below' ? [drawn, ...before] : [contents.save(), ...before, drawn]
          entries.set('Contents', `[${all.join(' ')}]`)
          update.replace(page.object, writeDictionary(entries))
        }
      })
      return { outcome: 'stamped' as const }
    }),
  )
}

function orCorrupt<Result>(work: () => Result): Result | PdfFailure {
  try {
    return work()
  } catch (error) {
    if (error instanceof MalformedPdf) return { outcome: 'corrupt' }
    throw error
  }
}

/** Makes contents of pages; equal ones are one object. */
function createContents(update: Update) {
  const added = new Map<string, string>()
  const add = (content: string): string => {
    const known = added.get(content)
    if (known !== undefined) return known
    const data = Buffer.from(content, 'latin1')
    const reference = `${update.add(`<</Length ${data.length}>>`, data)} 0 R`
    added.set(content, reference)
    return reference
  }
  return {
    /** Has whatever a page does to its coordinates undone behind it. */
    save: () => add('q\n'),
    draw(name: string, matrix: Matrix, layer: Stamp['layer']): string {
      const restore = layer === 'above' ? '\nQ\n' : ''
      const artifact = '/Artifact<</Type/Pagination/Subtype/Watermark>>BDC'
      const place = matrix.map(writeNumber).join(' ')
      return add(`${restore}${artifact}\nq ${place} cm /${name} Do Q\nEMC\n`)
    },
  }
}

/** Names a form among what a page draws with. */
function addToResources(file: PlainFile, page: Map<string, string>, form: number): string {
  const resources = readDictionary(file.resolve(page.get('Resources') ?? '<<>>'))
  const objects = readDictionary(file.resolve(resources.get('XObject') ?? '<<>>'))
  let name = 'Mark'
  for (let count = 1; objects.has(name); count += 1) name = `Mark${count}`
  objects.set(name, `${form} 0 R`)
  resources.set('XObject', writeDictionary(objects))
  page.set('Resources', writeDictionary(resources))
  return name
}

/** The streams of a page. */
function contentsOf(file: PlainFile, value: string | undefined): readonly string[] {
  if (value === undefined || value === 'null') return []
  return readReference(value) !== undefined && !file.isArray(value)
    ? [value]
    : (resolveArray(file, value) ?? [])
}
