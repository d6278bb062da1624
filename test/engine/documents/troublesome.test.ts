import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { type Said, useMetadataFolder } from '../metadata/case-files.ts'
import { packetOf } from '../metadata/sources.ts'
import { useExtraction } from '../text/extraction.ts'

const CASES = path.join(import.meta.dirname, 'troublesome')

const PLAN: Said = { 'dc:title': 'Alt[Quay plan]', 'dc:creator': 'Seq[Harbour Office]' }

const NEARLY_UTF_8 = 'Größe und Länge der Geräte, für fünf Stück — 東京 и Москва'

interface Told {
  /** All of the text, or what is and is not in it. */
  readonly text?: string | { readonly has: readonly string[]; readonly lacks: readonly string[] }
  readonly said?: Said
  /** Properties that nothing is said of. */
  readonly unsaid?: readonly string[]
}

/** Files after public bug reports, and what people read in them. */
const TOLD: Readonly<Record<string, Told>> = {
  'csv-mac-roman.csv': {
    text: {
      has: ['Réf;Désignation;Prix', 'Crème brûlée «maison»', 'Bœuf à l’ancienne;21 €'],
      lacks: [],
    },
  },
  'docx-altchunk-docx.docx': { text: 'Before\nLieferschein 48151\nAfter\n' },
  'docx-altchunk-mht.docx': { text: 'Lieferschein 48151\nGrüße aus Genf\n' },
  'docx-core-properties-elsewhere.docx': { text: 'words of the plan\n', said: PLAN },
  'docx-field-in-a-field.docx': { text: 'Dear Ms Mayor\n' },
  'docx-main-part-document2.docx': {
    text: 'words of the plan\n',
    said: {
      ...PLAN,
      'dc:format': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    },
  },
  'docx-newline-behind.docx': { text: 'words of the plan\n', said: PLAN },
  'docx-symbols.docx': { text: 'Temperature 20 °C ✓ done α-value\n' },
  'exif-latin-1.jpg': {
    said: {
      'tiff:Artist': 'Hafenbüro',
      'tiff:ImageDescription': 'Alt[Brücke bei Zürich]',
    },
  },
  'film.3gp': { said: { 'dc:format': 'video/3gpp' } },
  'flat-opc.xml': { text: 'Lieferschein 48151\n' },
  'html-late-charset.html': {
    text: 'Договор\nДоговор поставки\n',
    said: { 'dc:title': 'Alt[Договор]' },
  },
  'html-one-latin-1-byte.html': {
    text: { has: ['Größe und Länge', 'caf\ufffd'], lacks: ['ц'] },
    said: { 'dc:title': 'Alt[Größe]' },
  },
  'iptc-utf-8-undeclared.jpg': {
    said: { 'dc:title': 'Alt[Größe]', 'dc:subject': 'Bag[Zürich|Łódź]' },
  },
  'mht.doc': { text: 'Lieferschein 48151\nGrüße aus Genf\n' },
  'raw.cr3': { said: { 'dc:format': 'image/x-canon-cr3' } },
  'rtf-plain.rtf': { text: 'café źródło\n' },
  'svg-inkscape.svg': {
    said: {
      'dc:title': 'Alt[Quay plan]',
      'dc:creator': 'Seq[Hafenbüro]',
      'dc:subject': 'Bag[harbour|Geneva]',
      'dc:rights': 'Alt[City of Geneva]',
      'dc:description': 'Alt[Plan of the quay]',
    },
  },
  'text-one-latin-1-line.txt': { text: { has: [NEARLY_UTF_8, '\ncaf\ufffd'], lacks: ['ц'] } },
  'text-utf-16-le-chinese.txt': {
    text: { has: ['这份合同由双方在日内瓦签署并立即生效'], lacks: ['\ufffd'] },
    said: { 'dc:format': 'text/plain' },
  },
  'xhtml-empty-title.xhtml': { text: 'kept words\n', unsaid: ['dc:title'] },
  'xlsx-cells-as-shown.xlsx': {
    text: {
      has: [
        '00501\t',
        '417 912 34 56\t',
        '12.5%\t',
        'CHF 1,234.50\t',
        'Turnover by quarter in Geneva',
      ],
      lacks: [],
    },
  },
  'xlsx-scientific.xlsx': {
    text: '1.23E+06\trow 1\n1.2E-4\trow 2\n120.0E-6\trow 3\n2023-03-15\trow 4\n',
  },
}

describe('troublesome documents', function () {
  this.timeout(120_000)
  const { extract } = useExtraction()
  const metadata = useMetadataFolder()

  for (const [name, { text, said, unsaid = [] }] of Object.entries(TOLD)) {
    const content = readFileSync(path.join(CASES, name))
    if (text !== undefined) {
      it(`has its text read: ${name}`, async () => {
        const found = await extract(content, { name })
        if (typeof text === 'string') return assert.equal(found, text)
        for (const words of text.has) assert.ok(found.includes(words), words)
        for (const words of text.lacks) assert.ok(!found.includes(words), words)
      })
    }
    if (said !== undefined || unsaid.length > 0) {
      it(`has its metadata read: ${name}`, async () => {
        const found = await metadata.read(content, name)
        for (const [key, value] of Object.entries(said ?? {})) assert.equal(found[key], value, key)
        for (const key of unsaid) assert.equal(found[key], undefined, key)
      })
    }
  }

  it('keeps the second picture of a JPEG reachable when its packet becomes shorter', async () => {
    const name = 'jpeg-mpf-in-front-of-xmp.jpg'
    const before = readFileSync(path.join(CASES, name))
    const copy = await metadata.write(before, packetOf('', 'dc:format="image/jpeg"'), name)
    const places = [before, copy].map((jpeg) => secondPicture(jpeg))
    assert.deepEqual(places[1]?.bytes, places[0]?.bytes)
    assert.equal(places[1]?.sizeOfFirst, copy.length - 448)
  })
})

/** The second picture of a JPEG, by its list of pictures in little or big endian (CIPA DC-007). */
function secondPicture(jpeg: Buffer): { readonly bytes: Buffer; readonly sizeOfFirst: number } {
  const base = jpeg.indexOf('MPF\0') + 4
  const isLittle = jpeg.toString('latin1', base, base + 2) === 'II'
  const read = (at: number): number => (isLittle ? jpeg.readUInt32LE(at) : jpeg.readUInt32BE(at))
  const tag = Buffer.from(isLittle ? [0x02, 0xb0] : [0xb0, 0x02])
  const entries = base + read(jpeg.indexOf(tag, base) + 8)
  const start = base + read(entries + 16 + 8)
  return {
    bytes: jpeg.subarray(start, start + read(entries + 16 + 4)),
    sizeOfFirst: read(entries + 4),
  }
}
