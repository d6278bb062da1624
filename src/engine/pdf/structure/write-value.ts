import { isDictionary, PdfName, PdfReference, type PdfValue } from './values.ts'

/** Writes a value as it stands in a file. */
export function writeValue(value: PdfValue): string {
  if (Buffer.isBuffer(value)) return `<${value.toString('hex')}>`
  if (value instanceof PdfReference) return `${value.number} ${value.generation} R`
  if (value instanceof PdfName) return `/${escapeName(value.name)}`
  if (Array.isArray(value)) return `[${value.map(writeValue).join(' ')}]`
  if (!isDictionary(value)) return JSON.stringify(value)
  const entries = Array.from(value, ([name, entry]) => `/${escapeName(name)} ${writeValue(entry)}`)
  return `<<${entries.join(' ')}>>`
}

function escapeName(name: string): string {
  return name.replaceAll(
    /[^\w.+-]/g,
    (letter) => `#${letter.charCodeAt(0).toString(16).padStart(2, '0')}`,
  )
}
