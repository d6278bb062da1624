import assert from 'node:assert/strict'
import { cpSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { ADMIN, at, call, texts } from './ips/call-ips.ts'
import { readZip } from './ips/export-zip.ts'
import { COMPANY, type OpenedDoor, openDoor } from './open-door.ts'

/**
 * The state of Scene7 as a service left it that was killed: a user, two assets, of which one has a modifier, a set of both, an
 * empty folder and a preset; an export that had ended, one whose mail no server had taken, one that is paused and waits for the
 * year 2100, one of which a picture of two was made, and one behind that.
 */
const OLDER = path.resolve('test/homes/0.1.0-scene7')

/** An hour after it was made, when exports have not expired. */
const NOW = Date.UTC(2026, 10, 30, 1)

const HERE = `<companyHandle>c|${COMPANY}</companyHandle>`

describe('the state of Scene7 that an older version left', () => {
  const temporary = useTemporaryFolder()
  let opened: OpenedDoor

  before(async () => {
    const home = temporary.pathTo('home')
    cpSync(OLDER, home, { recursive: true })
    opened = await openDoor(home, { now: () => NOW })
    await opened.door.start?.()
  })
  after(async () => {
    await opened.door.close?.()
    assert.deepEqual([opened.errors, opened.messages], [[], []])
  })

  const logOf = (handle: string) =>
    call(opened.app, 'getJobLogDetails', `${HERE}<jobHandle>${handle}</jobHandle>`)

  it('has its user, with the password and the role', async () => {
    const header = ADMIN.replace('ann', 'eve@acme.example').replace('p&lt;ss', 'open sesame')
    const told = await call(opened.app, 'getCompanyMembership', '', header)
    assert.deepEqual(texts(told, 'role'), ['ImagePortalUser'])
    assert.equal(
      at(await call(opened.app, 'getUserInfo', '', header), 'userInfo/firstName')?.text,
      'Eve',
    )
  })

  it('has its assets by their handles, its folders, its preset and its set', async () => {
    const handles = '<assetHandleArray><items>a|1</items><items>a|2</items></assetHandleArray>'
    const told = await call(opened.app, 'getAssets', HERE + handles)
    assert.deepEqual(texts(told, 'name'), ['hat', 'shoe'])
    assert.deepEqual(texts(told, 'urlModifier'), ['wid=300'])
    assert.deepEqual(texts(await call(opened.app, 'getFolders', HERE), 'path'), [
      'acme/',
      'acme/summer/',
      'acme/winter/',
    ])
    const formats = await call(opened.app, 'getImageFormats', HERE)
    assert.deepEqual(texts(formats, 'urlModifier'), ['wid=400&fmt=png'])
    const set = await call(
      opened.app,
      'getImageSetMembers',
      `${HERE}<assetHandle>a|3</assetHandle>`,
    )
    assert.deepEqual(texts(set, 'name'), ['hat', 'shoe'])
    assert.equal(await (await opened.app.request('/is/content/acme/shoe')).text(), 'a shoe')
  })

  it('has the log and the ZIP of an export that had ended', async () => {
    const url =
      texts(await logOf('j|1'), 'logMessage')
        .at(-1)
        ?.split(': ')[1] ?? ''
    const files = await readZip(new Uint8Array(await (await opened.app.request(url)).arrayBuffer()))
    assert.deepEqual(files, { 'hat.jpg': 'a hat', 'shoe.jpg': 'a shoe' })
  })

  it('has the export that was under way and the one behind it come to their ends, each once, with the mails that are owed', async () => {
    while (texts(await logOf('j|5'), 'logType').length === 0) await setImmediate()
    for (const handle of ['j|4', 'j|5']) {
      const log = await logOf(handle)
      assert.equal(at(log, 'jobLogArray/items/fileSuccessCount')?.text, '2')
      const types = texts(log, 'logType').slice(1)
      assert.deepEqual(types, ['FileEnd', 'FileEnd', 'EndGet'])
    }
    while (opened.mails.length < 2) await setImmediate()
    assert.deepEqual(
      opened.mails.map(({ subject }) => subject),
      ['owed: done', 'under way: done'],
    )
    const folders = await readdir(temporary.pathTo('home/scene7/exports'))
    assert.deepEqual(folders.toSorted(), ['1', '2', '4', '5'])
  })

  it('has the export that is paused wait for its time', async () => {
    const told = await call(opened.app, 'getScheduledJobs', HERE)
    assert.deepEqual(texts(told, 'jobHandle'), ['j|3'])
    assert.deepEqual(texts(told, 'triggerState'), ['Paused'])
    assert.deepEqual(texts(told, 'nextFireTime'), ['2100-01-01T00:00:00.000Z'])
  })
})
