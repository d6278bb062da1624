import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { ATTRIBUTES } from '../../../src/doors/scene7/catalogue/attributes.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { COMPANY, type OpenedDoor, openDoor, streamOf } from './open-door.ts'

describe('attributes of companies', () => {
  const temporary = useTemporaryFolder()
  let opened: OpenedDoor
  let changes = 0

  const HOME = 'home'
  /** Written another way each time, since a file system may not tell two writes within a moment apart. */
  const write = (attributes: object, home = HOME) => {
    changes += 1
    const text = `${JSON.stringify(attributes)}${' '.repeat(changes)}`
    return writeFile(temporary.pathTo(`${home}/scene7.json`), text)
  }

  before(async () => {
    opened = await openDoor(temporary.pathTo(HOME))
    const { kept } = opened.door
    for (const company of [COMPANY, 'other']) {
      for (const name of ['shoe', 'nothing-here']) {
        await kept.addFile(company, name, {
          name: `${name}.jpg`,
          mediaType: 'image/jpeg',
          body: streamOf(name),
        })
      }
    }
    await kept.describe(COMPANY, 'on-error', {
      modifier: 'size=300,300&bgc=ffffff&text=$error.title$%20$error.message$',
    })
  })
  beforeEach(() => write({}))
  after(() => opened.door.close?.())

  const get = async (path: string) => opened.app.request(`/is/image/${path}`)
  const viewOf = async (path: string) => {
    const answer = await get(path)
    assert.equal(answer.status, 200, await answer.clone().text())
    return opened.renderer.jobs.at(-1)?.composition.view
  }

  const shown = () => {
    const content = opened.renderer.jobs.at(-1)?.composition.layers[0].content
    return JSON.stringify(content?.kind === 'text' ? content.text : content)
  }

  it('hold for one company, or with default for all', async () => {
    await write({ default: { DefaultPix: '300,200' }, other: { DefaultPix: '20,10' } })
    assert.deepEqual((await viewOf('acme/shoe'))?.within?.byDefault, { width: 300, height: 200 })
    assert.deepEqual((await viewOf('other/shoe'))?.within?.byDefault, { width: 20, height: 10 })
  })

  it('are told by req=catalogprops', async () => {
    await write({
      acme: {
        MaxPix: '3000,2000',
        DefaultThumbPix: '64,48',
        JpegQuality: '91,1',
        BkgColor: 'ff0000',
        ResMode: 'bicub',
        Expiration: 10,
        DefaultExpiration: 1,
        NonImgExpiration: 0.1,
      },
    })
    const answer = await get('acme?req=catalogprops')
    assert.equal(answer.headers.get('cache-control'), 'public, max-age=360')
    const lines = (await answer.text()).split('\n')
    for (const line of [
      'catalog.maxPix=3000,2000',
      'catalog.defaultThumbPix=64,48',
      'catalog.jpegQuality=91,1',
      'catalog.bkgColor=ff0000',
      'catalog.resMode=bicub',
      'catalog.expiration=10',
      'catalog.defaultExpiration=1',
      'catalog.nonImgExpiration=0.1',
    ]) {
      assert.ok(lines.includes(line), line)
    }
  })

  it('hold where a request says nothing', async () => {
    await write({ acme: { JpegQuality: '91,1', BkgColor: '10,20,30', ResMode: 'bicub' } })
    const view = await viewOf('acme/shoe?wid=11')
    assert.equal(view?.resampling, 'bicub')
    assert.deepEqual(view?.background, { red: 10, green: 20, blue: 30, alpha: 255 })
    assert.equal(opened.renderer.jobs.at(-1)?.encoding?.quality, 91)
    await viewOf('acme/shoe?wid=11&qlt=50')
    assert.equal(opened.renderer.jobs.at(-1)?.encoding?.quality, 50)
    await write({ acme: { DefaultThumbPix: '64,48' } })
    assert.equal((await viewOf('acme/shoe?req=tmb'))?.height, 48)
  })

  const kept: [hours: number, cacheControl: string][] = [
    [0, 'public, no-cache'],
    [10, 'public, max-age=36000'],
    [-1, 'public, max-age=31536000'],
  ]
  for (const [hours, cacheControl] of kept) {
    it(`let a picture be kept for ${hours} hours as ${cacheControl}`, async () => {
      await write({ acme: { Expiration: hours } })
      assert.equal((await get('acme/shoe?wid=12')).headers.get('cache-control'), cacheControl)
      const file = await opened.app.request('/is/content/acme/shoe')
      assert.equal(file.headers.get('cache-control'), cacheControl)
      const off = await get('acme/shoe?wid=12&cache=off')
      assert.equal(off.headers.get('cache-control'), 'no-store')
    })
  }

  it('show a default image, which is kept for a time of its own', async () => {
    await write({ acme: { DefaultImage: 'shoe', DefaultExpiration: 1, Expiration: 10 } })
    const answer = await get('acme/none?wid=13')
    assert.equal(answer.status, 200)
    assert.equal(answer.headers.get('cache-control'), 'public, max-age=3600')
    assert.deepEqual(Object.keys(opened.renderer.jobs.at(-1)?.files ?? {}), ['acme/shoe'])
    assert.equal((await get('acme/none?wid=13&defaultImage=')).status, 404)
  })

  it('show a default image in place of a layer in mode 1', async () => {
    await write({ acme: { DefaultImage: 'shoe', DefaultImageMode: 1 } })
    assert.equal((await get('acme/nothing-here?wid=14&layer=1&src=none')).status, 200)
    const { files, composition } = opened.renderer.jobs.at(-1) ?? {}
    assert.deepEqual(Object.keys(files ?? {}), ['acme/nothing-here', 'acme/shoe'])
    assert.equal(composition?.layers.length, 2)
  })

  describe('show an error image', () => {
    it('with what is wrong, as a template has it', async () => {
      await write({ acme: { ErrorImage: 'on-error' } })
      const answer = await get('acme/none?wid=15')
      assert.equal(answer.status, 200)
      assert.equal(answer.headers.get('content-type'), 'image/jpeg')
      assert.equal(answer.headers.get('cache-control'), 'no-store')
      assert.equal(answer.headers.get('etag'), null)
      assert.match(
        shown(),
        /What was asked for is not there\. There is no asset called acme\/none\./,
      )
      assert.equal((await get('acme/shoe?wid=wide')).status, 200)
      assert.match(shown(), /wid=wide/)
    })

    it('with as much of it as ErrorDetail lets it, and no more than a sentence', async () => {
      for (const [detail, expected] of [
        [0, /not there\. What was asked for is not there\./],
        [3, /not there\. There is no asset called acme\/none3\."/],
      ] as const) {
        await write({ acme: { ErrorImage: 'on-error', ErrorDetail: detail } })
        // Equal sentences are equal pictures, which are made once.
        await get(`acme/none${detail}?wid=15`)
        assert.match(shown(), expected)
      }
    })

    const others: [what: string, attributes: object, path: string, status: number][] = [
      ['for what is no picture', { ErrorImage: 'on-error' }, 'acme/none?req=imageprops', 404],
      ['where it is not there itself', { ErrorImage: 'none' }, 'acme/none?wid=15', 404],
      ['where it cannot be made', { ErrorImage: 'empty' }, 'acme/shoe?wid=wide', 403],
      ['where it is empty', { ErrorImage: '' }, 'acme/none?wid=15', 404],
    ]
    for (const [what, attributes, path, status] of others) {
      it(`but not ${what}`, async () => {
        await opened.door.kept.describe(COMPANY, 'empty', { modifier: 'wid=5' })
        await write({ default: { ErrorImage: 'on-error' }, acme: attributes })
        const answer = await get(path)
        assert.equal(answer.status, status)
        assert.match(answer.headers.get('content-type') ?? '', /^text\/plain/)
      })
    }
  })

  it('go on as they were when a change of theirs is wrong, which is logged', async () => {
    await write({ acme: { DefaultPix: '7,7' } })
    await viewOf('acme/shoe')
    await write({ acme: { DefaultPix: 'wide' } })
    assert.deepEqual((await viewOf('acme/shoe'))?.within?.byDefault, { width: 7, height: 7 })
    assert.match(
      opened.messages.at(-1) ?? '',
      /scene7\.json: acme\.DefaultPix must be a size such as/,
    )
  })

  const wrong: [attributes: unknown, sentence: RegExp][] = [
    [[], /scene7\.json must be an object of attributes by the names of companies/],
    [{ acme: { MaxPicks: '1,1' } }, /acme has an unknown field "MaxPicks"/],
    [{ acme: { MaxPix: '5000' } }, /acme\.MaxPix must be a size such as "5000,5000"/],
    [{ acme: { DefaultThumbPix: '0,5' } }, /acme\.DefaultThumbPix must be a size/],
    [{ acme: { JpegQuality: '0' } }, /acme\.JpegQuality must be a value of qlt/],
    [{ acme: { BkgColor: 'reddish' } }, /acme\.BkgColor must be a colour/],
    [{ acme: { ResMode: 'best' } }, /acme\.ResMode must be one of bilin, bicub, sharp2, bisharp/],
    [{ acme: { ErrorDetail: 4 } }, /acme\.ErrorDetail must be 0, 1, 2 or 3/],
    [{ acme: { DefaultImageMode: 2 } }, /acme\.DefaultImageMode must be 0 or 1/],
    [{ acme: { Expiration: -2 } }, /acme\.Expiration must be a number of hours/],
    [{ acme: { SmartCrops: { Large: '1200' } } }, /acme\.SmartCrops\.Large must be a size/],
    [{ acme: { SmartCrops: { 'a:b': '1,1' } } }, /acme\.SmartCrops/],
  ]
  for (const [index, [attributes, message]] of wrong.entries()) {
    it(`are refused at the start as ${JSON.stringify(attributes)}`, async () => {
      const home = `wrong${index}`
      await mkdir(temporary.pathTo(home))
      await writeFile(temporary.pathTo(`${home}/scene7.json`), JSON.stringify(attributes))
      await assert.rejects(openDoor(temporary.pathTo(home)), message)
    })
  }

  it('have crops by default as the pages about image profiles', () => {
    assert.deepEqual(
      ATTRIBUTES.smartCrops.map(({ name, width, height }) => `${name},${width},${height}`),
      ['Large,1200,800', 'Medium,900,600', 'Small,300,600'],
    )
  })
})
