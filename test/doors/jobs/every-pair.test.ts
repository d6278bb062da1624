import assert from 'node:assert/strict'
import { convertOptions } from '../../../src/doors/jobs/operations/convert-options.ts'
import { converterOf } from '../../../src/doors/jobs/operations/converters.ts'
import { listOperations } from '../../../src/doors/jobs/operations/operation-list.ts'
import type { InputFile } from '../../../src/doors/jobs/tasks/input-file.ts'
import { type FoundPrograms, PROGRAM_IDS } from '../../../src/programs/programs.ts'
import { formatOfExtension } from '../../../src/sources/format-lookup.ts'
import { type FormatId, KNOWN_FORMATS } from '../../../src/sources/formats.ts'
import { identifyContent } from '../../../src/sources/identify.ts'
import type { Content } from '../../../src/sources/signatures.ts'

const MACHINES: Readonly<Record<string, FoundPrograms>> = {
  'no programs': {},
  'all programs': Object.fromEntries(PROGRAM_IDS.map((id) => [id, `/usr/bin/${id}`])),
}

/** What is told by a text, or by its name alone. */
const TEXTS: Readonly<Record<string, string>> = {
  csv: 'a,b\n1,2\n',
  markdown: '# A\n',
  text: 'A\n',
  json: '[{"a": 1}]',
  html: '<!doctype html><p>A</p>',
  xhtml: '<html xmlns="http://www.w3.org/1999/xhtml"/>',
  xml: '<a/>',
  rtf: '{\\rtf1 A}',
}

const COMPOUNDS: readonly string[] = ['doc', 'xls', 'ppt']

async function contentOf(id: FormatId, name: string): Promise<Content | undefined> {
  const { [id]: text } = TEXTS
  if (text !== undefined) return identifyContent(Buffer.from(text), { name })
  if (COMPOUNDS.includes(id)) return 'compound'
  if (id === 'ai') return 'pdf'
  return id === 'zip' || KNOWN_FORMATS[id].group === 'office' ? 'package' : id
}

async function inputOf(extension: string): Promise<InputFile> {
  const filename = `file.${extension}`
  const id = formatOfExtension(extension)
  assert.ok(id !== undefined, `${extension} is an extension of a format`)
  const content = await contentOf(id, filename)
  const stored = { object: 'jobs/a/b', size: 1, contentType: 'application/octet-stream' }
  return { ...stored, filename, content, mayHoldSeveral: false }
}

describe('every pair of formats that GET /v2/operations lists', () => {
  for (const [machine, programs] of Object.entries(MACHINES)) {
    const rows = listOperations(
      { operation: 'convert' },
      { options: false, engineVersions: false },
      programs,
    )

    it(`is listed once where there are ${machine}`, () => {
      const pairs = rows.map(({ input_format: from, output_format: to }) => `${from} ${to}`)
      assert.ok(pairs.length > 300)
      assert.deepEqual(
        pairs.filter((pair, index) => pairs.indexOf(pair) !== index),
        [],
      )
    })

    it(`is made by the converter that lists it where there are ${machine}`, async () => {
      const unmade: string[] = []
      for (const { input_format: from, output_format: to } of rows) {
        const converter = converterOf(await inputOf(from ?? ''), to ?? '', programs)
        const isListed = converter
          .pairs(programs)
          .some((pair) => pair.input_format === from && pair.output_format === to)
        if (!isListed) unmade.push(`${from} ${to}`)
      }
      assert.deepEqual(unmade, [])
    })

    it(`can be asked for where there are ${machine}`, () => {
      const refused = rows.filter(
        ({ output_format }) => !convertOptions.safeParse({ output_format }).success,
      )
      assert.deepEqual(
        refused.map(({ output_format: to }) => to),
        [],
      )
    })
  }

  it('says whether a program of the machine makes it', () => {
    const rows = listOperations(
      { operation: 'convert' },
      { options: false, engineVersions: false },
      MACHINES['all programs'] ?? {},
    )
    const gradeOf = (from: string, to: string) =>
      rows.find((row) => row.input_format === from && row.output_format === to)?.meta.grade
    assert.equal(gradeOf('csv', 'xlsx'), 'embedded')
    assert.equal(gradeOf('odt', 'docx'), 'program')
  })
})
