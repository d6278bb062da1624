import assert from 'node:assert/strict'
import { mkdir, open, writeFile } from 'node:fs/promises'
import { takeLock } from '../../src/home/file-lock.ts'
import { openSqliteFile } from '../../src/home/sqlite-file.ts'
import { openStateFolder } from '../../src/home/state-folder.ts'
import { rootApp } from '../support/root-app.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

const NOTES = 'CREATE TABLE notes (text TEXT NOT NULL)'
const PAGE_BYTES = 4096

describe('a file of the service that cannot be used', () => {
  const folder = useTemporaryFolder()

  it('is named to the person at this machine, and to nobody who asks from elsewhere', async () => {
    const file = folder.pathTo('notes.sqlite')
    const options = { migrations: [NOTES], synchronous: 'NORMAL' } as const
    const made = openSqliteFile(file, options)
    const insert = made.prepare('INSERT INTO notes VALUES (?)')
    for (let row = 0; row < 100; row += 1) insert.run('x'.repeat(1000))
    made.close()
    const handle = await open(file, 'r+')
    await handle.write(Buffer.alloc(8 * PAGE_BYTES, 0xff), 0, 8 * PAGE_BYTES, 3 * PAGE_BYTES)
    await handle.close()

    const damaged = openSqliteFile(file, options)
    const select = damaged.prepare('SELECT * FROM notes')
    const message = `${file}: database disk image is malformed`
    assert.throws(() => select.all(), { message })
    assert.throws(() => [...select.iterate()], { message })

    const logged: string[] = []
    const app = rootApp({ error: (line) => void logged.push(line) }).get('/', () => {
      select.all()
      return new Response()
    })
    const answer = await app.request('/')
    damaged.close()
    assert.equal(answer.status, 500)
    assert.doesNotMatch(await answer.text(), /notes|sqlite|tmp/)
    assert.ok(logged[0]?.includes(message), logged[0])
  })

  it('is named when the disk is full, though whoever asks is told of a disk alone', async () => {
    const logged: string[] = []
    const app = rootApp({ error: (line) => void logged.push(line) }).get('/', () => {
      throw Object.assign(new Error("ENOSPC: no space left on device, write '/home/a'"), {
        code: 'ENOSPC',
      })
    })
    const answer = await app.request('/')
    assert.equal(answer.status, 507)
    assert.doesNotMatch(await answer.text(), /home/)
    assert.match(logged[0] ?? '', /'\/home\/a'/)
  })

  it('is the state folder, with a file in its place', async () => {
    const home = folder.pathTo('home')
    await writeFile(home, '')
    const options = { now: Date.now }
    await assert.rejects(openStateFolder(home, options), {
      message: `The state folder ${home} cannot be used: a file is in its place.`,
    })
    await assert.rejects(openStateFolder(`${home}/inner`, options), {
      message: `The state folder ${home}/inner cannot be used: a file is in the place of one of its folders.`,
    })
  })

  it('is a lock', async () => {
    const lock = folder.pathTo('folder.lock')
    await mkdir(lock)
    assert.throws(() => takeLock(lock), {
      message: `${lock} cannot be used: unable to open database file.`,
    })
  })
})
