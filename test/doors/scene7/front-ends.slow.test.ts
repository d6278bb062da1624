import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import type { FrontEnds } from '../../../src/database/front-ends.ts'
import type { KeptTables } from '../../../src/database/kept-tables.ts'
import { createPostgresServer } from '../../../src/database/postgres-database.ts'
import { createKeptUsers } from '../../../src/doors/scene7/ips/users/kept-users.ts'
import { openScene7Databases } from '../../../src/doors/scene7/scene7-databases.ts'
import { openStorage, type Storage } from '../../storage/storage-fixture.ts'
import { type PostgresCluster, startPostgres } from '../../support/postgres.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { skipWithout } from '../../support/tools.ts'
import { ADMIN, at, call, texts } from './ips/call-ips.ts'
import { COMPANY, type OpenedDoor, openDoor, streamOf } from './open-door.ts'

const HERE = `<companyHandle>c|${COMPANY}</companyHandle>`

/** Resolves when something is so, which another front end has to hear of first. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await delay(2)
}

const add = ({ door }: OpenedDoor, name: string) =>
  door.kept.addFile(COMPANY, name, {
    name: `${name}.jpg`,
    mediaType: 'image/jpeg',
    body: streamOf(`a ${name}`),
  })

const statusOf = async ({ app }: OpenedDoor, path: string): Promise<number> =>
  (await app.request(`/is/image/${path}`)).status

async function submit({ app }: OpenedDoor, name: string, fmt = 'convert'): Promise<string> {
  const named = `${HERE}<nameArray><items>${name}</items></nameArray>`
  const [handle] = texts(await call(app, 'getAssetsByName', named), 'assetHandle')
  const job = `<exportJob><assetHandleArray><items>${handle}</items></assetHandleArray><fmt>${fmt}</fmt><is_modifier>wid=5</is_modifier><emailSetting>All</emailSetting></exportJob>`
  const told = await call(app, 'submitJob', `${HERE}<jobName>My Job</jobName>${job}`)
  return at(told, 'jobHandle')?.text ?? assert.fail('it was not submitted')
}

const messagesOf = async ({ app }: OpenedDoor, job: string): Promise<string[]> =>
  texts(await call(app, 'getJobLogDetails', `${HERE}<jobHandle>${job}</jobHandle>`), 'logMessage')

/** Has pictures of a front end take until they are given up. */
function hang({ renderer }: OpenedDoor): Promise<unknown> {
  const { promise, resolve } = Promise.withResolvers<unknown>()
  renderer.answerWith(async (_job, signal) => {
    const { promise: never, reject } = Promise.withResolvers<never>()
    signal.addEventListener('abort', () => {
      resolve(signal.reason)
      reject(signal.reason)
    })
    return never
  })
  return promise
}

describe('two front ends of Scene7 on one database', () => {
  const temporary = useTemporaryFolder()
  let cluster: PostgresCluster
  let storage: Storage
  let url: string
  let living: string[]
  let lose: ((id: string) => void)[]
  let [one, two]: OpenedDoor[] = []
  const closing: (() => unknown)[] = []

  before(async function () {
    skipWithout(this, 'PostgreSQL')
    cluster = await startPostgres()
  })
  beforeEach(async () => {
    storage = await openStorage(undefined, Date.now)
    url = await cluster.createDatabase()
    living = ['one', 'two']
    lose = []
    ;[one, two] = [await open('one'), await open('two')]
  })
  afterEach(async () => {
    for (const close of closing.splice(0).toReversed()) await close()
    await storage.close()
  })
  after(() => cluster?.stop())

  async function open(id: string): Promise<OpenedDoor> {
    const server = createPostgresServer(url, assert.fail)
    closing.push(server.close)
    const openTables = <Tables>({ name, migrations }: KeptTables) =>
      server.open<Tables>(name, migrations)
    const home = temporary.pathTo(`${id}-${new URL(url).pathname.slice(1)}`)
    const databases = await openScene7Databases(openTables, home)
    const frontEnds: FrontEnds = {
      id,
      living: () => living,
      count: () => living.length,
      isFirst: () => living[0] === id,
      onGone(listener) {
        lose.push((gone) => void (gone !== id && listener()))
        return () => undefined
      },
      close: async () => undefined,
    }
    const { store } = storage
    const urls = { toRead: (key: string) => `https://store.example/${key}` }
    const elsewhere = {
      put: store.put.bind(store),
      open: store.open.bind(store),
      stat: store.stat.bind(store),
      list: store.list.bind(store),
      remove: store.remove.bind(store),
      urls,
    }
    const opened = await openDoor(home, { databases, frontEnds, elsewhere })
    closing.push(() => opened.door.close?.())
    return opened
  }

  function both(): readonly [OpenedDoor, OpenedDoor] {
    assert.ok(one && two)
    return [one, two]
  }

  it('show what the other has kept, changed and removed', async () => {
    const [first, second] = both()
    assert.equal(await statusOf(second, 'acme/shoe?$web$'), 403)
    await add(first, 'shoe')
    await first.door.presets.save(COMPANY, { name: 'web', commands: 'wid=7' })
    await until(async () => (await statusOf(second, 'acme/shoe?$web$')) === 200)
    assert.equal(second.renderer.jobs.at(-1)?.composition.view.width, 7)
    assert.equal(await (await second.app.request('/is/content/acme/shoe')).text(), 'a shoe')
    const etagOf = async () => (await second.app.request('/is/image/acme/shoe')).headers.get('etag')
    const before = await etagOf()
    await first.door.kept.describe(COMPANY, 'shoe', { modifier: 'qlt=5' })
    await until(async () => (await etagOf()) !== before)
    await first.door.kept.rename(COMPANY, 'shoe', 'boot')
    await until(async () => (await statusOf(second, 'acme/boot')) === 200)
    assert.equal(await statusOf(second, 'acme/shoe'), 404)
    await second.door.kept.addFile('other', 'hat', {
      name: 'hat.jpg',
      mediaType: 'image/jpeg',
      body: streamOf('a hat'),
    })
    await until(async () => (await statusOf(first, 'other?src=hat')) === 200)
    await second.door.kept.remove(COMPANY, 'boot')
    await until(async () => (await statusOf(first, 'acme/boot')) === 404)
  })

  it('fetch the file of an asset that the other has got', async () => {
    const [first, second] = both()
    await add(first, 'shoe')
    const handle = '<assetHandle>a|1</assetHandle>'
    await call(first.app, 'getAssetsByName', `${HERE}<nameArray><items>shoe</items></nameArray>`)
    await call(second.app, 'getXMPPacket', HERE + handle)
    const { original } = (await second.door.kept.find(COMPANY, 'shoe')) ?? {}
    assert.equal(readFileSync(original?.path ?? '', 'utf8'), 'a shoe')
  })

  it('have an export run once, its mail sent once and its ZIP fetched from either', async () => {
    const [first, second] = both()
    await add(first, 'shoe')
    const jobs = await Promise.all([submit(first, 'shoe'), submit(second, 'shoe', 'orig')])
    for (const job of jobs) await until(async () => (await messagesOf(second, job)).length > 0)
    await until(async () => first.mails.length + second.mails.length === 2)
    for (const job of jobs) {
      const [, last = ''] = await messagesOf(first, job)
      const { pathname } = new URL(last.split(': ')[1] ?? '')
      for (const { app } of both()) {
        const answer = await app.request(pathname)
        assert.equal(answer.status, 307)
        assert.match(
          answer.headers.get('location') ?? '',
          /^https:\/\/store\.example\/scene7-exports\/\d+\/[\w-]{32}\.zip$/,
        )
      }
    }
    assert.deepEqual(
      [first.mails.length + second.mails.length, first.errors, second.errors],
      [2, [], []],
    )
  })

  for (const deed of ['stopJob', 'pauseJob', 'deleteJob']) {
    it(`end what the other runs by ${deed}`, async () => {
      const [first, second] = both()
      await add(first, 'shoe')
      const ended = [hang(first), hang(second)]
      const job = await submit(first, 'shoe')
      await until(async () => first.renderer.jobs.length + second.renderer.jobs.length > 0)
      const runner = first.renderer.jobs.length > 0 ? 0 : 1
      const other = both()[1 - runner] ?? assert.fail()
      await call(other.app, deed, `${HERE}<jobHandle>${job}</jobHandle>`)
      await ended[runner]
      const state = (await other.door.exports.find(Number(job.slice(2))))?.state
      assert.equal(state, { stopJob: 'done', pauseJob: 'waiting', deleteJob: undefined }[deed])
      if (deed === 'stopJob') {
        assert.deepEqual(await messagesOf(other, job), ['ann has stopped the job.'])
      }
    })
  }

  it('go on with what a front end ran that is gone, and its late end changes nothing', async () => {
    const [first, second] = both()
    await add(first, 'shoe')
    const finish = Promise.withResolvers<void>()
    for (const { renderer } of both()) {
      renderer.answerWith(async ({ encoding }) => {
        await finish.promise
        return {
          bytes: encoding && Buffer.from('late'),
          composite: { width: 9, height: 9 },
          view: { width: 9, height: 9 },
        }
      })
    }
    const job = await submit(first, 'shoe')
    await until(async () => first.renderer.jobs.length + second.renderer.jobs.length > 0)
    const [gone, stays, id] =
      first.renderer.jobs.length > 0 ? [first, second, 'one'] : [second, first, 'two']
    stays.renderer.answerAsEver()
    living = living.filter((each) => each !== id)
    for (const tell of lose) tell(id)
    await until(async () => (await messagesOf(stays, job)).length > 0)
    const messages = await messagesOf(stays, job)
    finish.resolve()
    await gone.door.pause?.()
    assert.deepEqual(await messagesOf(stays, job), messages)
    assert.deepEqual([gone.errors, stays.errors, messages.length], [[], [], 2])
  })

  it('let in a user whom the other has made, and no more once the other has removed them', async () => {
    const [, second] = both()
    const server = createPostgresServer(url, assert.fail)
    closing.push(server.close)
    const openTables = <Tables>({ name, migrations }: KeptTables) =>
      server.open<Tables>(name, migrations)
    const databases = await openScene7Databases(openTables, temporary.pathTo('command'))
    const users = createKeptUsers(databases.users)
    const eve = { email: 'eve@acme.example', firstName: 'Eve', lastName: '', company: COMPANY }
    await users.add({ ...eve, role: 'IpsUser', password: 'open sesame' })
    const header = ADMIN.replace('ann', eve.email).replace('p&lt;ss', 'open sesame')
    const told = await call(second.app, 'getUserInfo', '', header)
    assert.equal(at(told, 'userInfo/firstName')?.text, 'Eve')
    await users.remove(eve.email)
    await assert.rejects(call(second.app, 'getUserInfo', '', header), /User or password is wrong/)
  })
})
