import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { requireTestMark, takeTestFiles } from '../../src/sdk/test-files.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

describe('the instructions of a rendition in test mode', () => {
  const folder = useTemporaryFolder()
  const URL_OF_MARK = `data:application/octet-stream;base64,${Buffer.from('mark').toString('base64')}`

  before(async () => {
    for (const name of ['file.jpg', 'rendition.json', 'params.json', 'mark.png']) {
      await writeFile(folder.pathTo(name), 'mark')
    }
    await mkdir(folder.pathTo('folder/deep'), { recursive: true })
    await writeFile(folder.pathTo('folder/deep/mark.png'), 'mark')
    await writeFile(folder.pathTo('file-mark.png'), 'mark')
  })

  const RULES: [what: string, given: Record<string, unknown>, taken: Record<string, unknown>][] = [
    [
      'have a file in place of its name, wherever it is named',
      { watermark: { image: 'mark.png' }, files: [{ url: './mark.png' }] },
      { watermark: { image: URL_OF_MARK }, files: [{ url: URL_OF_MARK }] },
    ],
    [
      'have one that is in a folder, or called as the source is but for its end',
      { watermark: { image: 'folder/deep/mark.png' }, files: ['file-mark.png'] },
      { watermark: { image: URL_OF_MARK }, files: [URL_OF_MARK] },
    ],
    [
      'have one in an object that a processing profile has made a text of',
      { watermark: '{"image": "mark.png"}', crop: '{"w": 5}', dpi: '72' },
      { watermark: { image: URL_OF_MARK }, crop: { w: 5 }, dpi: '72' },
    ],
    [
      'keep what names none of the files that they may mean',
      {
        name: 'rendition.json',
        image: 'other.png',
        path: '../mark.png',
        text: 'folder',
        own: 'file.jpg',
      },
      {
        name: 'rendition.json',
        image: 'other.png',
        path: '../mark.png',
        text: 'folder',
        own: 'file.jpg',
      },
    ],
  ]
  for (const [what, given, taken] of RULES) {
    it(what, async () => {
      const instructions = { ...given }
      await takeTestFiles({ path: folder.pathTo('file.jpg') }, [instructions])
      assert.deepEqual(instructions, taken)
    })
  }

  it('have them all before the first rendition is made', async () => {
    const all = [{ fmt: 'png' }, { fmt: 'jpg', watermark: { image: 'mark.png' } }]
    await takeTestFiles({ path: folder.pathTo('file.jpg') }, all)
    assert.deepEqual(all, [{ fmt: 'png' }, { fmt: 'jpg', watermark: { image: URL_OF_MARK } }])
  })

  it('have one in place of a name that is kept from logs, which stays so', async () => {
    const instructions: Record<string, unknown> = {}
    Object.defineProperty(instructions, 'files', { value: ['mark.png'], writable: true })
    await takeTestFiles({ path: folder.pathTo('file.jpg') }, [instructions])
    assert.deepEqual(instructions['files'], [URL_OF_MARK])
    assert.deepEqual(Object.keys(instructions), [])
  })

  describe('as a watermark', () => {
    const before = process.env['WORKER_TEST_MODE']
    afterEach(() => {
      if (before === undefined) delete process.env['WORKER_TEST_MODE']
      else process.env['WORKER_TEST_MODE'] = before
    })

    const IMAGES: [image: unknown, mode: string, isRefused: boolean][] = [
      ['missing.png', 'true', true],
      ['../mark.png', 'true', true],
      [URL_OF_MARK, 'true', false],
      ['https://localhost/mark.png', 'true', false],
      [undefined, 'true', false],
      // Outside of test mode no name means a file, and what is wrong with it others say.
      ['missing.png', '', false],
    ]
    for (const [image, mode, isRefused] of IMAGES) {
      const what = `${isRefused ? 'must be there' : 'may be'} ${String(image).slice(0, 30)}`
      it(`${what}${mode ? '' : ' outside of it'}`, () => {
        process.env['WORKER_TEST_MODE'] = mode
        const watermark = { image, text: 'mark' }
        const refused = /name of another file of the case, but there is no/
        if (isRefused) assert.throws(() => requireTestMark({ watermark }), refused)
        else requireTestMark({ watermark })
      })
    }
  })
})
