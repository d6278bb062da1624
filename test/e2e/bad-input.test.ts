import assert from 'node:assert/strict'
import { drawPhoto } from './photo.ts'
import { useRegisteredService } from './registered-service.ts'

const PNG = { name: 'a.png', fmt: 'png', target: 'https://localhost/a.png' }

/** What is wrong with the request itself, and how `/process` answers at once. */
const REFUSED: [what: string, body: unknown, status: number, message: string][] = [
  ['a body that is not JSON', 'renditions: all', 400, 'The body must be JSON, and it is not.'],
  ['an empty body', '', 400, 'The body must be JSON, and it is not.'],
  [
    'JSON that is not an object',
    [PNG],
    400,
    'The body must be a JSON object with source and renditions, but it is an array.',
  ],
  [
    '2 MB of JSON',
    { renditions: [PNG], padding: 'x'.repeat(2 * 1024 * 1024) },
    413,
    'The body is larger than 1048576 bytes, the most that is taken.',
  ],
  [
    'no renditions',
    { source: 'https://localhost/a.jpg' },
    400,
    'renditions is missing; it must be an array of renditions.',
  ],
  [
    'an empty list of renditions',
    { renditions: [] },
    400,
    'renditions must be an array of at least one rendition, but it is an empty array.',
  ],
  [
    'a rendition that is no object',
    { renditions: [PNG, 'b.png'] },
    400,
    'renditions[1] must be an object with a target and either fmt or worker, but it is "b.png".',
  ],
  [
    'a target that is no URL',
    { renditions: [{ fmt: 'png', target: 'a.png' }] },
    400,
    'renditions[0].target must be an absolute URL, but it is "a.png".',
  ],
]

describe('bad input', function () {
  this.timeout(300_000)
  const { send, eventsOf, presign, store } = useRegisteredService()

  for (const [what, body, status, message] of REFUSED) {
    it(`answers ${status} to ${what}`, async () => {
      const response = await send(body)
      assert.equal(response.status, status)
      assert.partialDeepStrictEqual(await response.json(), { ok: false, message })
    })
  }

  /** Asks for one rendition of a source and resolves with its event. */
  async function eventOf(source: unknown, instructions: object = {}): Promise<unknown> {
    const target = await presign('target', 'w')
    const [event] = await eventsOf({ source, renditions: [{ ...PNG, target, ...instructions }] })
    return event
  }

  const FAILED: [
    what: string,
    source: () => Promise<unknown>,
    errorReason: string,
    errorMessage: RegExp,
    instructions?: object,
  ][] = [
    [
      'an http: source',
      async () => 'http://localhost/a.jpg?signature=secret',
      'SourceUnsupported',
      /^Invalid or missing https url http:\/\/localhost\/a\.jpg\?…$/,
    ],
    ['a source that is not there', async () => presign('nothing.jpg', 'r'), 'GenericError', /404/],
    [
      'a corrupt image',
      async () => store('corrupt.jpg', (await drawPhoto(600, 400)).fill(7, 200, 900)),
      'SourceCorrupt',
      /^The source is a damaged or incomplete JPEG file\.$/,
    ],
    [
      'a truncated image',
      async () => store('truncated.jpg', (await drawPhoto(600, 400)).slice(0, 20_000)),
      'SourceCorrupt',
      /^The source is a damaged or incomplete JPEG file\.$/,
    ],
    ['an empty file', async () => store('empty.jpg', ''), 'SourceCorrupt', /empty/],
    [
      'a text file named .jpg',
      async () => store('text.jpg', 'This is no picture.'),
      'SourceCorrupt',
      /^By its name the source is of the format JPEG, but its content is not\.$/,
    ],
    [
      'a text',
      async () => store('text.txt', 'This is no picture.'),
      'SourceUnsupported',
      /^The content of the source file is none of the formats this worker makes pictures of/,
    ],
    [
      'a format that nobody makes',
      async () => store('fine.jpg', await drawPhoto(60, 40)),
      'RenditionFormatUnsupported',
      /^fmt must be one of .*, but it is "xyz"\.$/,
      { fmt: 'xyz' },
    ],
    [
      'a width that is no number',
      async () => store('fine.jpg', await drawPhoto(60, 40)),
      'GenericError',
      /^width must be a whole number of pixels, 1 or more, but it is "wide"\.$/,
      { width: 'wide' },
    ],
    [
      'a worker that is not there',
      async () => store('fine.jpg', await drawPhoto(60, 40)),
      'GenericError',
      /the worker https:\/\/localhost:40999\/worker did not answer: .*ECONNREFUSED/,
      { worker: 'https://localhost:40999/worker' },
    ],
  ]

  for (const [what, source, errorReason, errorMessage, instructions] of FAILED) {
    it(`reports ${errorReason} for ${what}`, async () => {
      const event = Object(await eventOf(await source(), instructions))
      assert.equal(event.type, 'rendition_failed', JSON.stringify(event))
      assert.equal(event.errorReason, errorReason, event.errorMessage)
      assert.match(event.errorMessage, errorMessage)
    })
  }

  it('makes the next rendition as if nothing had been', async () => {
    const event = await eventOf(await store('fine.jpg', await drawPhoto(60, 40)))
    assert.partialDeepStrictEqual(event, {
      type: 'rendition_created',
      metadata: { 'dc:format': 'image/png', 'tiff:ImageWidth': 60, 'tiff:ImageLength': 40 },
    })
  })
})
