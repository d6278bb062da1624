import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Hono } from 'hono'
import type * as z from 'zod/mini'
import { ServiceError } from '../../../../src/base/errors.ts'
import {
  assetDetailSchema,
  assetPageSchema,
  foundCropsSchema,
  imagesOverviewSchema,
} from '../../../../src/doors/page/images/asset-shapes.ts'
import { createInspectedImageRoutes } from '../../../../src/doors/page/images/images-routes.ts'
import { ATTRIBUTES } from '../../../../src/doors/scene7/catalogue/attributes.ts'
import { COMPANY, type OpenedDoor, openDoor, streamOf } from '../../scene7/open-door.ts'

const CROP = { name: 'Wide', x: 0, y: 0.25, width: 1, height: 0.5, forWidth: 400, forHeight: 100 }

const patch = (value: object): RequestInit => ({ method: 'PATCH', body: JSON.stringify(value) })

describe('The catalogue that the page shows', () => {
  let home: string
  let opened: OpenedDoor
  let app: Hono

  beforeEach(async () => {
    home = mkdtempSync(path.join(tmpdir(), 'darkroom-catalogue-'))
    const assetsFolder = path.join(home, 'mounted')
    mkdirSync(path.join(assetsFolder, 'summer', 'shoes'), { recursive: true })
    writeFileSync(path.join(assetsFolder, 'harbour.jpg'), 'harbour')
    writeFileSync(path.join(assetsFolder, 'summer', 'beach.png'), 'beach')
    writeFileSync(path.join(assetsFolder, 'summer', 'shoes', 'clip.mp4'), 'clip')
    opened = await openDoor(path.join(home, 'state'), { assetsFolder })
    app = new Hono()
    app.onError((error) => {
      if (!(error instanceof ServiceError)) throw error
      return Response.json({ message: error.message }, { status: error.status })
    })
    app.route('/', createInspectedImageRoutes(opened.door))
  })
  afterEach(async () => {
    await opened.door.close?.()
    rmSync(home, { recursive: true })
  })

  async function read<T>(
    schema: z.ZodMiniType<T>,
    where: string,
    query: Record<string, string> = {},
    init?: RequestInit,
  ): Promise<T> {
    const response = await app.request(`${where}?${new URLSearchParams(query).toString()}`, init)
    const text = await response.text()
    assert.ok(response.ok, text)
    return schema.parse(JSON.parse(text))
  }

  async function refusal(
    where: string,
    query: Record<string, string>,
    init?: RequestInit,
  ): Promise<string> {
    const response = await app.request(`${where}?${new URLSearchParams(query).toString()}`, init)
    return `${response.status} ${await response.text()}`
  }

  const list = (query: Record<string, string> = {}) =>
    read(assetPageSchema, '/images/assets', { company: COMPANY, ...query })
  const namesOf = async (query?: Record<string, string>) =>
    (await list(query)).assets.map(({ name }) => name)
  const detail = (name: string) =>
    read(assetDetailSchema, '/images/asset', { company: COMPANY, name })
  const add = (name: string, query: Record<string, string> = {}, body = 'picture') =>
    read(
      assetDetailSchema,
      '/images/assets',
      { company: COMPANY, name, ...query },
      { method: 'POST', body, headers: { 'content-type': 'image/jpeg' } },
    )
  const change = (name: string, value: object) =>
    read(assetDetailSchema, '/images/asset', { company: COMPANY, name }, patch(value))
  const found = (name: string) =>
    read(foundCropsSchema, '/images/crops', { company: COMPANY, name })
  const addSet = (name: string, members: readonly string[]) =>
    read(
      assetDetailSchema,
      '/images/sets',
      {},
      {
        method: 'POST',
        body: JSON.stringify({ company: COMPANY, name, folder: '', members }),
      },
    )

  it('tells whose pictures there are, and which folder is mounted', async () => {
    await opened.door.kept.addFile('other', 'logo', {
      name: 'logo.png',
      mediaType: 'image/png',
      body: streamOf('logo'),
    })
    assert.deepEqual(await read(imagesOverviewSchema, '/images'), {
      company: COMPANY,
      companies: [COMPANY, 'other'],
      mountedFolder: path.join(home, 'mounted'),
    })
  })

  it('lists what is kept and what is mounted, folder by folder', async () => {
    await add('shoe.jpg', { folder: 'summer' })
    const top = await list()
    assert.deepEqual(
      top.assets.map(({ name, type, isMounted }) => ({ name, type, isMounted })),
      [{ name: 'harbour', type: 'picture', isMounted: true }],
    )
    assert.deepEqual(top.folders, [{ path: 'summer', count: 3 }])
    const summer = await list({ folder: 'summer' })
    assert.deepEqual(
      summer.assets.map(({ name, isMounted }) => ({ name, isMounted })),
      [
        { name: 'beach', isMounted: true },
        { name: 'shoe', isMounted: false },
      ],
    )
    assert.deepEqual(summer.folders, [{ path: 'summer/shoes', count: 1 }])
  })

  const SEARCHES: [what: string, query: Record<string, string>, names: string[]][] = [
    ['every word of a text', { text: 'SUMMER b' }, ['beach']],
    ['a text in the name of a file', { text: '.mp4' }, ['clip']],
    ['a text below a folder only', { text: 'h', folder: 'summer' }, ['beach', 'clip']],
    ['a type', { text: 'c', type: 'video' }, ['clip']],
    ['nothing that is there', { text: 'winter' }, []],
  ]
  for (const [what, query, names] of SEARCHES) {
    it(`finds assets by ${what}`, async () => {
      assert.deepEqual(await namesOf(query), names)
    })
  }

  it('lists many page by page, numbers in names as people sort them', async () => {
    for (let number = 1; number <= 125; number += 1) {
      await opened.door.kept.describe(COMPANY, `a${number}`, { folder: 'many', members: [] })
    }
    const first = await list({ folder: 'many' })
    assert.equal(first.total, 125)
    assert.equal(first.assets[9]?.name, 'a10')
    assert.equal(first.next, 120)
    const rest = await list({ folder: 'many', from: '120' })
    assert.deepEqual(
      rest.assets.map(({ name }) => name),
      ['a121', 'a122', 'a123', 'a124', 'a125'],
    )
    assert.equal(rest.next, undefined)
  })

  it('keeps a file that is sent, by the name that it has without its extension', async () => {
    const { name, folder, file, isMounted } = await add('shoe.jpg', { folder: 'autumn' })
    assert.deepEqual(
      { name, folder, file, isMounted },
      {
        name: 'shoe',
        folder: 'autumn',
        file: { name: 'shoe.jpg', type: 'image/jpeg', size: 7, shownAs: 'picture' },
        isMounted: false,
      },
    )
  })

  it('replaces or numbers one of a name that is taken only when it is told so', async () => {
    await add('shoe.jpg')
    const query = { company: COMPANY, name: 'shoe.jpg' }
    assert.equal(
      await refusal('/images/assets', query, { method: 'POST', body: 'new' }),
      '409 {"message":"There is an asset \\"shoe\\" already."}',
    )
    assert.equal((await add('shoe.jpg', { taken: 'number' })).name, 'shoe-1')
    assert.equal((await add('shoe.jpg', { taken: 'replace' }, 'replaced')).file?.size, 8)
    assert.equal((await add('harbour.jpg', { taken: 'number' })).name, 'harbour-1')
    assert.match(
      await refusal(
        '/images/assets',
        { ...query, name: 'harbour.jpg', taken: 'replace' },
        {
          method: 'POST',
          body: 'new',
        },
      ),
      /^409 .*harbour is a file of the mounted folder .*mounted: replace it there\./,
    )
  })

  it('renames an asset with its crops, and the sets know it by its new name', async () => {
    await add('shoe.jpg')
    await change('shoe', { crops: [CROP] })
    await addSet('views', ['shoe', 'harbour'])
    const renamed = await change('shoe', { name: 'boot' })
    assert.deepEqual(renamed.crops, [CROP])
    assert.deepEqual(renamed.usedIn, ['views'])
    assert.deepEqual((await detail('views')).members, ['boot', 'harbour'])
    assert.match(
      await refusal('/images/asset', { company: COMPANY, name: 'shoe' }),
      /^404 .*There is no asset \\"shoe\\" any more\./,
    )
    assert.equal((await opened.app.request(`/is/content/${COMPANY}/boot`)).status, 200)
  })

  it('moves an asset to another folder', async () => {
    await add('shoe.jpg')
    assert.equal((await change('shoe', { folder: 'winter/boots' })).folder, 'winter/boots')
    assert.deepEqual(await namesOf({ folder: 'winter/boots' }), ['shoe'])
  })

  it('keeps crops of a mounted file, which stays in its folder', async () => {
    const { crops, folder, isMounted } = await change('beach', { crops: [CROP] })
    assert.deepEqual(
      { crops, folder, isMounted },
      { crops: [CROP], folder: 'summer', isMounted: true },
    )
    assert.equal(
      (await opened.app.request(`/is/image/${COMPANY}/beach:Wide?req=exists`)).status,
      200,
    )
    assert.deepEqual((await change('beach', { crops: [] })).crops, [])
  })

  it('tells the smart crops that a picture has by itself, but for those that somebody has set', async () => {
    await opened.door.close?.()
    const smartCrops = [
      { name: 'Large', width: 400, height: 200 },
      { name: 'Wide', width: 400, height: 100 },
    ]
    opened = await openDoor(path.join(home, 'state'), {
      assetsFolder: path.join(home, 'mounted'),
      attributes: { ...ATTRIBUTES, smartCrops },
    })
    app = new Hono().route('/', createInspectedImageRoutes(opened.door))
    await change('harbour', { crops: [CROP] })
    assert.deepEqual(await found('harbour'), {
      crops: [
        { name: 'Large', x: 0.25, y: 0, width: 0.5, height: 0.5, forWidth: 400, forHeight: 200 },
      ],
    })
    assert.deepEqual(await found('clip'), { crops: [] })
  })

  it('makes a set of assets, and changes their order', async () => {
    const { type, members } = await addSet('views', ['harbour', 'beach'])
    assert.deepEqual({ type, members }, { type: 'set', members: ['harbour', 'beach'] })
    assert.deepEqual((await change('views', { members: ['beach', 'harbour'] })).members, [
      'beach',
      'harbour',
    ])
  })

  it('deletes an asset, and its crops with it', async () => {
    await add('shoe.jpg')
    await change('shoe', { crops: [CROP] })
    const query = { company: COMPANY, name: 'shoe' }
    assert.equal(await refusal('/images/asset', query, { method: 'DELETE' }), '204 ')
    assert.match(await refusal('/images/asset', query), /^404 /)
    assert.deepEqual((await add('shoe.jpg')).crops, [])
  })

  const WRONG: [what: string, name: string, init: RequestInit, answer: RegExp][] = [
    [
      'moves a mounted file',
      'harbour',
      patch({ folder: 'x' }),
      /^409 .*harbour is a file of the mounted folder .*: move it there\./,
    ],
    ['renames a mounted file', 'harbour', patch({ name: 'x' }), /^409 .*: rename it there\./],
    ['deletes a mounted file', 'harbour', { method: 'DELETE' }, /^409 .*: delete it there\./],
    [
      'gives an asset the name of another',
      'shoe',
      patch({ name: 'harbour' }),
      /^409 .*There is an asset \\"harbour\\" already\./,
    ],
    ['gives an asset no name', 'shoe', patch({ name: '../x' }), /^400 .*is no name for an asset/],
    [
      'moves an asset out of its folders',
      'shoe',
      patch({ folder: '../x' }),
      /^400 .*A folder is a path such as summer\/shoes, and/,
    ],
    [
      'crops beyond the picture',
      'shoe',
      patch({ crops: [{ ...CROP, x: 0.5 }] }),
      /^400 .*crops\[0\] must be a part that is within the picture/,
    ],
    [
      'crops twice by one name',
      'shoe',
      patch({ crops: [CROP, CROP] }),
      /^400 .*each of another name/,
    ],
    [
      'calls a crop what no URL can say',
      'shoe',
      patch({ crops: [{ ...CROP, name: 'a:b' }] }),
      /^400 .*crops\[0\]\.name must be a name of at most 100 letters/,
    ],
    ['gives a picture members', 'shoe', patch({ members: ['harbour'] }), /^409 .*shoe is no set/],
    [
      'changes what is not there',
      'none',
      patch({ crops: [] }),
      /^404 .*There is no asset \\"none\\"/,
    ],
    ['says what nobody knows', 'shoe', patch({ colour: 'red' }), /^400 .*unknown field/],
  ]
  for (const [what, name, init, answer] of WRONG) {
    it(`refuses in a sentence who ${what}`, async () => {
      await add('shoe.jpg')
      assert.match(await refusal('/images/asset', { company: COMPANY, name }, init), answer)
    })
  }

  const SETS: [what: string, name: string, members: string[], answer: RegExp][] = [
    ['of what is not there', 'views', ['none'], /^400 .*\\"none\\" is not\./],
    ['of nothing', 'views', [], /^400 .*members must be an array of 1 to 1000/],
    ['of itself', 'views', ['views'], /^400 .*A set cannot be a member of itself\./],
    ['by a name that is taken', 'harbour', ['beach'], /^409 .*There is an asset/],
  ]
  for (const [what, name, members, answer] of SETS) {
    it(`refuses a set ${what}`, async () => {
      const body = JSON.stringify({ company: COMPANY, name, folder: '', members })
      assert.match(await refusal('/images/sets', {}, { method: 'POST', body }), answer)
    })
  }

  it('tells by its stamp that something has come, changed or gone', async () => {
    const { inspection } = opened.door
    const stamps = [await inspection.stamp()]
    assert.equal(await inspection.stamp(), stamps[0])
    const steps: (() => unknown)[] = [
      () => add('shoe.jpg'),
      () => change('shoe', { crops: [CROP] }),
      () => change('shoe', { name: 'boot' }),
      () => writeFileSync(path.join(home, 'mounted', 'harbour.jpg'), 'another harbour'),
      () => writeFileSync(path.join(home, 'mounted', 'new.jpg'), 'new'),
      () => refusal('/images/asset', { company: COMPANY, name: 'boot' }, { method: 'DELETE' }),
    ]
    for (const step of steps) {
      await step()
      stamps.push(await inspection.stamp())
    }
    assert.equal(new Set(stamps).size, steps.length + 1)
  })
})
