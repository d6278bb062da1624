import assert from 'node:assert/strict'
import { convertOptions } from '../../../src/doors/jobs/operations/convert-options.ts'
import { CONVERT, THUMBNAIL } from '../../../src/doors/jobs/operations/convert.ts'
import { MERGE } from '../../../src/doors/jobs/operations/merge-task.ts'
import { listOperations } from '../../../src/doors/jobs/operations/operation-list.ts'
import type { Wish } from '../../../src/doors/jobs/operations/operation.ts'
import type { InputFile } from '../../../src/doors/jobs/tasks/input-file.ts'
import { TaskError } from '../../../src/doors/jobs/tasks/task-error.ts'
import type { FoundPrograms } from '../../../src/programs/programs.ts'
import type { Content } from '../../../src/sources/signatures.ts'

const OFFICE: FoundPrograms = { soffice: '/usr/bin/soffice' }

const inputOf = (filename: string, content: Content): InputFile => ({
  filename,
  object: `jobs/1/${filename}`,
  size: 1,
  contentType: 'application/octet-stream',
  content,
  mayHoldSeveral: content === 'pdf',
})

const LETTER = inputOf('Brief ß.docx', 'package')

function plan(
  input: InputFile,
  options: Readonly<Record<string, unknown>>,
  {
    stage = 0,
    reports = [],
    between = [],
    programs = OFFICE,
  }: {
    stage?: number
    reports?: readonly unknown[]
    between?: readonly InputFile[]
    programs?: FoundPrograms
  } = {},
): readonly Wish[] {
  const planned = CONVERT.plan(options, [input], stage, reports, programs, between)
  assert.ok(Array.isArray(planned), 'the task is done')
  return planned
}

const shown = (wishes: readonly Wish[]) =>
  wishes.map(({ action, source, instructions, filename }) => ({
    action,
    source: source?.filename,
    instructions,
    filename,
  }))

const shownOf = (planned: ReturnType<typeof CONVERT.plan>) =>
  shown('result' in planned ? [] : planned)

const pairsFor = (programs: FoundPrograms) => {
  const include = { options: false, engineVersions: false }
  return listOperations({ operation: 'convert' }, include, programs).map(
    ({ input_format: from, output_format: to }) => `${from} ${to}`,
  )
}

describe('converting office files', () => {
  const marked: readonly (readonly [from: InputFile, to: string, action: string])[] = [
    [inputOf('a.pdf', 'pdf'), 'md', 'document'],
    [inputOf('a.odt', 'package'), 'md', 'document'],
    [inputOf('a.doc', 'compound'), 'md', 'document'],
    [inputOf('a.rtf', 'rtf'), 'html', 'office'],
    [inputOf('a.docx', 'package'), 'md', 'data'],
  ]
  for (const [from, to, action] of marked) {
    it(`makes ${to} of ${from.filename} by the action ${action}`, () => {
      assert.deepEqual(
        plan(from, { output_format: to }).map((wish) => wish.action),
        [action],
      )
    })
  }

  it('makes their text with markup where there is no office, too', () => {
    const rtf = inputOf('a.rtf', 'rtf')
    assert.deepEqual(shown(plan(rtf, { output_format: 'html', password: 'x' }, { programs: {} })), [
      {
        action: 'document',
        source: 'a.rtf',
        instructions: { fmt: 'html', password: 'x' },
        filename: 'a.html',
      },
    ])
  })

  it('is the work of the action office', () => {
    const options = { output_format: 'pdf', page_range: '1-2', pdf_a: 'true', password: 'x' }
    assert.deepEqual(shown(plan(LETTER, options)), [
      {
        action: 'office',
        source: 'Brief ß.docx',
        instructions: { fmt: 'pdf', password: 'x', pages: '1-2', pdfA: true },
        filename: 'Brief ß.pdf',
      },
    ])
  })

  it('takes no text for a letter that is called a picture', () => {
    const [wish] = plan(inputOf('broken.jpg', 'text'), { output_format: 'png' })
    assert.equal(wish?.action, 'worker')
    const [letter] = plan(inputOf('broken.docx', 'text'), { output_format: 'png' })
    assert.equal(letter?.action, 'office')
  })

  it('goes by what the client says that a file is', () => {
    const unnamed = inputOf('brief', 'package')
    const [wish] = plan(unnamed, { output_format: 'odt', input_format: 'docx' })
    assert.deepEqual([wish?.action, wish?.filename], ['office', 'brief.odt'])
  })

  it('makes pictures of the pages of a PDF that is no file of the task', () => {
    const options = { output_format: 'png', pages: '2-', width: 100, input_format: 'docx' }
    assert.deepEqual(shown(plan(LETTER, options)), [
      {
        action: 'office',
        source: 'Brief ß.docx',
        instructions: { fmt: 'pdf' },
        filename: { intermediate: 'Brief ß.pdf' },
      },
    ])
    const between = [inputOf('Brief ß.pdf', 'pdf')]
    assert.deepEqual(shown(plan(LETTER, options, { stage: 1, between })), [
      {
        action: 'metadata',
        source: 'Brief ß.pdf',
        instructions: { fmt: 'json' },
        filename: { report: true },
      },
    ])
    const reports = [{ PageCount: 3 }]
    const made = shown(plan(LETTER, options, { stage: 2, reports, between }))
    assert.deepEqual(
      made.map(({ action, source, instructions, filename }) => [
        action,
        source,
        instructions['page'],
        filename,
      ]),
      [
        ['worker', 'Brief ß.pdf', 2, 'Brief ß-1.png'],
        ['worker', 'Brief ß.pdf', 3, 'Brief ß-2.png'],
      ],
    )
    assert.deepEqual(CONVERT.plan(options, [LETTER], 3, [], OFFICE, between), {
      result: {},
      remarks: [],
    })
  })

  it('reads the text of a file of before 2007 from its successor', () => {
    const options = { output_format: 'txt' }
    const old = inputOf('old.ppt', 'compound')
    assert.deepEqual(shown(plan(old, options)), [
      {
        action: 'office',
        source: 'old.ppt',
        instructions: { fmt: 'pptx' },
        filename: { intermediate: 'old.pptx' },
      },
    ])
    const between = [inputOf('old.pptx', 'package')]
    const [text] = plan(old, options, { stage: 1, between })
    assert.deepEqual(
      [text?.action, text?.source?.filename, text?.filename],
      ['document', 'old.pptx', 'old.txt'],
    )
  })

  it('says what is missing where LibreOffice is', () => {
    for (const [output_format, made] of [
      ['odt', 'ODT'],
      ['rtf', 'RTF'],
    ]) {
      assert.throws(
        () => plan(LETTER, { output_format }, { programs: {} }),
        (error) => {
          assert.ok(error instanceof TaskError)
          assert.equal(error.code, 'ENGINE_NOT_AVAILABLE')
          assert.match(
            error.message,
            new RegExp(
              `^Making ${made} of Brief ß\\.docx takes LibreOffice, .*"sudo apt-get install |"brew`,
            ),
          )
          return true
        },
      )
    }
  })

  it('still has previews and texts without LibreOffice', () => {
    const actions = ['png', 'txt'].flatMap((output_format) =>
      plan(LETTER, { output_format }, { programs: {} }).map(({ action }) => action),
    )
    assert.deepEqual(actions, ['worker', 'document'])
  })

  it('is told of in GET /operations where LibreOffice is, each pair once', () => {
    const pairs = pairsFor(OFFICE)
    assert.equal(new Set(pairs).size, pairs.length)
    for (const pair of ['docx pdf', 'odt docx', 'xls csv', 'ppt odp', 'pptx png', 'doc txt']) {
      assert.ok(pairs.includes(pair), pair)
    }
    assert.ok(!pairs.includes('docx xlsx'))
    const without = pairsFor({})
    assert.ok(!without.includes('doc pdf') && without.includes('docx png'))
  })

  it('refuses what is no way to fit sheets', () => {
    const { error } = convertOptions.safeParse({ output_format: 'pdf', fit_sheets: 'height' })
    assert.deepEqual(
      error?.issues.map(({ path, message }) => [path, message]),
      [[['fit_sheets'], '"width" or "page"']],
    )
  })
})

describe('merging office files', () => {
  const table = inputOf('table.csv', 'csv')
  const inputs = [LETTER, inputOf('middle.pdf', 'pdf'), table]

  it('makes PDFs of them first, and merges all in their order', () => {
    const first = MERGE.plan({}, inputs, 0, [], OFFICE, [])
    assert.ok(Array.isArray(first))
    assert.deepEqual(
      shown(first).map(({ action, source, filename }) => [action, source, filename]),
      [
        ['office', 'Brief ß.docx', { intermediate: 'Brief ß.pdf' }],
        ['office', 'table.csv', { intermediate: 'table.pdf' }],
      ],
    )
    const between = [inputOf('Brief ß.pdf', 'pdf'), inputOf('table.pdf', 'pdf')]
    const merged = MERGE.plan({}, inputs, 1, [], OFFICE, between)
    assert.ok(Array.isArray(merged))
    assert.deepEqual(
      merged.map(({ action, filename, urls }: Wish) => [
        action,
        filename,
        urls?.map(({ object }) => object),
      ]),
      [['pdf', 'merged.pdf', ['jobs/1/Brief ß.pdf', 'jobs/1/middle.pdf', 'jobs/1/table.pdf']]],
    )
    assert.deepEqual(MERGE.plan({}, inputs, 2, [], OFFICE, between), { result: {} })
  })

  it('takes LibreOffice only when there are any', () => {
    const plain = [inputOf('a.pdf', 'pdf'), inputOf('b.png', 'png')]
    assert.ok(Array.isArray(MERGE.plan({}, plain, 0, [], {}, [])))
    assert.throws(() => MERGE.plan({}, inputs, 0, [], {}, []), {
      code: 'ENGINE_NOT_AVAILABLE',
      message: /^Making PDF of Brief ß\.docx takes LibreOffice/,
    })
  })
})

describe('the thumbnail of an office file', () => {
  it('is one of its first page as LibreOffice lays it out', () => {
    const options = { width: 100 }
    const first = THUMBNAIL.plan(options, [LETTER], 0, [], OFFICE, [])
    assert.ok(Array.isArray(first))
    assert.deepEqual(shown(first), [
      {
        action: 'office',
        source: 'Brief ß.docx',
        instructions: { fmt: 'pdf', pages: '1' },
        filename: { intermediate: 'Brief ß.pdf' },
      },
    ])
    const between = [inputOf('Brief ß.pdf', 'pdf')]
    const [made] = shownOf(THUMBNAIL.plan(options, [LETTER], 1, [], OFFICE, between))
    assert.deepEqual(
      [made?.action, made?.source, made?.filename],
      ['worker', 'Brief ß.pdf', 'Brief ß.png'],
    )
  })

  it('is one of its preview without LibreOffice', () => {
    const [made] = shownOf(THUMBNAIL.plan({}, [LETTER], 0, [], {}, []))
    assert.deepEqual([made?.action, made?.source], ['worker', 'Brief ß.docx'])
  })
})
