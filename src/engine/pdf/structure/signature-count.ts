import { withOpenFile } from '../../../sources/open-file.ts'
import { openStructure, type PdfStructure } from './open-structure.ts'
import { nameOf, type PdfDictionary, type PdfValue } from './values.ts'

/** As many fields of a form are looked at, and only so deep in each other. */
const MOST_FIELDS = 100_000
const MOST_LEVELS = 64

/** Counts the signatures of a PDF (ISO 32000-2, 12.7.5.5). A field for one that nobody has signed is none. */
export function countSignatures(path: string, password: string | undefined): number {
  return withOpenFile(path, (file) => countIn(openStructure(file, password)))
}

function countIn({ catalog, dictionary, list, resolve, security }: PdfStructure): number {
  const seen = new Set<PdfDictionary>()

  /** @param above - the kind of the fields that it is in */
  function count(value: PdfValue, above: string | undefined, level: number): number {
    const field = dictionary(value)
    if (field === undefined || level > MOST_LEVELS) return 0
    if (seen.has(field) || seen.size >= MOST_FIELDS) return 0
    seen.add(field)
    const kind = nameOf(resolve(field.get('FT'))) ?? above
    const below = list(field.get('Kids')).reduce<number>(
      (sum, kid) => sum + count(kid, kind, level + 1),
      0,
    )
    return below + (kind === 'Sig' && isSigned(dictionary(field.get('V'))) ? 1 : 0)
  }

  function isSigned(signature: PdfDictionary | undefined): boolean {
    const contents = resolve(signature?.get('Contents'))
    // What signs is encrypted in no file, so that there may be nothing left of it where all texts are decrypted.
    return Buffer.isBuffer(contents) && (contents.length > 0 || security === 'open')
  }

  const form = dictionary(catalog?.get('AcroForm'))
  return list(form?.get('Fields')).reduce<number>(
    (sum, field) => sum + count(field, undefined, 0),
    0,
  )
}
