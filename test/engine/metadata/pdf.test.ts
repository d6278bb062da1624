import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { metadata } from '../../../src/engine/metadata/metadata.ts'
import { identifySource } from '../../../src/sources/identify.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { isFailure, readDocument, type Said } from './case-files.ts'
import { packetOf, pdfOf, pdfWithPacket } from './sources.ts'

function documentPath(name: string): string {
  return new URL(`../pdf/documents/${name}.pdf`, import.meta.url).pathname
}

describe('the metadata of a PDF', function () {
  this.timeout(300_000)
  const folder = useTemporaryFolder()

  async function extract(
    path: string,
    password?: string,
  ): Promise<{ said: Said; remarks: readonly string[] }> {
    const source = await identifySource(path)
    const xmpPath = folder.pathTo('said.xmp')
    const { remarks = [] } = await metadata.extractXmp({ source, password, xmpPath })
    return { said: readDocument(await readFile(xmpPath, 'utf8')), remarks }
  }

  async function extractFrom(content: Uint8Array): ReturnType<typeof extract> {
    await writeFile(folder.pathTo('source.pdf'), content)
    return extract(folder.pathTo('source.pdf'))
  }

  const documents: Record<string, { password?: string; title: string; author?: string }> = {
    'protected-aes-256': { title: 'Alt[Quay plan]', author: 'Seq[Harbour Office]' },
    'password-aes-128': {
      password: 'open sesame',
      title: 'Alt[Quay plan]',
      author: 'Seq[Harbour Office]',
    },
    'byte-order-mark-in-front': { title: 'Alt[Quay plan]', author: 'Seq[Harbour Office]' },
    'xref-off-by-7': { title: 'Alt[Quay plan]', author: 'Seq[Harbour Office]' },
    'pjl-in-front': { title: 'Alt[Quay plan]', author: 'Seq[Harbour Office]' },
    'title-utf-8': { title: 'Alt[Größe 東京]' },
    'count-0-of-2': { title: 'Alt[Quay plan]', author: 'Seq[Harbour Office]' },
  }
  for (const [name, { password, title, author }] of Object.entries(documents)) {
    it(`are read of a document as people send it: ${name}`, async () => {
      const { said, remarks } = await extract(documentPath(name), password)
      assert.deepEqual([said['dc:title'], said['dc:creator']], [title, author])
      assert.equal(said['xmpTPg:NPages'], name === 'count-0-of-2' ? '2' : '1')
      assert.deepEqual(remarks, [])
    })
  }

  it('are told to be unread when no password was given, and refused with a wrong one', async () => {
    const path = documentPath('password-aes-128')
    const { said, remarks } = await extract(path)
    assert.deepEqual(Object.keys(said).toSorted(), ['dc:format', 'xmpTPg:NPages'])
    assert.deepEqual(remarks, [
      'Not read: the properties and the XMP packet of the PDF, which is encrypted, and no password was given.',
    ])
    await assert.rejects(
      extract(path, 'wrong'),
      isFailure('SourceUnsupported', /password does not open it/),
    )
  })

  it('are told to be unread when they are damaged', async () => {
    const packet = pdfWithPacket('neither XML nor RDF', '/Title (T)')
    const { said, remarks } = await extractFrom(packet)
    assert.equal(said['dc:title'], 'Alt[T]')
    assert.deepEqual(remarks, ['Not read: the XMP packet of the PDF, which is not well-formed.'])
    const lost = Buffer.from(pdfOf().toString().replace('/Info 4 0 R', '/Info 9 0 R'))
    assert.deepEqual((await extractFrom(lost)).remarks, [
      'Not read: the properties of the PDF, which is damaged there.',
    ])
  })

  it('have a packet that is mended where it is not well-formed', async () => {
    const broken = packetOf('<dc:source>Box 7</dc:source><xmp:Label>a & b</xmp:Label>')
    const { said, remarks } = await extractFrom(pdfWithPacket(broken))
    assert.deepEqual([said['dc:source'], remarks], ['Box 7', []])
  })

  const dates: Record<string, string | undefined> = {
    'D:2020': '2020',
    'D:20200102': '2020-01-02',
    "D:20200102030405+02'00'": '2020-01-02T03:04:05+02:00',
    'D:20200102030405Z': '2020-01-02T03:04:05Z',
    '20200102030405': '2020-01-02T03:04:05',
    'D:20209902': undefined,
    '2020-01-02T03:04:05+02:00': '2020-01-02T03:04:05+02:00',
    '2020-01-02 03:04': '2020-01-02T03:04',
    '2020-99-02': undefined,
    yesterday: undefined,
  }
  for (const [date, expected] of Object.entries(dates)) {
    it(`have dates as precise as they are: ${date}`, async () => {
      const { said } = await extractFrom(pdfOf({ information: `/CreationDate (${date})` }))
      assert.equal(said['xmp:CreateDate'], expected)
    })
  }

  it('are flat values as well of what ExifTool cannot read', async () => {
    const jsonPath = folder.pathTo('tags.json')
    for (const name of ['protected-aes-256', 'pjl-in-front']) {
      const source = await identifySource(documentPath(name))
      await metadata.readTags({ source, jsonPath })
      const tags: unknown = JSON.parse(await readFile(jsonPath, 'utf8'))
      assert.partialDeepStrictEqual(tags, {
        FileType: 'PDF',
        MIMEType: 'application/pdf',
        PageCount: 1,
        Title: 'Quay plan',
        Author: 'Harbour Office',
      })
    }
  })

  it('are not written into what is encrypted, or repaired by readers', async () => {
    const outputPath = folder.pathTo('copy.pdf')
    const texts = { Title: 'a' }
    for (const [name, sentence] of [
      ['protected-aes-256', /is encrypted, so that/],
      ['byte-order-mark-in-front', /has tables that lead nowhere/],
    ] as const) {
      const source = await identifySource(documentPath(name))
      await assert.rejects(
        metadata.writeTags({ source, texts, outputPath }),
        isFailure('SourceUnsupported', sentence),
      )
      const packet = Buffer.from(packetOf(''))
      await assert.rejects(
        metadata.writeXmp({ source, packet, outputPath }),
        isFailure('SourceUnsupported', sentence),
      )
    }
  })
})
