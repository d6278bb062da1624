import assert from 'node:assert/strict'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { openDatabase } from '../../src/home/database.ts'
import { openStateFolder } from '../../src/home/state-folder.ts'
import { openAccounts } from '../../src/identity/accounts-file.ts'
import { openCredentials } from '../../src/identity/credentials.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

const now = (): number => Date.UTC(2026, 0, 1)
const OTHER_USER = 54_321

describe('a state folder that is there already', () => {
  const folder = useTemporaryFolder()
  let home: string
  beforeEach(() => {
    home = mkdtempSync(folder.pathTo('home-'))
  })

  const open = () => openStateFolder(home, { passing: ['work'], now })

  /** The files and folders that others than the owner may do anything with. */
  const openToOthers = (): string[] =>
    ['', ...readdirSync(home, { recursive: true })].map(String).filter((name) => {
      const { mode } = statSync(path.join(home, name))
      return (mode & 0o077) !== 0
    })

  it('is closed to others with all that is in it, at a start', async () => {
    mkdirSync(path.join(home, 'objects/parts'), { recursive: true, mode: 0o755 })
    writeFileSync(path.join(home, 'gateway.sqlite-wal'), 'passwords', { mode: 0o644 })
    writeFileSync(path.join(home, 'objects/parts/one'), 'a picture', { mode: 0o666 })
    for (const name of ['', 'objects', 'objects/parts']) chmodSync(path.join(home, name), 0o755)
    const { close } = await open()
    assert.deepEqual(openToOthers(), [])
    await close()
  })

  it('gets no file of SQLite that others may read, whatever the umask and the file were', async () => {
    const before = process.umask(0)
    try {
      const file = path.join(home, 'a.sqlite')
      chmodSync(home, 0o700)
      await openDatabase(file, ['CREATE TABLE a (b)']).close()
      chmodSync(file, 0o644)
      const database = openDatabase(file, ['CREATE TABLE a (b)'])
      database.prepare('INSERT INTO a VALUES (1)').run()
      assert.deepEqual(openToOthers(), [])
      await database.close()
    } finally {
      process.umask(before)
    }
  })

  it('is refused with a symbolic link in it that leads out, and not with one that stays', async () => {
    writeFileSync(path.join(home, 'inside'), '')
    symlinkSync('inside', path.join(home, 'stays'))
    symlinkSync('nothing', path.join(home, 'stays-too'))
    await (await open()).close()
    const link = path.join(home, 'credentials.json')
    symlinkSync('/etc/hostname', link)
    await assert.rejects(open(), {
      message: `${link} is a symbolic link that leads out of the state folder; what it leads to must be moved here.`,
    })
    // However often it is tried.
    await assert.rejects(open(), /leads out/)
    const { mode } = statSync('/etc/hostname')
    assert.notEqual(mode & 0o077, 0)
  })

  it('is refused for a link deep inside of it as often as it is tried, where others could make one', async () => {
    mkdirSync(path.join(home, 'objects'))
    symlinkSync('/etc', path.join(home, 'objects', 'parts'))
    chmodSync(home, 0o777)
    await assert.rejects(open(), /parts is a symbolic link that leads out/)
    await assert.rejects(open(), /parts is a symbolic link that leads out/)
  })

  for (const name of ['', 'accounts.json']) {
    it(`is refused when ${name || 'it'} belongs to somebody else`, async function () {
      // Only root can make it so.
      if (process.getuid?.() !== 0) this.skip()
      const file = path.join(home, name)
      if (name !== '') writeFileSync(file, '{}')
      chownSync(file, OTHER_USER, OTHER_USER)
      await assert.rejects(open(), {
        message: `${path.join(home, name)} belongs to another user (${OTHER_USER}), who could read and change it; it must belong to the one who starts the service (0).`,
      })
      assert.equal(existsSync(path.join(home, 'service.pid')), false)
    })
  }

  it('is refused to a second service, which is told who has it, and given to the next one', async () => {
    const { close } = await open()
    await assert.rejects(open(), {
      message: `Another service (process ${process.pid}, since 2026-01-01T00:00:00.000Z) has the state folder ${home}; DARKROOM_HOME sets another one.`,
    })
    await close()
    await (await open()).close()
  })

  it('loses the drafts of a killed process, which have secrets in them', async () => {
    writeFileSync(path.join(home, 'credentials.json.4711.draft'), 'secret')
    await (await open()).close()
    assert.deepEqual(
      readdirSync(home).filter((name) => name.endsWith('.draft')),
      [],
    )
  })
})

describe('what several processes write at once', () => {
  const folder = useTemporaryFolder()

  it('is made by one of them, and read by the others', async () => {
    const home = mkdtempSync(folder.pathTo('home-'))
    const [first, ...others] = await Promise.all([1, 2, 3].map(() => openCredentials(home)))
    for (const other of others) assert.deepEqual(other, first)
    assert.deepEqual(await openCredentials(home), first)
  })

  it('is not lost: keys, and the key that seals', async () => {
    const home = mkdtempSync(folder.pathTo('home-'))
    const names = ['a', 'b', 'c', 'd', 'e']
    const sealing = await Promise.all(
      names.map(async (name) => {
        const accounts = await openAccounts(home, now)
        await accounts.create({ name, username: name, scopes: [] })
        return accounts.sealingKey
      }),
    )
    const accounts = await openAccounts(home, now)
    assert.deepEqual(
      accounts
        .keys()
        .map(({ name }) => name)
        .toSorted(),
      names,
    )
    assert.equal(new Set(accounts.users().map(({ id }) => id)).size, names.length)
    assert.deepEqual(new Set(sealing), new Set([accounts.sealingKey]))
  })
})
