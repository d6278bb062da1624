import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import { greyProfile, textOf, writeProfile } from '../../support/icc-profiles.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { COMPANY, type OpenedDoor, openDoor, streamOf } from './open-door.ts'

/** As a client sends it that knows no profiles. */
const ANY = 'application/octet-stream'

describe('ICC profiles among the assets', () => {
  const temporary = useTemporaryFolder()
  let opened: OpenedDoor

  before(async () => {
    const folder = temporary.pathTo('mounted')
    await mkdir(`${folder}/press`, { recursive: true })
    const files: [name: string, bytes: Buffer | string][] = [
      ['shoe.jpg', 'a picture'],
      ['press/news.icc', greyProfile(2.2, 'Newspaper, grey')],
      ['wide.ICM', writeProfile({ tags: { desc: textOf('Wide gamut') } })],
      ['shoe.icc', writeProfile({ space: 'CMYK', deviceClass: 'prtr', tags: {} })],
      ['broken.icc', greyProfile(2.2).subarray(0, 200)],
      ['text.icc', 'no profile'],
    ]
    for (const [name, bytes] of files) await writeFile(`${folder}/${name}`, bytes)
    opened = await openDoor(temporary.pathTo('home'), { assetsFolder: folder })
    const body = streamOf(greyProfile(1.8, 'Sent'))
    await opened.door.inspection.add(
      COMPANY,
      { fileName: 'sent.icc', contentType: ANY, body, folder: '' },
      'refuse',
    )
  })

  after(() => opened.door.close?.())

  async function ask(query: string): Promise<{ status: number; text: string; etag: string }> {
    const answer = await opened.app.request(`/is/image/${COMPANY}/shoe?${query}`)
    const etag = answer.headers.get('etag') ?? ''
    return { status: answer.status, text: await answer.text(), etag }
  }

  it('are assets of their own type', async () => {
    const listed = await opened.door.inspection.list(COMPANY)
    assert.deepEqual(
      listed.filter(({ type }) => type === 'profile').map(({ name }) => name),
      ['broken', 'news', 'sent', 'shoe.icc', 'text', 'wide'],
    )
  })

  const found: [icc: string, name: string, pixelType: string][] = [
    ['news', 'news', 'gray'],
    ['news.icc', 'news', 'gray'],
    ['press/news.icc', 'news', 'gray'],
    ['acme/news', 'news', 'gray'],
    ['Wide Gamut', 'wide', 'rgb'],
    ['wide', 'wide', 'rgb'],
    ['wide.ICM', 'wide', 'rgb'],
    ['sent', 'sent', 'gray'],
    ['sent.icc', 'sent', 'gray'],
    ['Sent', 'sent', 'gray'],
    // What a picture is called, too.
    ['shoe', 'shoe.icc', 'cmyk'],
  ]
  for (const [index, [icc, name, pixelType]] of found.entries()) {
    it(`are found as icc=${icc}, and say the pixel type`, async () => {
      const query = `wid=${index + 10}&icc=${encodeURIComponent(icc)}`
      const { status, text } = await ask(query)
      assert.equal(status, 200, text)
      const encoding = opened.renderer.jobs.at(-1)?.encoding
      assert.deepEqual(
        [encoding?.profile?.name, encoding?.pixelType],
        [`${COMPANY}/${name}`, pixelType],
      )
      const { text: told } = await ask(`${query}&req=props`)
      assert.ok(told.includes(`image.iccProfile=${COMPANY}/${name}\n`), told)
    })
  }

  const refused: [query: string, sentence: RegExp][] = [
    ['icc=broken', /^icc=broken cannot be used: it is cut off\./],
    ['icc=text.icc', /^icc=text\.icc cannot be used: it is no ICC profile\./],
    ['icc=none', /^icc=none is no profile that is there: .*added as assets/],
    ['icc=news&fmt=jpeg,rgb', /^icc is a profile of gray, and fmt asks for rgb: both must be/],
    ['icc=news&fmt=webp', /^icc is a profile of gray, and fmt=webp has rgb only\./],
    ['icc=CMYK&fmt=png', /^icc is a profile of cmyk, and fmt=png has rgb and gray only\./],
  ]
  for (const [query, sentence] of refused) {
    it(`are refused for ${query}`, async () => {
      const { status, text } = await ask(query)
      assert.equal(status, 403)
      assert.match(text, sentence)
    })
  }

  it('make another picture when their file is another', async () => {
    const file = `${temporary.pathTo('mounted')}/changing.icc`
    await writeFile(file, greyProfile(1.8))
    const before = await ask('icc=changing')
    assert.equal((await ask('icc=changing')).etag, before.etag)
    await writeFile(file, greyProfile(2.2, 'Longer than it was'))
    assert.notEqual((await ask('icc=changing')).etag, before.etag)
    await writeFile(file, writeProfile({ tags: {} }))
    const { text } = await ask('icc=changing&fmt=jpeg,gray')
    assert.match(text, /^icc is a profile of rgb, and fmt asks for gray/)
  })

  const intents: [query: string, intent: string, blackPoint: boolean][] = [
    ['icc=news', 'perceptual', false],
    ['icc=news,absolute', 'absolute', false],
    ['icc=news,,1', 'perceptual', true],
  ]
  for (const [query, intent, blackPoint] of intents) {
    it(`are converted into as ${query} says`, async () => {
      await ask(`${query}&wid=9`)
      const profile = opened.renderer.jobs.at(-1)?.encoding?.profile
      assert.deepEqual([profile?.intent, profile?.blackPoint], [intent, blackPoint])
    })
  }

  it('are converted into as the attributes of the company say', async () => {
    const home = temporary.pathTo('told')
    const told = { IccRenderIntent: 3, IccBlackPointCompensation: 1 }
    await mkdir(home, { recursive: true })
    await writeFile(`${home}/scene7.json`, JSON.stringify({ [COMPANY]: told }))
    const { door, app, renderer } = await openDoor(home, {
      assetsFolder: temporary.pathTo('mounted'),
    })
    for (const query of ['icc=news', 'icc=news,relative,0']) {
      await app.request(`/is/image/${COMPANY}/shoe?${query}`)
    }
    assert.deepEqual(
      renderer.jobs.map(({ encoding }) => [
        encoding?.profile?.intent,
        encoding?.profile?.blackPoint,
      ]),
      [
        ['absolute', true],
        ['relative', false],
      ],
    )
    await door.close?.()
  })

  it('are never dithered into, nor scans counted, which resolve tells', async () => {
    const { text } = await ask('req=resolve&icc=news,,,1&fmt=pjpeg&pscan=4')
    assert.match(text, /^#ignored pscan=4: the number of scans is always that of auto$/m)
    assert.match(text, /^#ignored dither of icc: colours are never dithered$/m)
  })
})
