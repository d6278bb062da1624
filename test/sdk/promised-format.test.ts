import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import type { FailureCode } from '../../src/base/errors.ts'
import { corruptSource, OperationError } from '../../src/base/operation-error.ts'
import { blamePromise } from '../../src/sdk/promised-format.ts'
import { RenditionError } from '../../src/sdk/rendition-error.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

const CONTENTS = {
  'a text': Buffer.from('Dear reader,\n'),
  'random bytes': Buffer.from('9c00ff13e1a7', 'hex'),
  'a PDF': Buffer.from('%PDF-1.7\n'),
  'a PNG': Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
  'an MP4': Buffer.from('0000001c6674797069736f6d0000020069736f6d69736f32', 'hex'),
  'a ZIP': Buffer.from('504b0304140000000800', 'hex'),
  'an old document': Buffer.from('d0cf11e0a1b11ae1', 'hex'),
}

const FAILURES = {
  source_no_picture: () => new OperationError('source_no_picture', { taken: [] }),
  source_no_metadata: () => new OperationError('source_no_metadata', { taken: [] }),
  source_no_text: () => new OperationError('source_no_text', { kind: 'a font', taken: [] }),
  source_no_media: () => new OperationError('source_no_media', { taken: [] }),
  source_no_archive: () => new OperationError('source_no_archive', { taken: [] }),
  source_no_office: () => new OperationError('source_no_office', { kind: undefined, taken: [] }),
} satisfies Partial<Record<FailureCode, () => OperationError>>

const type = (mimetype: string) => ({ url: 'https://a.test/get?id=5', mimetype })

describe('a source that is not of a kind that a worker takes', () => {
  const folder = useTemporaryFolder()

  async function blame(
    content: keyof typeof CONTENTS,
    called: unknown,
    error: unknown,
  ): Promise<unknown> {
    const path = folder.pathTo('source')
    await writeFile(path, CONTENTS[content])
    return blamePromise(error, { path }, called)
  }

  const DAMAGED: [
    content: keyof typeof CONTENTS,
    called: unknown,
    code: keyof typeof FAILURES,
    sentence: string,
  ][] = [
    [
      'a text',
      type('image/png'),
      'source_no_picture',
      'media type the source is of the format PNG',
    ],
    ['a text', 'file.jpg', 'source_no_picture', 'name the source is of the format JPEG'],
    [
      'random bytes',
      { url: 'https://a.test/b/scan.TIFF?sig=1', mimeType: 'image/tiff' },
      'source_no_picture',
      'name and media type the source is of the format TIFF',
    ],
    [
      'random bytes',
      { url: 'x', name: 'a.pdf' },
      'source_no_picture',
      'name the source is of the format PDF',
    ],
    ['random bytes', 'a.docx', 'source_no_picture', 'format DOCX'],
    ['a ZIP', { url: 'https://a.test', type: 'image/heic' }, 'source_no_picture', 'format HEIC'],
    ['an MP4', 'a.png', 'source_no_picture', 'format PNG'],
    ['random bytes', 'a.mp4', 'source_no_media', 'format MP4'],
    ['a PNG', 'a.mp3', 'source_no_media', 'format MP3'],
    ['random bytes', 'a.zip', 'source_no_archive', 'format ZIP'],
    ['random bytes', 'a.jpg', 'source_no_metadata', 'format JPEG'],
    ['random bytes', 'a.pdf', 'source_no_text', 'format PDF'],
    ['random bytes', 'a.xlsx', 'source_no_office', 'format XLSX'],
    [
      'random bytes',
      { url: 'x', name: 'a.jpg', mimetype: 'application/octet-stream' },
      'source_no_picture',
      'By its name the source',
    ],
    [
      'random bytes',
      { url: 'x', name: 'a.jpg', mimetype: 'text/plain' },
      'source_no_picture',
      'JPEG',
    ],
  ]
  for (const [content, called, code, sentence] of DAMAGED) {
    it(`is damaged when it is called ${JSON.stringify(called)} and is ${content} (${code})`, async () => {
      const told = await blame(content, called, FAILURES[code]())
      assert.ok(told instanceof RenditionError)
      assert.equal(told.reason, 'SourceCorrupt')
      assert.ok(told.message.includes(sentence), told.message)
    })
  }

  const UNSUPPORTED: [
    content: keyof typeof CONTENTS,
    called: unknown,
    code: keyof typeof FAILURES,
  ][] = [
    ['a text', type('text/plain'), 'source_no_picture'],
    ['a text', 'notes.csv', 'source_no_picture'],
    ['a text', { url: 'x', name: 'a.jpg', mimetype: 'text/plain' }, 'source_no_picture'],
    ['random bytes', type('application/octet-stream'), 'source_no_picture'],
    ['random bytes', 'file.bin', 'source_no_picture'],
    ['random bytes', 'file', 'source_no_picture'],
    ['random bytes', undefined, 'source_no_picture'],
    ['random bytes', { url: 5, name: [] }, 'source_no_picture'],
    ['random bytes', 'film.mp4', 'source_no_picture'],
    ['random bytes', 'photo.jpg', 'source_no_media'],
    ['a ZIP', 'a.zip', 'source_no_picture'],
    ['an old document', 'letter.doc', 'source_no_text'],
    ['a PDF', 'a.pdf', 'source_no_media'],
  ]
  for (const [content, called, code] of UNSUPPORTED) {
    it(`is not taken when it is called ${JSON.stringify(called)} and is ${content} (${code})`, async () => {
      const error = FAILURES[code]()
      assert.equal(await blame(content, called, error), error)
    })
  }

  it('says what is wrong with it otherwise, whatever it is called', async () => {
    const errors = [
      corruptSource('PNG'),
      new OperationError('source_locked', { title: 'PDF' }),
      new TypeError('x'),
    ]
    for (const error of errors) assert.equal(await blame('a text', 'a.jpg', error), error)
  })
})
