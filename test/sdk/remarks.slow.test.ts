import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { REMARKS } from '../../src/contract/event.ts'
import { activate } from '../cases/activation.ts'
import { pdfOfPage } from '../engine/pdf/pdf-files.ts'
import { docx } from '../engine/text/documents.ts'

type ActionName = 'worker' | 'document' | 'metadata'

/** What the event of a rendition tells, and the log. */
async function tell(
  name: ActionName,
  source: string | Buffer,
  renditions: readonly object[],
): Promise<{ remarks: unknown; log: string }> {
  const url = `data:application/octet-stream;base64,${Buffer.from(source).toString('base64')}`
  const action = new URL(`../../actions/${name}/index.ts`, import.meta.url)
  const { events, log } = await activate(action, {
    source: { url },
    renditions: renditions.map((each) => ({ target: {}, embedBinaryLimit: 32_768, ...each })),
    requestId: 'request1',
  })
  return { remarks: events.map(({ metadata }) => metadata?.[REMARKS]), log }
}

const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60"><text y="20" font-family="Frutiger LT, sans-serif">a</text><text y="40" font-family="Arial">b</text></svg>'

const PDF = pdfOfPage({
  contents: 'BT /F 10 Tf 20 200 Td (Standard) Tj /G 10 Tf 0 -20 Td (Other) Tj ET',
  resources: '',
  objects: [],
})
  .toString('latin1')
  .replace(
    '/Font<</F 5 0 R>>',
    '/Font<</F 5 0 R/G<</Type/Font/Subtype/TrueType/BaseFont/Frutiger-Roman>>>>',
  )

const LETTERS = PDF.replace('Frutiger-Roman', 'Helvetica').replace(
  '/Subtype/TrueType/',
  '/Subtype/TrueType/Encoding<</Differences[79/uni0928/t/h/e/r/uni0947/uni0928]>>/',
)

const UNREADABLE =
  'The text is partly unreadable: it has U+FFFD in place of one letter, whose bytes are none in its encoding.'

const lockedOdt = (): Promise<Buffer> =>
  readFile(new URL('../engine/metadata/documents/locked.odt', import.meta.url))

/** Text in UTF-8 with a byte that is none. */
const WRONG_BYTE = Buffer.concat([Buffer.from('Café, naïve, Straße\n'.repeat(20)), Buffer.of(0xe9)])

const CASES: readonly (readonly [
  what: string,
  action: ActionName,
  source: () => string | Buffer | Promise<Buffer>,
  renditions: readonly object[],
  remark: string,
])[] = [
  [
    'fonts that are replaced in a picture of a PDF',
    'document',
    () => Buffer.from(PDF, 'latin1'),
    [{ fmt: 'png', width: 100 }],
    'A font that the PDF names and that is not there is replaced by another: Frutiger-Roman.',
  ],
  [
    'letters that no font here has in a picture of a PDF',
    'document',
    () => Buffer.from(LETTERS, 'latin1'),
    [{ fmt: 'png', width: 100 }],
    'Letters of the PDF that no font here has are not drawn: न.',
  ],
  [
    'fonts that are replaced in a picture of an SVG',
    'worker',
    () => SVG,
    [{ fmt: 'png', width: 90 }],
    'A font that the SVG names and that is not there is replaced by another: Frutiger LT.',
  ],
  [
    'that a password is needed',
    'metadata',
    lockedOdt,
    [{ fmt: 'xmp' }],
    'Not read: the properties of the ODT, which is encrypted, and no password was given.',
  ],
  [
    'letters of a text that nobody can read',
    'document',
    () => WRONG_BYTE,
    [{ fmt: 'text' }, { fmt: 'md' }],
    UNREADABLE,
  ],
  [
    'a part of a document that is missing',
    'document',
    () => docx('<w:altChunk r:id="gone"/>', [['gone', 'aFChunk', 'gone.html']]),
    [{ fmt: 'text' }],
    'A file that the document imports is missing, so that there is no text of it.',
  ],
]

describe('what could not be done', function () {
  this.timeout(300_000)

  for (const [what, action, source, renditions, remark] of CASES) {
    it(`is told in the event of a rendition and in the log: ${what}`, async () => {
      const { remarks, log } = await tell(action, await source(), renditions)
      assert.deepEqual(
        remarks,
        renditions.map(() => [remark]),
      )
      assert.ok(log.includes(remark))
    })
  }
})
