import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs'
import path from 'node:path'
import { unzip } from '../../../src/runtime/deploy/unzip.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { type Parts, zip } from '../../support/zip.ts'

const LINK = 0o120777

describe('unpacking the code of an action', () => {
  const folder = useTemporaryFolder()
  /** Two levels below the temporary folder, so that what is written outside of it is found there. */
  const newFolder = () => mkdtempSync(`${folder.pathTo('')}/a-`)

  async function unpack(archive: Buffer): Promise<string> {
    const into = newFolder()
    await unzip(archive, into)
    return into
  }

  it('writes files and folders, for their owner alone', async () => {
    const into = await unpack(zip({ 'index.js': 'one', 'lib/deep/two.js': 'two', 'empty/': '' }))
    assert.equal(readFileSync(path.join(into, 'index.js'), 'utf8'), 'one')
    assert.equal(readFileSync(path.join(into, 'lib/deep/two.js'), 'utf8'), 'two')
    assert.deepEqual(readdirSync(path.join(into, 'empty')), [])
    assert.equal(modeOf(path.join(into, 'index.js')), 0o600)
  })

  it('keeps programs programs', async () => {
    const into = await unpack(
      zipWithModes({ 'bin/run': '#!/bin/sh', plain: '' }, { 'bin/run': 0o100755 }),
    )
    assert.equal(modeOf(path.join(into, 'bin/run')), 0o700)
    assert.equal(modeOf(path.join(into, 'plain')), 0o600)
  })

  it('keeps links within the folder', async () => {
    const into = await unpack(
      zipWithModes(
        { 'bin/run': '../lib/run.js', 'lib/run.js': 'run', here: '.' },
        { 'bin/run': LINK, here: LINK },
      ),
    )
    assert.equal(readFileSync(path.join(into, 'bin/run'), 'utf8'), 'run')
    assert.equal(readlinkSync(path.join(into, 'here')), '.')
  })

  const hello = zip({ 'index.js': 'x'.repeat(1000) })
  const refused: [what: string, archive: () => Buffer, why: RegExp][] = [
    ['nothing', () => Buffer.alloc(0), /is not a zip file.*not found/],
    ['text', () => Buffer.from('hello'.repeat(100)), /not a zip file/],
    ['half a zip file', () => hello.subarray(0, hello.length / 2), /not a zip file/],
    ['a zip file without its start', () => hello.subarray(20), /not a zip file/],
    ['a file with wrong bytes', () => damage(hello, 40), /not a zip file/],
    ['a file with a wrong checksum', () => wrongChecksum(), /the checksum of index.js is wrong/],
    ['a file that has more bytes than it says', () => withSize(10), /too many bytes/],
    ['a file that has fewer bytes than it says', () => withSize(2000), /not enough bytes/],
    ['a file that is encrypted', () => encrypted(), /it is encrypted/],
    ['a file that leads up', () => zip({ '../evil': '' }), /invalid relative path: \.\.\/evil/],
    ['a file that leads up later', () => zip({ 'a/../../evil': '' }), /invalid relative path/],
    ['a file with an absolute path', () => zip({ '/tmp/evil': '' }), /absolute path/],
    ['a file on a drive', () => zip({ 'C:/evil': '' }), /absolute path: C:/],
    [
      'a file with backslashes that leads up',
      () => zip({ '..\\evil': '' }),
      /invalid relative path/,
    ],
    ['a file with a zero byte in its name', () => zip({ 'a\0b': '' }), /not a zip file/],
    ['a file with a long name', () => zip({ ['x'.repeat(300)]: '' }), /ENAMETOOLONG/],
    ['a file that is a folder, too', () => zip({ a: '', 'a/b': '' }), /EEXIST|ENOTDIR/],

    [
      'a link that leads out',
      () => zipWithModes({ out: '../..' }, { out: LINK }),
      /link that leads out: out/,
    ],
    [
      'a link to an absolute path',
      () => zipWithModes({ out: '/etc' }, { out: LINK }),
      /link that leads out/,
    ],
    ['a link to nothing', () => zipWithModes({ out: 'nothing' }, { out: LINK }), /ENOENT/],
    ['a link to itself', () => zipWithModes({ out: 'out' }, { out: LINK }), /ELOOP/],
    [
      'a link that is too long',
      () => zipWithModes({ out: 'x'.repeat(5000) }, { out: LINK }),
      /too long/,
    ],
    [
      'links that lead out together',
      () =>
        zipWithModes(
          { 'a/b/c/x': '', 'a/b/c/up': '../../..', out: 'a/b/c/up/../evil' },
          { 'a/b/c/up': LINK, out: LINK },
        ),
      /ENOENT|leads out/,
    ],
    [
      'a file behind a link that leads out',
      () => zipWithModes({ 'out/evil': 'evil', out: '..' }, { out: LINK }),
      /EEXIST/,
    ],
    [
      'a file behind a link that leads out, the link first',
      () => zipWithModes({ out: '..', 'out/evil': 'evil' }, { out: LINK }),
      /EEXIST/,
    ],
    [
      'a link behind a link that leads out',
      () => zipWithModes({ out: '..', 'out/evil': '/etc' }, { out: LINK, 'out/evil': LINK }),
      /EEXIST/,
    ],
  ]
  for (const [what, archive, message] of refused) {
    it(`refuses ${what}`, async () => {
      await assert.rejects(unpack(archive()), { name: 'ServiceError', status: 400, message })
    })
  }

  it('has written nothing outside of the folder by then', () => {
    assert.deepEqual(
      readdirSync(folder.pathTo('')).filter((name) => !name.startsWith('a-')),
      [],
    )
  })

  it('refuses what is much larger than it looks', async () => {
    await assert.rejects(unpack(withSize(1_000_000_000)), {
      status: 413,
      message: 'The code is too large: it has more than 600 MB unpacked.',
    })
  })

  it('refuses very many files', async () => {
    const archive = zip({ 'index.js': '' })
    // The number of entries, in the record at the end.
    archive.writeUInt16LE(50_001, archive.length - 12)
    await assert.rejects(unpack(archive), {
      status: 413,
      message: 'The code is too large: it has more than 50000 entries.',
    })
  })
})

function modeOf(file: string): number {
  return statSync(file).mode & 0o777
}

/** A zip file as Unix makes it, with the modes of some files. */
function zipWithModes(parts: Parts, modes: Readonly<Record<string, number>>): Buffer {
  const archive = zip(parts)
  for (const [name, mode] of Object.entries(modes)) {
    archive.writeUInt32LE((mode << 16) >>> 0, directoryEntry(archive, name) + 38)
  }
  return archive
}

/** Where the directory of a zip file has an entry: 46 bytes before its name, of the length at byte 28. */
function directoryEntry(archive: Buffer, name: string): number {
  for (
    let start = archive.indexOf('PK\x01\x02');
    start !== -1;
    start = archive.indexOf('PK\x01\x02', start + 1)
  ) {
    const length = archive.readUInt16LE(start + 28)
    if (archive.toString('utf8', start + 46, start + 46 + length) === name) return start
  }
  throw new Error(`the zip file has no ${name}`)
}

function damage(archive: Buffer, at: number): Buffer {
  const damaged = Buffer.from(archive)
  damaged.writeUInt8(damaged.readUInt8(at) ^ 0xff, at)
  return damaged
}

function encrypted(): Buffer {
  const archive = zip({ 'index.js': '' })
  archive.writeUInt16LE(1, directoryEntry(archive, 'index.js') + 8)
  return archive
}

function wrongChecksum(): Buffer {
  const archive = zip({ 'index.js': 'exports' })
  return damage(archive, archive.lastIndexOf('PK\x01\x02') + 16)
}

/** A file of 1000 bytes that says it has another number of them. */
function withSize(bytes: number): Buffer {
  const archive = zip({ 'index.js': 'x'.repeat(1000) })
  archive.writeUInt32LE(bytes, directoryEntry(archive, 'index.js') + 24)
  return archive
}
