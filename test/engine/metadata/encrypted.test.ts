import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { metadata } from '../../../src/engine/metadata/metadata.ts'
import { identifySource } from '../../../src/sources/identify.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { agile, PASSWORD, standard } from '../text/encrypted-office.ts'
import { isFailure, readDocument, type Said } from './case-files.ts'
import { officeOf, WORD } from './sources.ts'

const odt = new URL('./documents/locked.odt', import.meta.url)

describe('the metadata of an encrypted document', function () {
  this.timeout(60_000)
  const folder = useTemporaryFolder()
  const word = officeOf(...WORD, { 'docProps/core.xml': '<c><title>Quay plan</title></c>' })

  async function extract(
    content: Buffer,
    password?: string,
  ): Promise<{ said: Said; remarks: readonly string[] | undefined }> {
    await writeFile(folder.pathTo('source'), content)
    const source = await identifySource(folder.pathTo('source'))
    const xmpPath = folder.pathTo('said.xmp')
    const { remarks } = await metadata.extractXmp({ source, password, xmpPath })
    return { said: readDocument(await readFile(xmpPath, 'utf8')), remarks }
  }

  for (const [edition, encrypt] of [
    ['2010', agile],
    ['2007', standard],
  ] as const) {
    it(`are read of one of Office ${edition} with its password`, async () => {
      const { said, remarks } = await extract(encrypt(word), PASSWORD)
      assert.equal(said['dc:title'], 'Alt[Quay plan]')
      assert.match(said['dc:format'] ?? '', /wordprocessingml/)
      assert.equal(remarks, undefined)
    })

    it(`are not to be had of one of Office ${edition} without its password`, async () => {
      const missing = /^The office source is encrypted; set password to open it\.$/
      await assert.rejects(extract(encrypt(word)), isFailure('SourceUnsupported', missing))
      const wrong = /set password to the one that opens it/
      await assert.rejects(extract(encrypt(word), 'wrong'), isFailure('SourceUnsupported', wrong))
    })
  }

  it('are read of an OpenDocument file with its password', async () => {
    const { said, remarks } = await extract(await readFile(odt), 'open sesame')
    assert.deepEqual(
      [said['dc:title'], said['dc:creator']],
      ['Alt[Quay plan]', 'Seq[Harbour Office]'],
    )
    assert.equal(remarks, undefined)
  })

  it('are told to be unread of an OpenDocument file without one, and refused with a wrong one', async () => {
    const { said, remarks } = await extract(await readFile(odt))
    assert.deepEqual(said, { 'dc:format': 'application/vnd.oasis.opendocument.text' })
    assert.deepEqual(remarks, [
      'Not read: the properties of the ODT, which is encrypted, and no password was given.',
    ])
    const wrong = /set password to the one that opens it/
    await assert.rejects(
      extract(await readFile(odt), 'wrong'),
      isFailure('SourceUnsupported', wrong),
    )
  })

  it('have the names of ExifTool in JSON as well', async () => {
    await writeFile(folder.pathTo('source'), agile(word))
    const source = await identifySource(folder.pathTo('source'))
    const jsonPath = folder.pathTo('said.json')
    await metadata.readTags({ source, password: PASSWORD, jsonPath })
    assert.partialDeepStrictEqual(JSON.parse(await readFile(jsonPath, 'utf8')), {
      FileType: 'DOCX',
      Title: 'Quay plan',
    })
  })
})
