/** A PDF of these objects, from number 1 on, of which the first is the catalog and the last its information. */
export function pdfOfObjects(objects: readonly string[]): Buffer {
  let text = '%PDF-1.6\n'
  const offsets = objects.map((object, index) => {
    const offset = Buffer.byteLength(text, 'latin1')
    text += `${index + 1} 0 obj\n${object}\nendobj\n`
    return offset
  })
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const id = '<00112233445566778899aabbccddeeff>'
  const size = objects.length + 1
  const trailer = `<</Size ${size}/Root 1 0 R/Info ${objects.length} 0 R/ID[${id}${id}]>>`
  return Buffer.from(
    `${text}xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n${trailer}\nstartxref\n${text.length}\n%%EOF\n`,
    'latin1',
  )
}

/** A stream with further entries of its dictionary. */
export function streamOf(content: string, entries = ''): string {
  return `<<${entries}/Length ${Buffer.byteLength(content, 'latin1')}>>stream\n${content}\nendstream`
}

/** What draws a line of text at a height. */
export function line(text: string, height: number): string {
  return `BT /F 10 Tf 20 ${height} Td (${text}) Tj ET `
}

/** What a document is made of. */
interface PageParts {
  readonly contents: string
  /** Further entries of its resources, its page and its catalog. */
  readonly resources?: string
  /** Further fonts, such as `/G 6 0 R`. */
  readonly fonts?: string
  readonly page?: string
  readonly catalog?: string
  /** From number 6 on. */
  readonly objects?: readonly string[]
}

/** A PDF of one page, whose font is object 5. */
export function pdfOfPage({
  contents,
  resources = '',
  fonts = '',
  page = '',
  catalog = '',
  objects = [],
}: PageParts): Buffer {
  return pdfOfObjects([
    `<</Type/Catalog/Pages 2 0 R${catalog}>>`,
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    `<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 300]/Contents 4 0 R/Resources<</Font<</F 5 0 R${fonts}>>${resources}>>${page}>>`,
    streamOf(contents),
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
    ...objects,
    '<</Title(A title)>>',
  ])
}
