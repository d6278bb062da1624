import assert from 'node:assert/strict'
import { readdir, writeFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { rarOf } from './rar-fixture.ts'
import { reportOf, unpackEntries } from './unpack-fixture.ts'
import { zipOf } from './zip-fixture.ts'

const SYMBOLIC_LINK = 0o120777
const FILE = 0o100644

describe('archives that strangers send', function () {
  this.timeout(60_000)
  const folder = useTemporaryFolder()

  async function tarOf(
    entries: readonly { name: string; type?: 'link' | 'symlink' | 'block-device'; data?: string }[],
  ): Promise<string> {
    const packed = pack()
    for (const { name, type, data = '' } of entries) {
      if (type === undefined) packed.entry({ name }, data)
      else packed.entry({ name, type, linkname: '/etc/passwd' })
    }
    packed.finalize()
    const chunks: Uint8Array[] = []
    for await (const chunk of packed) if (chunk instanceof Uint8Array) chunks.push(chunk)
    await writeFile(folder.pathTo('hostile'), Buffer.concat(chunks))
    return folder.pathTo('hostile')
  }

  async function store(data: Buffer): Promise<string> {
    await writeFile(folder.pathTo('hostile'), data)
    return folder.pathTo('hostile')
  }

  async function contents(path: string, entries: readonly number[]): Promise<string[]> {
    return (await unpackEntries(path, folder.pathTo(''), entries)).map(String)
  }

  it('have clean names, whatever they say, and bring nothing but files', async () => {
    const path = await store(
      zipOf([
        { name: '../../evil.txt', data: 'one', mode: FILE },
        { name: '/etc/cron.d/evil', data: 'two', mode: FILE },
        { name: 'link', data: '/etc/passwd', mode: SYMBOLIC_LINK },
        { name: 'link/inside.txt', data: 'three', mode: FILE },
        { name: 'folder/', data: '', mode: 0o040755 },
        { name: 'a\nb', data: 'four', mode: FILE },
        { name: '@list', data: 'five', mode: FILE },
        { name: '*', data: 'six', mode: FILE },
        { name: '-r', data: 'seven', mode: FILE },
      ]),
    )
    const entries = await reportOf(path, folder.pathTo(''))
    assert.deepEqual(
      entries.map((entry) => [entry.path, entry.kind]),
      [
        ['evil.txt', 'file'],
        ['etc/cron.d/evil', 'file'],
        ['link', 'link'],
        ['link/inside.txt', 'file'],
        ['folder', 'folder'],
        ['a_b', 'file'],
        ['@list', 'file'],
        ['_', 'file'],
        ['-r', 'file'],
      ],
    )
    const wanted = [1, 2, 4, 6, 7, 8, 9]
    assert.deepEqual(await contents(path, wanted), [
      'one',
      'two',
      'three',
      'four',
      'five',
      'six',
      'seven',
    ])
    assert.deepEqual(await contents(path, [8]), ['six'])
    assert.match((await contents(path, [3]))[0] ?? '', /must be the number of a file/)
    assert.deepEqual(
      await readdir(folder.pathTo('..')).then((names) => names.includes('evil.txt')),
      false,
    )
  })

  it('are told of links and devices in a TAR, which are not followed', async () => {
    const path = await tarOf([
      { name: '../up.txt', data: 'up' },
      { name: 'symbolic', type: 'symlink' },
      { name: 'hard', type: 'link' },
      { name: 'disk', type: 'block-device' },
      { name: 'hard', data: 'not through the link' },
    ])
    const entries = await reportOf(path, folder.pathTo(''))
    assert.deepEqual(
      entries.map((entry) => [entry.path, entry.kind]),
      [
        ['up.txt', 'file'],
        ['symbolic', 'link'],
        ['hard', 'link'],
        ['disk', 'device'],
        ['hard', 'file'],
      ],
    )
    assert.deepEqual(await contents(path, [1, 5]), ['up', 'not through the link'])
  })

  it('may be RAR archives', async () => {
    const files = [
      { name: 'a.txt', data: 'a' },
      { name: 'straße/中文.txt', data: 'b' },
      { name: '../up.txt', data: 'c' },
    ]
    const path = await store(rarOf(files))
    const entries = await reportOf(path, folder.pathTo(''))
    assert.deepEqual(
      entries.map((entry) => [entry.path, entry.size]),
      [
        ['a.txt', 1],
        ['straße/中文.txt', 1],
        ['up.txt', 1],
      ],
    )
    assert.deepEqual(await contents(path, [3, 2]), ['c', 'b'])
  })

  it('are refused when more comes out than any honest archive has', async () => {
    const limit = { code: 'source_too_large' }
    const zeros = gzipSync(Buffer.alloc(50_000_000))
    const many = Buffer.concat(Array.from({ length: 6 }, () => zeros))
    await assert.rejects(reportOf(await store(many), folder.pathTo('')), limit)
    const lying = zipOf([{ name: 'a', data: 'a', mode: FILE, size: 4_000_000_000 }])
    await assert.rejects(reportOf(await store(lying), folder.pathTo('')), limit)
  })

  it('are damaged when a file is longer or shorter than is said', async () => {
    for (const size of [2, 4]) {
      const path = await store(zipOf([{ name: 'a', data: 'abc', mode: FILE, size }]))
      assert.match((await contents(path, [1]))[0] ?? '', /damaged or incomplete ZIP/)
    }
  })

  it('leave nothing behind when they are damaged', async () => {
    const { length } = await readdir(folder.pathTo(''))
    for (const data of [
      Buffer.from('377abcaf271c0004ffffffff', 'hex'),
      Buffer.from('526172211a0701ffff', 'hex'),
      Buffer.from('fd377a585a000004ffff', 'hex'),
      Buffer.from('425a6839314159265359ffff', 'hex'),
      gzipSync('text').subarray(0, 12),
      Buffer.from('504b0304ffff', 'hex'),
    ]) {
      await assert.rejects(reportOf(await store(data), folder.pathTo('')), {
        code: 'source_corrupt',
      })
    }
    assert.ok(length > 0)
  })

  it('end within a second when nobody waits for them any more', async () => {
    const path = await store(rarOf([{ name: 'a.txt', data: 'a' }]))
    const giveUp = new AbortController()
    const files = unpackEntries(path, folder.pathTo(''), [1], { signal: giveUp.signal })
    giveUp.abort(new Error('not wanted'))
    assert.deepEqual(await files, ['Error: not wanted'])
  })
})
