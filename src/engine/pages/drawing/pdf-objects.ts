/** The objects of a PDF file by their numbers, the first being 1; those that are still to come are undefined. */
export type PdfObjects = readonly (Uint8Array | undefined)[]

/** An object that is a stream. */
export function toStream(dictionary: string, content: Uint8Array): Buffer {
  const head = `<<${dictionary}/Length ${content.length}>>stream\n`
  return Buffer.concat([toBytes(head), content, toBytes('\nendstream')])
}

/** The bytes of what is written in letters of Latin 1. */
export function toBytes(text: string): Buffer {
  return Buffer.from(text, 'latin1')
}

/** Puts objects together, with the table that tells where each of them is (ISO 32000-1, 7.5); the first is the root. */
export function assemblePdf(objects: PdfObjects): Buffer {
  const pieces: Uint8Array[] = [toBytes('%PDF-1.4\n%\xe2\xe3\xcf\xd3\n')]
  let size = pieces[0]?.length ?? 0
  const rows = objects.map((object, index) => {
    const row = `${String(size).padStart(10, '0')} 00000 n \n`
    const written = [
      toBytes(`${index + 1} 0 obj\n`),
      object ?? toBytes('null'),
      toBytes('\nendobj\n'),
    ]
    pieces.push(...written)
    size += written.reduce((sum, { length }) => sum + length, 0)
    return row
  })
  const count = objects.length + 1
  pieces.push(
    toBytes(`xref\n0 ${count}\n0000000000 65535 f \n${rows.join('')}`),
    toBytes(`trailer<</Size ${count}/Root 1 0 R>>\nstartxref\n${size}\n%%EOF\n`),
  )
  return Buffer.concat(pieces)
}
