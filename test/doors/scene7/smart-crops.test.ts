import assert from 'node:assert/strict'
import { OperationError } from '../../../src/base/operation-error.ts'
import { ATTRIBUTES } from '../../../src/doors/scene7/catalogue/attributes.ts'
import type { FindAttention } from '../../../src/doors/scene7/catalogue/smart-crops.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { COMPANY, type OpenedDoor, openDoor, streamOf } from './open-door.ts'

const SMART_CROPS = [
  { name: 'Large', width: 1200, height: 800 },
  { name: 'Small', width: 300, height: 600 },
]

function add({ door }: OpenedDoor, name: string, text: string) {
  return door.kept.addFile(COMPANY, name, {
    name: `${name}.jpg`,
    mediaType: 'image/jpeg',
    body: streamOf(text),
  })
}

describe('smart crops of every picture', () => {
  const temporary = useTemporaryFolder()
  let opened: OpenedDoor
  let looked: string[] = []

  const findAttention: FindAttention = async ({ name }, shapes) => {
    looked.push(name)
    if (name === 'broken.jpg') throw new OperationError('source_corrupt', { title: 'JPEG' })
    return shapes.map(({ width, height }) => ({
      x: 0.125,
      y: 0.5,
      width: width / 2400,
      height: height / 2400,
    }))
  }
  const open = (home: string) =>
    openDoor(temporary.pathTo(home), {
      findAttention,
      attributes: { ...ATTRIBUTES, smartCrops: SMART_CROPS },
    })

  before(async () => {
    opened = await open('home')
    for (const name of ['shoe', 'hat', 'broken']) await add(opened, name, 'one')
    await opened.door.kept.addFile(COMPANY, 'film', {
      name: 'film.mp4',
      mediaType: 'video/mp4',
      body: streamOf('film'),
    })
    await opened.door.kept.describe(COMPANY, 'hat', {
      crops: [{ name: 'Large', x: 0, y: 0, width: 0.5, height: 1, forWidth: 10, forHeight: 20 }],
    })
  })
  beforeEach(() => {
    looked = []
  })
  after(() => opened.door.close?.())

  const get = async (path: string) => opened.app.request(`/is/image/${path}`)
  const cropOf = () => opened.renderer.jobs.at(-1)?.composition.layers[0].crop

  it('are looked for once, all of a picture together', async () => {
    assert.equal((await get('acme/shoe:Large?wid=5')).status, 200)
    assert.deepEqual(cropOf(), { in: 'parts', x: 0.125, y: 0.5, width: 0.5, height: 1 / 3 })
    assert.equal((await get('acme/shoe:Small?wid=5')).status, 200)
    assert.deepEqual(cropOf(), { in: 'parts', x: 0.125, y: 0.5, width: 0.125, height: 0.25 })
    assert.deepEqual(looked, ['shoe.jpg'])
  })

  it('are looked for in layers as well', async () => {
    await add(opened, 'scarf', 'wool')
    const url = 'acme/shoe?layer=1&src=acme/scarf:Small&layer=2&src=is{acme/scarf:Large}&wid=5'
    assert.equal((await get(url)).status, 200)
    assert.deepEqual(looked, ['scarf.jpg'])
  })

  it('give way to those that are kept with a picture', async () => {
    assert.equal((await get('acme/hat:Large?wid=5')).status, 200)
    assert.deepEqual(cropOf(), { in: 'parts', x: 0, y: 0, width: 0.5, height: 1 })
    assert.deepEqual(looked, [])
    const set = await (await get('acme/hat?req=set,json')).text()
    assert.match(set, /"SmartCropDef":"Large",[^}]*"SmartCropWidth":"10\.0"/)
    assert.match(set, /"SmartCropDef":"Small",[^}]*"SmartCropWidth":"300\.0"/)
  })

  it('are looked for anew in another picture of the name', async () => {
    await add(opened, 'coat', 'one')
    await get('acme/coat:Large?req=userdata')
    await add(opened, 'coat', 'two')
    const answer = await get('acme/coat:Large?req=userdata')
    assert.match(await answer.text(), /SmartCropRect=0\.125,0\.5,0\.5,0\.333\d+,1200,800/)
    assert.deepEqual(looked, ['coat.jpg', 'coat.jpg'])
  })

  it('are kept', async () => {
    const first = await open('kept')
    await add(first, 'shoe', 'one')
    await first.app.request('/is/image/acme/shoe:Large?req=exists')
    await first.door.close?.()
    const second = await open('kept')
    await second.app.request('/is/image/acme/shoe:Small?req=exists')
    assert.deepEqual(looked, ['shoe.jpg'])
    await second.door.close?.()
  })

  const absent = [
    'acme/shoe:Huge',
    'acme/shoe:large',
    'acme/shoe:',
    'acme/film:Large',
    'acme/none:Large',
  ]
  for (const name of absent) {
    it(`are none called ${name}`, async () => {
      assert.equal((await get(`${name}?wid=5`)).status, 404)
      assert.match(await (await get(`${name}?req=exists`)).text(), /exists=0/)
    })
  }

  it('have no file of their own', async () => {
    assert.equal((await opened.app.request('/is/content/acme/shoe:Large')).status, 404)
  })

  it('of a damaged picture are refused with a sentence', async () => {
    const answer = await get('acme/broken:Large?wid=5')
    assert.equal(answer.status, 403)
    assert.match(await answer.text(), /JPEG/)
    assert.deepEqual(opened.errors, [])
  })
})
