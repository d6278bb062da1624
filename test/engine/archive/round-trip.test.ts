import assert from 'node:assert/strict'
import { stat, writeFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { type ArchiveOptions, archive } from '../../../src/engine/archive/archive.ts'
import type { ReportedEntry } from '../../../src/engine/archive/unpack.ts'
import { FetchError } from '../../../src/fetching/fetched-file.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { noise, sourceOf } from './archive-fixture.ts'
import { reportOf, unpackEntries } from './unpack-fixture.ts'

const FILES: Readonly<Record<string, Buffer>> = {
  'a.txt': Buffer.from('a line\n'.repeat(1000)),
  'straße/中文.bin': noise(300_000),
  'empty.txt': Buffer.alloc(0),
  'deep/er/-dash.txt': Buffer.from('dash'),
  'deep/a.txt': Buffer.from('another'),
}

const FORMATS: readonly ArchiveOptions['format'][] = ['zip', '7z', 'tar', 'gzip', 'bzip2', 'xz']

describe('archives that are made and unpacked', function () {
  this.timeout(60_000)
  const folder = useTemporaryFolder()

  async function make(
    format: ArchiveOptions['format'],
    options: { sizes?: boolean; fails?: string } = {},
  ): Promise<string> {
    const paths = Object.keys(FILES)
    const [made] = archive.run({
      sources: [],
      wanted: [
        {
          format,
          duplicate: 'refuse',
          files: paths.map((path, index) => ({ url: `https://example.com/${index}`, path })),
        },
      ],
      folder: folder.pathTo(''),
      fetch: async (url) => {
        const path = paths[Number(url.slice(url.lastIndexOf('/') + 1))] ?? ''
        if (path === options.fails) throw new FetchError('the server answered 404')
        const content = FILES[path] ?? Buffer.alloc(0)
        return sourceOf(content, options.sizes === true ? { size: content.length } : {})
      },
      signal: new AbortController().signal,
      progress: () => undefined,
    })
    return (await made)?.[0]?.path ?? ''
  }

  for (const format of FORMATS) {
    it(`has every file of a ${format} archive, by its name`, async () => {
      const path = await make(format, { sizes: format === 'tar' })
      const entries = (await reportOf(path, folder.pathTo(''))).filter(
        ({ kind }) => kind === 'file',
      )
      assert.deepEqual(
        new Map(entries.map((entry) => [entry.path, entry.size])),
        new Map(Object.entries(FILES).map(([name, { length }]) => [name, length])),
      )
      const order = entries.toSorted((one, other) => other.size - one.size)
      const files = await unpackEntries(
        path,
        folder.pathTo(''),
        order.map(({ entry }) => entry),
      )
      for (const [index, { path: name }] of order.entries()) {
        assert.deepEqual(files[index], FILES[name ?? ''])
      }
    })
  }

  for (const format of FORMATS) {
    it(`leaves no ${format} archive when a file cannot be fetched`, async () => {
      await assert.rejects(make(format, { fails: 'empty.txt' }), {
        code: 'file_unavailable',
        fields: {
          index: 2,
          place: 'https://example.com/2',
          problem: 'the server answered 404',
        },
      })
      await assert.rejects(stat(folder.pathTo('archive0')), { code: 'ENOENT' })
      await assert.rejects(stat(folder.pathTo('archive0.work')), { code: 'ENOENT' })
    })
  }

  it('takes a file that is compressed by itself as an entry without a name', async () => {
    await writeFile(folder.pathTo('log.gz'), gzipSync('a log'))
    const expected: ReportedEntry[] = [{ entry: 1, path: null, size: 5, kind: 'file' }]
    assert.deepEqual(await reportOf(folder.pathTo('log.gz'), folder.pathTo('')), expected)
    const [file] = await unpackEntries(folder.pathTo('log.gz'), folder.pathTo(''), [1])
    assert.deepEqual(file, Buffer.from('a log'))
  })

  it('takes one file out twice when it is wanted twice', async () => {
    const path = await make('zip')
    const files = await unpackEntries(path, folder.pathTo(''), [1, 1, 99])
    assert.deepEqual(files, [
      FILES['a.txt'],
      FILES['a.txt'],
      'OperationError: entry must be the number of a file in the archive, which has 5 entries, but it is 99.',
    ])
  })

  it('is nothing without a source that is an archive', async () => {
    await writeFile(folder.pathTo('a.txt'), 'no archive')
    await assert.rejects(reportOf(folder.pathTo('a.txt'), folder.pathTo('')), {
      code: 'source_no_archive',
    })
  })
})
