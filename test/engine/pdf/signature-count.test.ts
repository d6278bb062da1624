import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { qpdf } from '../../../src/engine/pdf/qpdf/qpdf.ts'
import { countSignatures } from '../../../src/engine/pdf/structure/signature-count.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { pdfOfPage } from './pdf-files.ts'

const CONTENTS =
  '<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/ByteRange[0 1 2 3]/Contents<3000>>>'

/** A field for a signature, and what signs it from number 6 on. */
const field = (value: string, entries = ''): string =>
  `<</Type/Annot/Subtype/Widget/FT/Sig/T(S)/Rect[0 0 0 0]${value}${entries}>>`

const CASES: Record<string, { objects: string[]; fields: string; signatures: number }> = {
  'none of a form without any': {
    objects: ['<</FT/Tx/T(a)/V(Text)>>'],
    fields: '6 0 R',
    signatures: 0,
  },
  'none of a field that nobody has signed': {
    objects: [field('')],
    fields: '6 0 R',
    signatures: 0,
  },
  'one that is there': { objects: [field('/V 7 0 R'), CONTENTS], fields: '6 0 R', signatures: 1 },
  'one that stands in its field': {
    objects: [field(`/V${CONTENTS}`)],
    fields: '6 0 R',
    signatures: 1,
  },
  'one of two': {
    objects: [field('/V 7 0 R'), CONTENTS, field('')],
    fields: '6 0 R 8 0 R',
    signatures: 1,
  },
  'those below other fields, of which they have their kind': {
    objects: [
      '<</FT/Sig/T(a)/Kids[7 0 R 8 0 R]>>',
      '<</T(b)/V 9 0 R>>',
      '<</T(c)/V 9 0 R>>',
      CONTENTS,
    ],
    fields: '6 0 R',
    signatures: 2,
  },
  'each once of fields that lead to themselves': {
    objects: ['<</T(a)/Kids[6 0 R 7 0 R 7 0 R]>>', field('/V 8 0 R'), CONTENTS],
    fields: '6 0 R',
    signatures: 1,
  },
}

describe('the signatures of a PDF', () => {
  const folder = useTemporaryFolder()

  for (const [what, { objects, fields, signatures }] of Object.entries(CASES)) {
    it(`are counted: ${what}`, async () => {
      const catalog = `/AcroForm<</SigFlags 3/Fields[${fields}]>>`
      const path = folder.pathTo('plain.pdf')
      await writeFile(path, pdfOfPage({ contents: '', catalog, objects }))
      assert.equal(countSignatures(path, undefined), signatures)
      const packed = folder.pathTo('packed.pdf')
      const given = ['--object-streams=generate', '--encrypt', '', 'owner', '256', '--']
      await qpdf([{ path }, { path: packed }, ...given], undefined, undefined)
      assert.equal(countSignatures(packed, undefined), signatures)
    })
  }
})
