import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import sharp from 'sharp'
import { type Scene7Operations, transform } from 'unpic/providers/scene7'
import * as z from 'zod/mini'
import { ATTRIBUTES } from '../../../src/doors/scene7/catalogue/attributes.ts'
import { createPosters } from '../../../src/image-pool/posters.ts'
import {
  createRenderProcesses,
  type RenderProcesses,
} from '../../../src/image-pool/render-processes.ts'
import { draw, FFMPEG, film } from '../../engine/video/video-fixture.ts'
import { halfBlue, pdfOf } from '../../support/pdf.ts'
import { pixelAt, QUARTER_COLOURS, quarters } from '../../support/pictures.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { skipWithout } from '../../support/tools.ts'
import { type OpenedDoor, openDoor } from './open-door.ts'

const HOST = 'https://s7d1.scene7.com'

/** With processes that make the pictures, as it is in the service. */
describe('clients of Image Serving', function () {
  this.timeout(120_000)
  const temporary = useTemporaryFolder()
  let processes: RenderProcesses
  let posters: ReturnType<typeof createPosters>
  let opened: OpenedDoor

  before(async () => {
    const folder = temporary.pathTo('assets')
    await mkdir(folder)
    await quarters(1200, 800).jpeg({ quality: 100 }).toFile(`${folder}/shoe.jpg`)
    await writeFile(`${folder}/report.pdf`, await pdfOf([halfBlue, halfBlue]))
    if (FFMPEG !== undefined) draw(...film('320x240'), `${folder}/film.mp4`)
    posters = createPosters(temporary.pathTo('posters'), {
      ffmpeg: FFMPEG ?? '',
      soffice: '',
      bwrap: '',
    })
    processes = createRenderProcesses({
      folder: temporary.pathTo('work'),
      maxPixels: 10_000_000,
      environment: process.env,
      processes: 1,
    })
    opened = await openDoor(temporary.pathTo('home'), {
      assetsFolder: folder,
      renderer: processes,
      posters,
      findAttention: processes.findAttention,
      attributes: ATTRIBUTES,
    })
  })
  after(async () => {
    await opened.door.close?.()
    await processes.close?.()
    await posters.close?.()
  })

  const get = async (url: string) => {
    const answer = await opened.app.request(url)
    assert.equal(answer.status, 200, `${url}: ${await answer.clone().text()}`)
    return answer
  }
  const pictureOf = async (url: string) => {
    const bytes = Buffer.from(await (await get(url)).arrayBuffer())
    const { format, width, height } = await sharp(bytes).metadata()
    return { bytes, shown: `${format} ${width} × ${height}` }
  }

  describe('unpic', () => {
    const operations: [operations: Scene7Operations, shown: string][] = [
      [{ width: 300 }, 'jpeg 300 × 200'],
      [{ height: 200 }, 'jpeg 300 × 200'],
      [{ width: 200, height: 200 }, 'jpeg 200 × 200'],
      [{ width: 300, format: 'webp', quality: 60 }, 'webp 300 × 200'],
      [{ width: 120, height: 60, format: 'png' }, 'png 120 × 60'],
      // It asks for fit=crop,0, which enlarges no picture: there is background around it.
      [{ width: 1260 }, 'jpeg 1260 × 840'],
    ]
    for (const [asked, shown] of operations) {
      it(`has ${shown} for ${JSON.stringify(asked)}`, async () => {
        const url = transform(`${HOST}/is/image/acme/shoe`, asked)
        assert.ok(url?.startsWith(`${HOST}/is/image/acme/shoe?`), url)
        assert.equal((await pictureOf(url)).shown, shown)
      })
    }
  })

  describe('the image component of AEM', () => {
    /** The address that AEM writes into a page; a script there replaces what is in braces. */
    const TEMPLATE = `${HOST}/is/image/acme/shoe{.width}?ts=1700000000000&dpr=off`

    const setSchema = z.object({
      set: z.object({
        relation: z.array(
          z.object({
            userdata: z.object({ SmartCropWidth: z.string(), SmartCropDef: z.string() }),
          }),
        ),
      }),
    })

    /** The smart crops by their widths, as the script finds them. */
    async function findCrops(): Promise<[width: number, suffix: string][]> {
      const [object = ''] = TEMPLATE.split('{.width}')
      const text = await (await get(`${object}?req=set,json`)).text()
      const call = /^(?:\/\*jsonp\*\/)?\s*([^()]+)\(([\s\S]+),\s*"[0-9]*"\);?$/im.exec(text)
      const payload = call?.[2] ?? ''
      assert.match(payload, /^{[\s\S]*}$/im)
      const { relation } = setSchema.parse(JSON.parse(payload)).set
      return relation.map(({ userdata }) => [
        Number.parseInt(userdata.SmartCropWidth, 10),
        `:${userdata.SmartCropDef}`,
      ])
    }

    it('finds the smart crops of a picture, and has each in its shape', async () => {
      const crops = await findCrops()
      assert.deepEqual(crops, [
        [1200, ':Large'],
        [900, ':Medium'],
        [300, ':Small'],
      ])
      const shown = await Promise.all(
        crops.map(async ([width, suffix]) => {
          const url = TEMPLATE.replace('{.width}', suffix).replace('dpr=off', 'dpr=on,1')
          return (await pictureOf(`${url}&wid=${width}`)).shown
        }),
      )
      assert.deepEqual(shown, ['jpeg 1200 × 800', 'jpeg 900 × 600', 'jpeg 300 × 600'])
    })

    const ratios: [ratio: string, shown: string][] = [
      ['dpr=off', 'jpeg 200 × 133'],
      ['dpr=on,1', 'jpeg 200 × 133'],
      ['dpr=on,2', 'jpeg 400 × 266'],
      ['dpr=on,1.5', 'jpeg 300 × 200'],
    ]
    for (const [ratio, shown] of ratios) {
      it(`has ${shown} for a screen with ${ratio}`, async () => {
        const url = TEMPLATE.replace('{.width}', '').replace('dpr=off', `wid=200&${ratio}`)
        assert.equal((await pictureOf(url)).shown, shown)
      })
    }

    it('shows the pixels of the file', async () => {
      const { bytes } = await pictureOf(`${HOST}/is/image/acme/shoe?wid=60&fmt=png`)
      const near = (await pixelAt(bytes, 5, 5)).map((value, at) =>
        Math.abs(value - (QUARTER_COLOURS.topLeft[at] ?? 0)),
      )
      assert.ok(Math.max(...near) < 8, String(near))
    })
  })

  describe('files that are no pictures', () => {
    it('are seen as their first page', async () => {
      const { bytes, shown } = await pictureOf(`${HOST}/is/image/acme/report?wid=200&fmt=png`)
      assert.equal(shown, 'png 200 × 100')
      assert.deepEqual((await pixelAt(bytes, 5, 50)).slice(0, 3), [0, 0, 255])
      assert.deepEqual((await pixelAt(bytes, 195, 50)).slice(0, 3), [255, 255, 255])
    })

    it('are seen as a picture of the video', async function () {
      skipWithout(this, 'FFmpeg')
      assert.equal((await pictureOf(`${HOST}/is/image/acme/film?wid=160`)).shown, 'jpeg 160 × 120')
      const text = await (await get(`${HOST}/is/image/acme/film?req=set,json`)).text()
      assert.match(text, /"type":"video",.*"dx":"320","dy":"240"/)
    })
  })

  describe('other questions', () => {
    const told: [query: string, line: string][] = [
      ['req=exists,json', '"catalogRecord.exists":"1"'],
      ['req=props,json&wid=300', '"image.width":"300"'],
      ['req=imageprops,json', '"image.width":"1200"'],
      ['req=set,json', '"dx":"1200","dy":"800"'],
    ]
    for (const [query, line] of told) {
      it(`are answered: ${query}`, async () => {
        const text = await (await get(`${HOST}/is/image/acme/shoe?${query}`)).text()
        assert.ok(text.includes(line), text)
      })
    }
  })
})
