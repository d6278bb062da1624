import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { takeTestFiles } from '../../src/sdk/test-files.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

describe('the instructions of a rendition in test mode', () => {
  const folder = useTemporaryFolder()
  const URL_OF_MARK = `data:application/octet-stream;base64,${Buffer.from('mark').toString('base64')}`

  before(async () => {
    for (const name of ['file.jpg', 'rendition.json', 'params.json', 'mark.png']) {
      await writeFile(folder.pathTo(name), 'mark')
    }
    await mkdir(folder.pathTo('folder'))
  })

  const RULES: [what: string, given: Record<string, unknown>, taken: Record<string, unknown>][] = [
    [
      'have a file in place of its name, wherever it is named',
      { watermark: { image: 'mark.png' }, files: [{ url: './mark.png' }] },
      { watermark: { image: URL_OF_MARK }, files: [{ url: URL_OF_MARK }] },
    ],
    [
      'keep what names none of the files that they may mean',
      { name: 'rendition.json', image: 'other.png', path: '../mark.png', text: 'folder', count: 5 },
      { name: 'rendition.json', image: 'other.png', path: '../mark.png', text: 'folder', count: 5 },
    ],
  ]
  for (const [what, given, taken] of RULES) {
    it(what, async () => {
      const instructions = { ...given }
      await takeTestFiles({ path: folder.pathTo('file.jpg') }, { instructions })
      assert.deepEqual(instructions, taken)
    })
  }

  it('have one in place of a name that is kept from logs, which stays so', async () => {
    const instructions: Record<string, unknown> = {}
    Object.defineProperty(instructions, 'files', { value: ['mark.png'], writable: true })
    await takeTestFiles({ path: folder.pathTo('file.jpg') }, { instructions })
    assert.deepEqual(instructions['files'], [URL_OF_MARK])
    assert.deepEqual(Object.keys(instructions), [])
  })
})
