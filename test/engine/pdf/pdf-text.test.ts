import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { OperationError } from '../../../src/base/operation-error.ts'
import { writePdfText } from '../../../src/engine/pdf/pdf.ts'
import { qpdf } from '../../../src/engine/pdf/qpdf/qpdf.ts'
import { type DrawPage, halfBlue, pdfOf, textPage } from '../../support/pdf.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { line, pdfOfPage, streamOf } from './pdf-files.ts'

/** What a page draws by name: a line of text. */
function form(text: string, entries = ''): string {
  return streamOf(
    line(text, 5),
    `/Type/XObject/Subtype/Form/BBox[0 0 200 20]/Resources<</Font<</F 5 0 R>>>>${entries}`,
  )
}

describe('the text of a PDF', function () {
  this.timeout(300_000)
  const folder = useTemporaryFolder()

  async function textOf(pdf: Buffer, password?: string): Promise<string> {
    const path = folder.pathTo('document.pdf')
    await writeFile(path, pdf)
    await writePdfText({ path, password }, folder.pathTo('text'))
    return readFile(folder.pathTo('text'), 'utf8')
  }

  const documents: { title: string; pages: DrawPage[]; text: string }[] = [
    {
      title: 'has the lines of a page',
      pages: [textPage('A harbour at dusk.', 'Boats, and café lights: 5 €.')],
      text: 'A harbour at dusk.\nBoats, and café lights: 5 €.\n',
    },
    {
      title: 'has a blank line between pages, and none for a page without text',
      pages: [textPage('First'), halfBlue, textPage('Second')],
      text: 'First\n\nSecond\n',
    },
    { title: 'is empty when no page has any', pages: [halfBlue, halfBlue], text: '' },
  ]
  for (const { title, pages, text } of documents) {
    it(title, async () => {
      assert.equal(await textOf(await pdfOf(pages)), text)
    })
  }

  it('is read of a file whose end is cut off', async () => {
    const pdf = pdfOfPage({ contents: line('Harbour words', 50) })
    assert.equal(await textOf(pdf.subarray(0, pdf.lastIndexOf('xref\n0'))), 'Harbour words\n')
  })

  const whole = pdfOfPage({ contents: line('Harbour words', 50) }).toString('latin1')
  const front = `HTTP/1.1 200 OK\r\nX-Filler: ${'abcdefgh'.repeat(300)}\r\n\r\n`
  const repaired: Record<string, string> = {
    'a trailer that leads to the pages': whole.replace('/Root 1', '/Root 2'),
    'a trailer that leads to a font': whole.replace('/Root 1', '/Root 5'),
    'a trailer that leads nowhere': whole.replace('/Root 1', '/Root 9'),
    'one page for the tree of pages': whole.replace('/Pages 2', '/Pages 3'),
    'more than a kilobyte in front': front + whole,
    'more than a kilobyte in front, and a trailer that leads elsewhere':
      front + whole.replace('/Root 1', '/Root 2'),
    'a header of PostScript': whole.replace('%PDF-1.6', '%!PS-Adobe-3.0 PDF-1.4'),
    'no header': whole.slice(whole.indexOf('\n') + 1),
  }
  for (const [damage, file] of Object.entries(repaired)) {
    it(`is read of a file that readers repair: ${damage}`, async () => {
      assert.equal(await textOf(Buffer.from(file, 'latin1')), 'Harbour words\n')
    })
  }

  it('leaves out hidden layers of a file whose trailer leads elsewhere', async () => {
    const file = pdfOfPage({
      contents: `${line('shown', 200)}/OC /B BDC ${line('hidden', 180)}EMC`,
      resources: '/Properties<</B 6 0 R>>',
      catalog: '/OCProperties<</OCGs[6 0 R]/D<</OFF[6 0 R]>>>>',
      objects: ['<</Type/OCG/Name(Hidden)>>'],
    }).toString('latin1')
    for (const broken of [file.replace('/Root 1', '/Root 2'), front + file]) {
      assert.equal(await textOf(Buffer.from(broken, 'latin1')), 'shown\n')
    }
  })

  it('is read from an encrypted file with its password', async () => {
    const pdf = await pdfOf([textPage('Secret')], { userPassword: 'sesame' })
    assert.equal(await textOf(pdf, 'sesame'), 'Secret\n')
  })

  const field = '/Type/Annot/Subtype/Widget/DA(/F 10 Tf 0 g)/P 3 0 R'
  const layers = '/OCProperties<</OCGs[6 0 R 7 0 R]/D<</OFF[7 0 R]>>>>'
  const groups = ['<</Type/OCG/Name(Shown)>>', '<</Type/OCG/Name(Hidden)>>']
  const shown: Record<string, { pdf: Parameters<typeof pdfOfPage>[0]; text: string }> = {
    'values of a form that have no appearance': {
      pdf: {
        contents: line('Page', 200),
        page: '/Annots[6 0 R 7 0 R 8 0 R 9 0 R]',
        catalog:
          '/AcroForm<</Fields[6 0 R 7 0 R 8 0 R 9 0 R]/DR<</Font<</F 5 0 R>>>>/DA(/F 10 Tf 0 g)>>',
        objects: [
          `<<${field}/FT/Tx/T(a)/V(ZX-48151)/Rect[20 130 200 146]/F 4>>`,
          `<<${field}/FT/Ch/T(b)/Ff 131072/Opt[(EUR)[(chf)(Swiss francs)]]/V(chf)/Rect[20 100 200 116]/F 4>>`,
          `<<${field}/FT/Tx/T(c)/V(hidden)/Rect[20 70 200 86]/F 2>>`,
          `<<${field}/FT/Tx/T(d)/V(printed only)/Rect[20 40 200 56]/F 36>>`,
        ],
      },
      text: 'Page\nZX-48151 Swiss francs\n',
    },
    'notes that are typed, and not those behind a mark': {
      pdf: {
        contents: line('Page', 200),
        page: '/Annots[6 0 R 7 0 R]',
        objects: [
          '<</Type/Annot/Subtype/FreeText/DA(/Helv 10 Tf 0 g)/Contents(Typed)/Rect[20 100 200 130]/F 4>>',
          '<</Type/Annot/Subtype/Text/Contents(Sticky)/Rect[20 60 40 80]/F 4>>',
        ],
      },
      text: 'Page\nTyped\n',
    },
    stamps: {
      pdf: {
        contents: line('Page', 200),
        page: '/Annots[6 0 R]',
        objects: [
          '<</Type/Annot/Subtype/Stamp/Rect[20 100 220 120]/F 4/AP<</N 7 0 R>>>>',
          form('Approved'),
        ],
      },
      text: 'Page\nApproved\n',
    },
    'layers unless they are hidden': {
      pdf: {
        contents: `/OC /A BDC ${line('shown', 200)}EMC /OC /B BDC ${line('hidden', 180)}/Span <<>> BDC ${line('deeper', 160)}EMC EMC ${line('after', 140)}`,
        resources: '/Properties<</A 6 0 R/B 7 0 R>>',
        catalog: layers,
        objects: groups,
      },
      text: 'shown\nafter\n',
    },
    'layers that are shown where others are not': {
      pdf: {
        contents: `/OC /A BDC ${line('shown', 200)}EMC /OC /B BDC ${line('hidden', 180)}EMC`,
        resources: '/Properties<</A 6 0 R/B 7 0 R>>',
        catalog: '/OCProperties<</OCGs[6 0 R 7 0 R]/D<</BaseState/OFF/ON[6 0 R]>>>>',
        objects: groups,
      },
      text: 'shown\n',
    },
    'what belongs to several layers by its rule': {
      pdf: {
        contents: `/OC /A BDC ${line('any', 200)}EMC /OC /B BDC ${line('all', 180)}EMC /OC /C BDC ${line('not', 160)}EMC`,
        resources: '/Properties<</A 8 0 R/B 9 0 R/C 10 0 R>>',
        catalog: layers,
        objects: [
          ...groups,
          '<</Type/OCMD/OCGs[6 0 R 7 0 R]>>',
          '<</Type/OCMD/OCGs[6 0 R 7 0 R]/P/AllOn>>',
          '<</Type/OCMD/VE[/Not 7 0 R]>>',
        ],
      },
      text: 'any\nnot\n',
    },
    'what belongs to several layers by a rule that stands in its page': {
      pdf: {
        contents: `/OC /A BDC ${line('any', 200)}EMC /OC /B BDC ${line('all', 180)}EMC /OC /C BDC ${line('not', 160)}EMC /OC /D BDC ${line('both', 140)}EMC`,
        resources:
          '/Properties<</A<</Type/OCMD/OCGs[6 0 R 7 0 R]>>/B<</Type/OCMD/OCGs[6 0 R 7 0 R]/P/AllOn>>/C<</Type/OCMD/VE[/Not 7 0 R]>>/D<</Type/OCMD/VE[/And 6 0 R[/Or 7 0 R 7 0 R]]>>>>',
        catalog: layers,
        objects: groups,
      },
      text: 'any\nnot\n',
    },
    'parts and stamps of layers that are shown': {
      pdf: {
        contents: '/X Do q 1 0 0 1 0 60 cm /Y Do Q',
        resources: '/XObject<</X 8 0 R/Y 9 0 R>>',
        page: '/Annots[10 0 R]',
        catalog: layers,
        objects: [
          ...groups,
          form('shown', '/OC 6 0 R'),
          form('hidden', '/OC 7 0 R'),
          '<</Type/Annot/Subtype/Stamp/Rect[20 100 220 120]/F 4/OC 7 0 R/AP<</N 11 0 R>>>>',
          form('stamp'),
        ],
      },
      text: 'shown\n',
    },
  }
  for (const [what, { pdf, text }] of Object.entries(shown)) {
    it(`has what is seen: ${what}`, async () => {
      const file = pdfOfPage(pdf)
      assert.equal(await textOf(file), text)
      // What tells hidden layers is put behind the file, in one way or another.
      const [plain, packed] = [folder.pathTo('plain.pdf'), folder.pathTo('packed.pdf')]
      await writeFile(plain, file)
      const streams = ['--object-streams=generate', '--encrypt', '', 'owner', '256', '--']
      await qpdf([{ path: plain }, { path: packed }, ...streams], undefined, undefined)
      assert.equal(await textOf(await readFile(packed)), text)
      assert.equal(await textOf(Buffer.concat([Buffer.from('\n'), file])), text)
    })
  }

  it('says which pages are damaged', async () => {
    const file = (await pdfOf([textPage('First'), textPage('Second')])).toString('latin1')
    const path = folder.pathTo('damaged.pdf')
    const numbers = /\/Kids \[ (\d+) 0 R (\d+) 0 R \]/.exec(file)
    const broken = numbers ? file.replace(`${numbers[2]} 0 R ]`, '9999 0 R ]') : file
    await writeFile(path, broken, 'latin1')
    assert.deepEqual(
      await writePdfText({ path, password: undefined }, folder.pathTo('text')),
      numbers ? ['Page 2 is damaged, so that there is no text of it.'] : [],
    )
  })

  it('leaves no file when it cannot be read', async () => {
    await writeFile(folder.pathTo('text'), 'of before')
    await assert.rejects(textOf(Buffer.from('%PDF-1.7\n')), OperationError)
    assert.ok(!existsSync(folder.pathTo('text')))
  })
})
