import assert from 'node:assert/strict'
import { CONVERT } from '../../../src/doors/jobs/operations/convert.ts'
import type { InputFile } from '../../../src/doors/jobs/tasks/input-file.ts'

const PROGRAMS = {}

function file(filename: string, content: InputFile['content'], mayHoldSeveral = false): InputFile {
  return { filename, object: 'jobs/1/a', size: 1, contentType: '', content, mayHoldSeveral }
}

const PHOTO = file('a.jpg', 'jpeg')
const BOOK = file('a.pdf', 'pdf', true)
const FILM = file('a.mp4', 'mp4')
const FONT = file('a.ttf', 'ttf')
const SHEET = file('a.csv', 'csv')

type Options = Readonly<Record<string, unknown>>

const plan = (options: Options, inputs: readonly InputFile[], stage: number) =>
  CONVERT.plan(options, inputs, stage, [], PROGRAMS, [])

describe('options of convert that make no difference', () => {
  const TOLD: readonly (readonly [
    inputs: readonly InputFile[],
    options: Options & { readonly output_format: string },
    names: string | undefined,
  ])[] = [
    [[PHOTO], { output_format: 'png', width: 9, fit: 'crop', auto_orient: false }, undefined],
    [[PHOTO], { output_format: 'png', crf: 20, fps: 9 }, 'crf and fps make'],
    [[PHOTO], { output_format: 'png', margin_top: 9, timeout: 9, engine: 'a' }, 'margin_top makes'],
    [[PHOTO], { output_format: 'png', bookmarks: null, crf: '' }, undefined],
    [[PHOTO], { output_format: 'pdf', width: 9 }, 'width makes'],
    [[PHOTO], { output_format: 'png', pages: '2' }, 'pages makes'],
    [[PHOTO, BOOK], { output_format: 'pdf', pages: '2' }, undefined],
    [[BOOK], { output_format: 'pdf', pages: '1', password: 'a' }, undefined],
    [[BOOK], { output_format: 'txt', pages: '1' }, 'pages makes'],
    [[FILM], { output_format: 'mp4', crf: 20, width: 9, pages: '1' }, 'pages makes'],
    [[FILM], { output_format: 'png', timestamp: 1, quality: 9 }, undefined],
    [[FONT], { output_format: 'woff2', quality: 9 }, 'quality makes'],
    [[SHEET], { output_format: 'json', fit_sheets: 'page' }, 'fit_sheets makes'],
    [[PHOTO, FILM], { output_format: 'png', timestamp: 1 }, undefined],
    [[PHOTO], { output_format: 'png', of_somebody: true }, undefined],
  ]
  for (const [inputs, options, names] of TOLD) {
    const what = inputs.map(({ filename }) => filename).join()
    it(`are ${names === undefined ? 'none' : 'told'}: ${what}, ${JSON.stringify(options)}`, () => {
      assert.deepEqual(plan(options, inputs, 1), {
        result: {},
        remarks: names === undefined ? [] : [`${names} no difference to this task.`],
      })
    })
  }

  it('are not the pages of a PDF that is made', () => {
    assert.partialDeepStrictEqual(plan({ output_format: 'pdf', page_range: '2-3' }, [BOOK], 0), [
      { action: 'pdf', instructions: { fmt: 'pdf', pages: '2-3' } },
    ])
  })
})
