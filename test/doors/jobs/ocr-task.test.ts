import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { OCR } from '../../../src/doors/jobs/operations/ocr-task.ts'
import { listOperations } from '../../../src/doors/jobs/operations/operation-list.ts'
import { TaskError } from '../../../src/doors/jobs/tasks/task-error.ts'
import { folderOfPackage } from '../../../src/programs/pinned-package.ts'
import { findPrograms } from '../../../src/programs/programs.ts'
import { ORIENTATION, packageOfLanguage, TESSERACT } from '../../../src/programs/tesseract.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'

const SCAN = {
  filename: 'scan.png',
  object: 'jobs/1/scan.png',
  size: 1,
  contentType: 'image/png',
  content: 'png',
  mayHoldSeveral: false,
} as const

describe('the task pdf/ocr', () => {
  const folder = useTemporaryFolder()
  const there = () => findPrograms({ DARKROOM_OCR: folder.pathTo('ocr') })

  before(() => {
    const packages = [TESSERACT, ORIENTATION, packageOfLanguage('eng'), packageOfLanguage('deu')]
    for (const each of packages) {
      mkdirSync(path.join(folder.pathTo('ocr'), folderOfPackage(each)), { recursive: true })
    }
  })

  const plan = (options: object, programs = there()) =>
    OCR.plan({ ...options }, [SCAN], 0, [], programs, [])

  const LANGUAGES: readonly (readonly [given: unknown, languages: readonly string[]])[] = [
    [undefined, ['eng']],
    ['', ['eng']],
    [[], ['eng']],
    ['deu', ['deu']],
    ['eng, deu', ['eng', 'deu']],
    ['deu+eng', ['deu', 'eng']],
    [
      ['eng', 'eng', 'deu'],
      ['eng', 'deu'],
    ],
  ]
  for (const [language, languages] of LANGUAGES) {
    it(`reads ${languages.join(' and ')} for ${JSON.stringify(language) ?? 'nothing'}`, () => {
      assert.deepEqual(plan({ language }), [
        {
          action: 'ocr',
          source: SCAN,
          instructions: { fmt: 'pdf', ocr: { languages, autoOrient: true } },
          filename: 'scan.pdf',
        },
      ])
    })
  }

  it('turns no page, and opens what is encrypted, when it is told so', () => {
    const planned = plan({ auto_orient: 'false', password: 'open' })
    assert.partialDeepStrictEqual(planned, [
      { instructions: { ocr: { autoOrient: false }, password: 'open' } },
    ])
  })

  it('refuses a language that there is not, and names those that there are', () => {
    assert.throws(() => plan({ language: ['xxx'] }), /codes of languages among eng, deu, fra/)
  })

  const MISSING: readonly (readonly [title: string, programs: object, sentence: string])[] = [
    [
      'Tesseract',
      {},
      'Recognising the text of scans takes Tesseract, which is not on this machine; install it with "npm run add -- ocr fra".',
    ],
    [
      'a language',
      { tesseract: '' },
      'Recognising the text of scans takes what Tesseract knows of French, which is not on this machine; install it with "npm run add -- ocr fra".',
    ],
  ]
  for (const [title, programs, sentence] of MISSING) {
    it(`says how ${title} is installed where it is missing`, () => {
      assert.throws(
        () => plan({ language: 'fra' }, 'tesseract' in programs ? there() : {}),
        (error) =>
          error instanceof TaskError &&
          error.code === 'ENGINE_NOT_AVAILABLE' &&
          error.message === sentence,
      )
    })
  }

  it('is listed with its languages where Tesseract is, and nowhere else', () => {
    const include = { options: true, engineVersions: false }
    const filter = { operation: 'pdf/ocr', input_format: 'pdf' }
    assert.deepEqual(listOperations(filter, include, {}), [])
    const [row] = listOperations(filter, include, there())
    const language = row?.options?.find(({ name }) => name === 'language')
    assert.deepEqual(language?.possible_values, ['eng', 'deu'])
  })
})
