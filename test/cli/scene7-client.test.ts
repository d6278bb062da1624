import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { mock } from 'node:test'
import type { Scene7Access } from '../../src/cli/scene7/scene7-access.ts'
import { createScene7Client } from '../../src/cli/scene7/scene7-client.ts'
import { COMPANY, type OpenedDoor, openDoor } from '../doors/scene7/open-door.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

const ACCESS: Scene7Access = {
  origin: 'https://localhost:9443',
  user: 'ann',
  password: 'p<ss',
  company: COMPANY,
}

describe('the client of npm run assets', () => {
  const temporary = useTemporaryFolder()
  let opened: OpenedDoor
  let answer: (url: string, init?: RequestInit) => Response | Promise<Response>

  before(async () => {
    opened = await openDoor(temporary.pathTo('home'))
    await writeFile(temporary.pathTo('red shoe.jpg'), 'a shoe')
    await writeFile(temporary.pathTo('.env'), 'a secret')
  })
  beforeEach(() => {
    answer = (url, init) => opened.app.request(new Request(url, init))
    // Once: of several mocks of one function, each restores the one before it.
    mock.method(globalThis, 'fetch', async (url: string, init?: RequestInit) => answer(url, init))
  })
  afterEach(() => mock.restoreAll())
  after(() => opened.door.close?.())

  it('uploads files, lists and removes them', async () => {
    const client = createScene7Client(ACCESS)
    const job = await client.beginUpload()
    await client.upload(job, { file: temporary.pathTo('red shoe.jpg'), folder: 'summer/<new>' })
    await client.endUpload(job)
    assert.deepEqual(await client.list(), [
      { name: 'red shoe', folder: 'summer/<new>', type: 'picture', file: 'red shoe.jpg', size: 6 },
    ])
    const kept = await opened.door.kept.find(COMPANY, 'red shoe')
    assert.equal(kept?.original?.mediaType, 'image/jpeg')
    await client.remove('red shoe')
    assert.deepEqual(await client.list(), [])
  })

  it('tells in the sentence of the service what it has refused', async () => {
    const client = createScene7Client(ACCESS)
    await assert.rejects(client.remove('none'), { message: 'There is no asset called acme/none.' })
    const job = await client.beginUpload()
    await assert.rejects(client.upload(job, { file: temporary.pathTo('.env'), folder: '' }), {
      message: '".env" is no name for a file.',
    })
    await client.endUpload(job)
    await assert.rejects(client.endUpload(job), /^Error: There is no upload with the jobHandle/)
  })

  const strangers: [access: Partial<Scene7Access>, begin: RegExp, list: RegExp | undefined][] = [
    [{ password: 'guess' }, /User or password is wrong/, /User and password must be those/],
    [{ company: 'other' }, /in no company with the handle "c\|other", but in c\|acme/, undefined],
  ]
  for (const [access, begin, list] of strangers) {
    it(`is refused with ${JSON.stringify(access)}`, async () => {
      const client = createScene7Client({ ...ACCESS, ...access })
      await assert.rejects(client.beginUpload(), begin)
      if (list) await assert.rejects(client.list(), list)
    })
  }

  it('tells that no service answers, or one without assets', async () => {
    const client = createScene7Client(ACCESS)
    const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })
    answer = () => {
      throw new TypeError('fetch failed', { cause: refused })
    }
    await assert.rejects(client.list(), {
      message: 'No service answers at https://localhost:9443; npm start starts one.',
    })
    answer = () => Response.json({ message: 'no' }, { status: 404 })
    await assert.rejects(client.list(), /has no list of assets: it answered 404/)
    await assert.rejects(client.beginUpload(), /takes no uploads: it answered 404/)
  })
})
