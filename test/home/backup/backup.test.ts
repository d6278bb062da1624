import assert from 'node:assert/strict'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
} from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { extract, pack } from 'tar-stream'
import { restoreBackup } from '../../../src/home/backup/restore-backup.ts'
import { stageHome } from '../../../src/home/backup/stage-home.ts'
import { openStateFolder } from '../../../src/home/state-folder.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { backUp, FILES, makeHome, type SmallHome } from './backup-fixture.ts'

const signal = new AbortController().signal

/** Files and folders, without those that only say who has them. */
function list(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !/\.lock(?:-journal)?$|\.sqlite-/.test(name))
    .toSorted()
}

const RESTORED = [
  'code',
  'code/bin',
  'code/bin/run',
  'code/run',
  'empty.txt',
  'keys.json',
  'things',
  'things/files',
  'things/files/first',
  'things/files/second',
  'things/index.sqlite',
]

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = []
  for await (const item of items) collected.push(item)
  return collected
}

interface Piece {
  name: string
  type: 'file' | 'directory' | 'symlink'
  linkname?: string
  mode: number
  bytes: Buffer
}

async function readPieces(file: string): Promise<Piece[]> {
  const walker = extract()
  walker.end(await readFile(file))
  const pieces: Piece[] = []
  for await (const entry of walker) {
    const chunks: Uint8Array[] = []
    for await (const chunk of entry) if (chunk instanceof Uint8Array) chunks.push(chunk)
    const { name, type, linkname, mode } = entry.header
    const bytes = Buffer.concat(chunks)
    if (type === 'file' || type === 'directory') pieces.push({ name, type, mode, bytes })
    if (type === 'symlink') pieces.push({ name, type, linkname, mode, bytes })
  }
  return pieces
}

async function writePieces(file: string, pieces: readonly Piece[]): Promise<void> {
  const packed = pack()
  for (const { bytes, ...header } of pieces) {
    if (header.type === 'file') packed.entry(header, bytes)
    else packed.entry(header)
  }
  packed.finalize()
  const chunks: Uint8Array[] = []
  for await (const chunk of packed) if (chunk instanceof Uint8Array) chunks.push(chunk)
  await writeFile(file, Buffer.concat(chunks))
}

const withText =
  (name: string, text: string) =>
  (pieces: readonly Piece[]): Piece[] =>
    pieces.map((each) => (each.name === name ? { ...each, bytes: Buffer.from(text) } : each))

const another = (name: string): Piece => ({
  name,
  type: 'file',
  mode: 0o600,
  bytes: Buffer.from('x'),
})

/** Ways to alter a backup, and what its restoring says then. */
const ALTERED: readonly (readonly [string, (pieces: readonly Piece[]) => Piece[], RegExp])[] = [
  ['has another file', withText('home/keys.json', '{}'), /is damaged: keys\.json is not what/],
  [
    'lacks a file',
    (pieces) => pieces.filter(({ name }) => name !== 'home/things/files/first'),
    /is damaged: .* is not what/,
  ],
  [
    'has a file too much',
    (pieces) => [...pieces.slice(0, -1), another('home/more'), ...pieces.slice(-1)],
    /is damaged: more is not what/,
  ],
  [
    'has a file behind its end',
    (pieces) => [...pieces, another('home/more')],
    /is damaged: home\/more is not what/,
  ],
  [
    'has a file that leads out',
    (pieces) => [...pieces.slice(0, 1), another('home/../../out')],
    /is damaged: home\/\.\.\/\.\.\/out is not what/,
  ],
  ['has no end', (pieces) => pieces.slice(0, -1), /has no end: it was broken off/],
  ['does not say what it is', (pieces) => pieces.slice(1), /is no backup of Darkroom/],
  [
    'is of a newer version',
    withText('darkroom-backup.json', '{"format":2,"version":"9.0.0","createdAt":""}'),
    /was made by Darkroom 9\.0\.0 in a way that this version does not know/,
  ],
]

describe('a backup', () => {
  const folder = useTemporaryFolder()
  let number = 0
  let small: SmallHome
  let file: string
  let restored: string

  beforeEach(() => {
    number += 1
    small = makeHome(folder.pathTo(`home-${number}`))
    file = folder.pathTo(`${number}.tar`)
    restored = folder.pathTo(`restored-${number}`)
  })
  afterEach(() => small.database.close())

  const restore = (from = file) => restoreBackup({ home: restored, file: from, signal })

  it('brings back all that was there, for its owner alone', async () => {
    const written = await backUp(small.home, file)
    assert.deepEqual(written, { files: RESTORED.length, bytes: written.bytes, lost: [] })
    assert.equal(statSync(file).mode & 0o777, 0o600)
    const { files, bytes, version, createdAt } = await restore()
    assert.deepEqual(
      { files, bytes, version, createdAt },
      {
        files: RESTORED.length,
        bytes: written.bytes,
        version: '1.2.3',
        createdAt: new Date(0).toISOString(),
      },
    )
    assert.deepEqual(list(restored), RESTORED)
    for (const name of ['keys.json', 'empty.txt', 'code/run', 'things/files/second']) {
      const read = (home: string): string => readFileSync(path.join(home, name), 'utf8')
      assert.equal(read(restored), read(small.home), name)
    }
    assert.equal(readlinkSync(path.join(restored, 'code/bin/run')), '../run')
    const modes = ['', 'code', 'code/run', 'keys.json', 'things/index.sqlite'].map((name) =>
      (statSync(path.join(restored, name)).mode & 0o777).toString(8),
    )
    assert.deepEqual(modes, ['700', '700', '700', '600', '600'])
    const database = new DatabaseSync(path.join(restored, 'things/index.sqlite'))
    assert.equal(database.prepare('SELECT count(*) AS n FROM things').get()?.['n'], 2)
    database.close()
  })

  it('leaves nothing beside it, and nothing in the home', async () => {
    const before = list(small.home)
    await backUp(small.home, file)
    assert.deepEqual(list(small.home), before)
    const own = readdirSync(path.dirname(file)).filter((name) => name.startsWith(`${number}.`))
    assert.deepEqual(own, [`${number}.tar`])
  })

  it('is of one moment: what is removed later is in it, and what comes later is not', async () => {
    const staged = await stageHome(small.home, FILES, signal)
    small.database.exec("DELETE FROM things WHERE name = 'first'")
    rmSync(path.join(small.home, 'things/files/first'))
    small.add('third', 'three')
    assert.deepEqual((await collect(staged.names())).toSorted(), RESTORED)
    const database = new DatabaseSync(path.join(staged.folder, 'things/index.sqlite'))
    const rows = database.prepare('SELECT name FROM things ORDER BY name').all()
    database.close()
    assert.deepEqual(
      rows.map(({ name }) => name),
      ['first', 'second'],
    )
    assert.equal(readFileSync(path.join(staged.folder, 'things/files/first'), 'utf8'), 'one')
    await staged.remove()
  })

  it('has no file that no row names, and tells which files of rows are missing', async () => {
    await writeFile(path.join(small.home, 'things/files/left-over'), 'x')
    rmSync(path.join(small.home, 'things/files/first'))
    assert.deepEqual((await backUp(small.home, file)).lost, ['things/files/first'])
    await restore()
    assert.deepEqual(list(path.join(restored, 'things')), ['files', 'files/second', 'index.sqlite'])
  })

  it('that is interrupted leaves nothing behind', async () => {
    const before = list(small.home)
    const interruption = new AbortController()
    interruption.abort()
    await assert.rejects(backUp(small.home, file, interruption.signal))
    assert.deepEqual(list(small.home), before)
    assert.ok(!readdirSync(path.dirname(file)).some((name) => name.startsWith(`${number}.`)))
  })

  for (const [what, alter, sentence] of ALTERED) {
    it(`is refused, and makes no home, when it ${what}`, async () => {
      await backUp(small.home, file)
      const altered = `${file}.altered`
      await writePieces(altered, alter(await readPieces(file)))
      await assert.rejects(restore(altered), sentence)
      assert.deepEqual(list(restored), [])
    })
  }

  it('is refused wherever it was cut', async () => {
    await backUp(small.home, file)
    const whole = await readFile(file)
    // Without the end of the archive, which is nothing but zeros.
    for (const part of [0, 100, 512, 5000, whole.length / 2, whole.length - 3000]) {
      await writeFile(`${file}.cut`, whole.subarray(0, part))
      await assert.rejects(restore(`${file}.cut`), /has no end|is no backup of Darkroom/, `${part}`)
      assert.deepEqual(list(restored), [])
    }
  })

  it('is refused with a sentence when it is no archive', async () => {
    await writeFile(file, 'hello '.repeat(1000))
    await assert.rejects(restore(), /is no backup of Darkroom/)
    await assert.rejects(restore(`${file}.none`), /cannot be read; it must be what npm run backup/)
  })

  it('is restored into an empty folder only', async () => {
    await backUp(small.home, file)
    await assert.rejects(
      restoreBackup({ home: small.home, file, signal }),
      /is not empty; a backup is restored into an empty folder/,
    )
    await restore()
    await assert.rejects(restore(), /is not empty/)
  })

  it('makes a home of no use to anybody while it is not restored to its end', async () => {
    await backUp(small.home, file)
    await restoreBackup({ home: restored, file, signal })
    // As a kill in the last moment leaves it.
    mkdirSync(path.join(restored, 'restoring'))
    const sentence = /has a backup in it that was not restored to its end; delete what is in it/
    await assert.rejects(openStateFolder(restored, { now: () => 0 }), sentence)
    await assert.rejects(restore(), sentence)
    for (const name of list(restored))
      rmSync(path.join(restored, name), { recursive: true, force: true })
    mkdirSync(path.join(restored, 'restoring'))
    await restore()
    assert.deepEqual(list(restored), RESTORED)
    const state = await openStateFolder(restored, { now: () => 0 })
    await state.close()
    assert.ok(!existsSync(path.join(restored, 'restoring')))
  })
})
