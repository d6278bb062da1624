import assert from 'node:assert/strict'
import { CAPTURE_WEBSITE } from '../../../src/doors/jobs/operations/capture-task.ts'
import { CONVERT, THUMBNAIL } from '../../../src/doors/jobs/operations/convert.ts'
import type { MakingOperation } from '../../../src/doors/jobs/operations/operation.ts'
import { OPERATIONS } from '../../../src/doors/jobs/operations/operations.ts'
import { OPTIMIZE, WATERMARK } from '../../../src/doors/jobs/operations/picture-tasks.ts'
import { tellUnknownOptions } from '../../../src/doors/jobs/operations/unknown-options.ts'
import type { InputFile } from '../../../src/doors/jobs/tasks/input-file.ts'

const PROGRAMS = {}

function file(filename: string, content: InputFile['content'], mayHoldSeveral = false): InputFile {
  return { filename, object: 'jobs/1/a', size: 1, contentType: '', content, mayHoldSeveral }
}

const PHOTO = file('a.jpg', 'jpeg')
const BOOK = file('a.pdf', 'pdf', true)
const FILM = file('a.mp4', 'mp4')
const FONT = file('a.ttf', 'ttf')
const DRAWING = file('a.svg', 'svg')
const SONG = file('a.mp3', 'mp3')
const WEB = file('a.webp', 'webp')
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

describe('options of other tasks that make no difference', () => {
  const page = { url: 'https://a.test', output_format: 'png' }
  const picture = { image: 'import-2' }
  const TOLD: readonly (readonly [
    task: MakingOperation,
    inputs: readonly InputFile[],
    options: Options,
    names: string | undefined,
  ])[] = [
    [OPTIMIZE, [PHOTO], { quality: 9, strip: true, profile: 'max' }, undefined],
    [OPTIMIZE, [PHOTO], { quality: 9, profile: 'archive' }, 'quality makes'],
    [OPTIMIZE, [PHOTO], { quality: 9, profile: 'archive', colorspace: 'rgb' }, undefined],
    [OPTIMIZE, [PHOTO], { quality: 9, target_size: 999 }, 'quality makes'],
    [OPTIMIZE, [WEB], { quality: 9, profile: 'archive' }, 'quality makes'],
    [OPTIMIZE, [file('a.png', 'png')], { quality: 9 }, 'quality makes'],
    [OPTIMIZE, [file('a.gif', 'gif')], { quality: 9, password: 'a' }, 'quality and password make'],
    [OPTIMIZE, [PHOTO], { flatten_signatures: true }, 'flatten_signatures makes'],
    [OPTIMIZE, [PHOTO], { flatten_signatures: false, colorspace: 'unchanged' }, undefined],
    [OPTIMIZE, [DRAWING], { strip: true, profile: 'web' }, undefined],
    [OPTIMIZE, [DRAWING], { profile: 'max', quality: 9 }, 'profile and quality make'],
    [OPTIMIZE, [BOOK], { flatten_signatures: true, password: 'a', quality: 9 }, undefined],
    [OPTIMIZE, [BOOK], { strip: true, quality: 9, target_size: 9 }, 'quality and strip make'],
    [OPTIMIZE, [BOOK, DRAWING], { strip: true, quality: 9 }, undefined],
    [
      THUMBNAIL,
      [PHOTO],
      { count: 2, timestamp: 1, filmstrip: 4 },
      'count, timestamp and filmstrip make',
    ],
    [THUMBNAIL, [PHOTO], { width: 9, password: 'a' }, 'password makes'],
    [THUMBNAIL, [BOOK], { password: 'a' }, undefined],
    [THUMBNAIL, [FILM], { count: 2 }, undefined],
    [THUMBNAIL, [FILM], { count: 2, timestamp: 1 }, 'timestamp makes'],
    [THUMBNAIL, [FILM], { filmstrip: 4, count: 2 }, 'count makes'],
    [THUMBNAIL, [SONG], { waveform: '#fff', timestamp: 1 }, 'timestamp makes'],
    [THUMBNAIL, [FILM, PHOTO], { count: 2 }, undefined],
    [WATERMARK, [PHOTO], { text: 'A', font_size: 9, rotation: 9, pages: '1' }, undefined],
    [
      WATERMARK,
      [PHOTO],
      { text: 'A', image_width: 9, password: 'a' },
      'password and image_width make',
    ],
    [WATERMARK, [BOOK], { text: 'A', password: 'a' }, undefined],
    [WATERMARK, [PHOTO], { text: 'A', font_size: 9, font_width_percent: 9 }, 'font_size makes'],
    [WATERMARK, [PHOTO, PHOTO], { ...picture, image_width: 9, opacity: 9 }, undefined],
    [
      WATERMARK,
      [PHOTO, PHOTO],
      { ...picture, font_color: 'red', font_name: 'Courier' },
      'font_color and font_name make',
    ],
    [
      WATERMARK,
      [PHOTO, PHOTO],
      { ...picture, image_width: 9, image_width_percent: 9 },
      'image_width makes',
    ],
    [WATERMARK, [], { font_size: 9 }, undefined],
    [CAPTURE_WEBSITE, [], { ...page, page_width: 9, zoom: 2, wait_time: 9 }, undefined],
    [
      CAPTURE_WEBSITE,
      [],
      { ...page, pages: '1', quality: 9, margin_top: 9 },
      'pages, quality and margin_top make',
    ],
    [
      CAPTURE_WEBSITE,
      [],
      { ...page, print_background: true, display_header_footer: false },
      undefined,
    ],
    [CAPTURE_WEBSITE, [], { ...page, header_template: 'A' }, 'header_template makes'],
    [CAPTURE_WEBSITE, [], { ...page, output_format: 'jpg', quality: 9 }, undefined],
    [CAPTURE_WEBSITE, [], { ...page, output_format: 'pdf', pages: '1', margin_top: 9 }, undefined],
    [CAPTURE_WEBSITE, [], { ...page, output_format: 'pdf', quality: 9 }, 'quality makes'],
    [
      CONVERT,
      [file('a.html', 'html')],
      { output_format: 'png', margin_top: 9 },
      'margin_top makes',
    ],
  ]
  for (const [task, inputs, options, names] of TOLD) {
    const what = inputs.map(({ filename }) => filename).join()
    const told = names === undefined ? 'none' : 'told'
    it(`are ${told}: ${task.name} of ${what}, ${JSON.stringify(options)}`, () => {
      assert.deepEqual(task.plan(options, inputs, 1, [], PROGRAMS, []), {
        result: {},
        remarks: names === undefined ? [] : [`${names} no difference to this task.`],
      })
    })
  }

  it('do not get into what is made', () => {
    assert.deepEqual(OPTIMIZE.plan({ quality: 9 }, [file('a.png', 'png')], 0, [], PROGRAMS, []), [
      {
        action: 'worker',
        source: file('a.png', 'png'),
        instructions: { fmt: 'png', optimize: 'web' },
        filename: 'a.png',
      },
    ])
  })
})

describe('options that no task of an operation reads', () => {
  const TOLD: readonly (readonly [operation: string, options: Options, sentences: string[]])[] = [
    ['convert', { output_format: 'png', widht: 9 }, ['widht', 'width']],
    ['convert', { output_format: 'png', outputformat: 'jpg' }, ['outputformat', 'output_format']],
    ['pdf/encrypt', { set_passwort: 'a' }, ['set_passwort', 'set_password']],
    ['import/url', { url: 'https://a.test', filname: 'a' }, ['filname', 'filename']],
    ['export/s3', { buket: 'a' }, ['buket', 'bucket']],
    ['import/upload', { redirct: 'https://a.test' }, ['redirct', 'redirect']],
  ]
  for (const [name, options, [unknown, nearest]] of TOLD) {
    it(`are told of ${name}: ${unknown}`, () => {
      const operation = OPERATIONS.get(name)
      assert.ok(operation)
      const given = { operation: name, input: 'a', timeout: 9, ignore_error: true, ...options }
      assert.deepEqual(tellUnknownOptions(operation, given), [
        `${unknown} is unknown and makes no difference; did you mean ${nearest}?`,
      ])
    })
  }

  it('are known of every operation', () => {
    for (const [name, operation] of OPERATIONS) {
      const [sentence] = tellUnknownOptions(operation, { unheardOf: 1 })
      assert.equal(sentence, 'unheardOf is unknown and makes no difference.', name)
    }
  })
})
