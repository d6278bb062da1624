import assert from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createServer as createTcpServer, type Socket, type Server as TcpServer } from 'node:net'
import path from 'node:path'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { historySchema } from '../../src/doors/page/api.ts'
import { amountOf, itThoroughly } from '../support/amounts.ts'
import { findBarriers, useBrowser } from './browser.ts'
import { compose } from './compose.ts'
import { openDeveloperPage } from './developer-page.ts'
import { drawPhoto } from './photo.ts'
import { pick } from './pick.ts'
import { useProjectCopy } from './project-copy.ts'
import { type ServiceProcess, startServiceProcess, useHome } from './service-process.ts'

const FOUR = [
  { name: 'small.png', fmt: 'png', width: 48 },
  { name: 'large.jpg', fmt: 'jpg', width: 320, quality: 80 },
  { name: 'text.txt', fmt: 'txt' },
  { name: 'metadata.xml', fmt: 'xmp' },
]

/** Lets go of a file over the page, as if it came from a folder. */
async function drop(page: Page, name: string, bytes: Buffer): Promise<void> {
  const files = await page.evaluateHandle(
    `(() => {
      const bytes = Uint8Array.fromBase64(${JSON.stringify(bytes.toString('base64'))})
      const files = new DataTransfer()
      files.items.add(new File([bytes], ${JSON.stringify(name)}))
      return files
    })()`,
  )
  for (const type of ['dragenter', 'dragover', 'drop']) {
    await page.dispatchEvent('main', type, { dataTransfer: files })
  }
  await page.getByRole('list', { name: 'Chosen sources' }).getByText(name).waitFor()
}

/** Runs what is composed and waits for the end of it. */
async function run(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await page.getByText(/^The run has ended: /).waitFor({ state: 'attached' })
}

/** Has a server listen on this machine, and tells its port. */
async function portOf(server: TcpServer): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  assert.ok(typeof address === 'object' && address !== null)
  return address.port
}

/**
 * Waits until the picture that is looked at and the source beside it are placed so. Both are measured at one moment: the page
 * places them once more when it knows how much room there is.
 */
async function placed(page: Page, condition: string): Promise<void> {
  await page.waitForFunction(`(() => {
    const placeOf = (name) =>
      document.querySelector('.zoom-stage img[alt="' + name + '"]').getBoundingClientRect()
    const source = placeOf('harbour.jpg (source)')
    const picture = placeOf('large.jpg')
    return ${condition}
  })()`)
}

const card = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name })

/** The id of the newest request for a source. */
async function idOf(page: Page, source: string): Promise<string> {
  const answer = await page.request.get('/devtool/api/requests')
  const { requests } = historySchema.parse(await answer.json())
  return requests.find((request) => request.source?.name === source)?.id ?? ''
}

describe('the developer page', function () {
  this.timeout(300_000)
  const project = useProjectCopy(
    'test/asset-compute/archive/of-urls',
    'test/asset-compute/circle',
    'test/asset-compute/metadata/written-into-psd',
    'docs',
    'samples',
  )
  const home = useHome()
  const browser = useBrowser()
  let service: ServiceProcess | undefined

  const running = (): ServiceProcess => service ?? assert.fail('the service is there')
  const origin = (): string => running().origin

  async function start(port = 0): Promise<void> {
    service = await startServiceProcess({
      home,
      port,
      command: [
        process.execPath,
        path.join(project(), 'bin/darkroom.cjs'),
        'start',
        '--project',
        project(),
      ],
    })
  }

  async function stop(): Promise<void> {
    service?.child.kill('SIGTERM')
    assert.equal(await service?.exited, 0)
  }

  before(() => start())
  after(stop)

  it('says which service it is, and runs a sample at once where nothing was run yet', async () => {
    const page = await browser.open(running())
    await page.getByText('Ready', { exact: true }).waitFor()
    await page.getByText(/^v\d+\.\d+\.\d+/).waitFor()
    await page.getByRole('button', { name: 'Run the sample harbour.jpg' }).click()
    const end = page.getByText(/^The run has ended: 6 created/)
    // Nothing is warm yet.
    await end.waitFor({ state: 'attached', timeout: 200_000 })

    await page.getByRole('link', { name: 'cq5dam.web.1280.1280.jpeg', exact: true }).click()
    await page.getByRole('heading', { name: 'cq5dam.web.1280.1280.jpeg' }).waitFor()
    const way = page.getByRole('navigation', { name: 'Where you are' })
    assert.deepEqual(await way.getByRole('listitem').allInnerTexts(), [
      'Run',
      'harbour.jpg',
      'cq5dam.web.1280.1280.jpeg',
    ])
    const tabs = page.getByRole('navigation', { name: 'Views' })
    assert.equal(await tabs.locator('[aria-current]').innerText(), 'Run')
    await tabs.getByRole('link', { name: 'Docs' }).click()
    await page.getByRole('heading', { name: 'Write a worker of your own' }).waitFor()
    assert.deepEqual(await findBarriers(page), [])
  })

  it('makes four renditions of a picture that is dropped', async () => {
    const page = await browser.open(running())
    await drop(page, 'photo.jpg', Buffer.from(await drawPhoto(1200, 800)))
    await compose(page, FOUR)
    await run(page)
    for (const { name } of FOUR) {
      await card(page, name).getByText('Created', { exact: true }).waitFor()
    }
    await card(page, 'small.png').getByText('48 × 32').waitFor()
    await card(page, 'large.jpg').getByText('320 × 213').waitFor()
  })

  it('shows a picture pixel for pixel and beside its source', async () => {
    const page = await browser.open(running())
    await page.getByRole('button', { name: 'Add the sample harbour.jpg' }).click()
    await compose(page, FOUR)
    await run(page)
    const { promise: held, resolve: release } = Promise.withResolvers<void>()
    await page.route('**/*', async (route) => {
      if (route.request().resourceType() === 'image') await held
      await route.continue()
    })
    await page.getByRole('link', { name: 'large.jpg', exact: true }).click()
    await page.getByRole('heading', { name: 'large.jpg' }).waitFor()
    const picture = page.getByRole('img', { name: 'large.jpg' })
    const zoomIn = page.getByRole('button', { name: 'Zoom in' })
    assert.ok(await zoomIn.isDisabled(), 'nothing can be enlarged that is not there yet')
    release()
    await zoomIn.click()
    assert.equal((await picture.boundingBox())?.width, 480)
    await page.getByRole('button', { name: /^1:1/ }).click()
    assert.equal((await picture.boundingBox())?.width, 320)
    await pick(page, 'Compare with', 'harbour.jpg (source)')
    const slider = page.getByRole('slider')
    await slider.focus()
    const before = await slider.inputValue()
    await page.keyboard.press('ArrowRight')
    assert.notEqual(await slider.inputValue(), before)
    await page.getByRole('radio', { name: 'Side by side' }).check()
    await placed(
      page,
      'source.right <= picture.left && source.width === picture.width && source.top === picture.top',
    )
    await page.getByRole('radio', { name: 'Difference' }).check()
    await placed(
      page,
      "['left', 'top', 'right', 'bottom'].every((side) => source[side] === picture[side])",
    )
    assert.equal(await slider.count(), 0)
  })

  it('says why a rendition failed, and which line of the log tells it', async () => {
    const page = await browser.open(running())
    const truncated = Buffer.from(await drawPhoto(600, 400)).subarray(0, 2000)
    await drop(page, 'truncated.jpg', truncated)
    await compose(page, [{ name: 'broken.png', fmt: 'png' }])
    await run(page)
    await card(page, 'broken.png').getByText('SourceCorrupt').waitFor()
    await page.getByRole('link', { name: 'broken.png', exact: true }).click()
    await page.getByText('It failed: SourceCorrupt').waitFor()
    await page.getByText('The source is damaged').waitFor()

    const log = page.getByRole('region', { name: 'Log of worker' })
    await log.getByText('This line tells why.').waitFor()
    assert.equal(await log.getByText('source downloaded').count(), 0, "not the worker's own")
    await page.getByRole('radio', { name: 'All lines' }).check()
    await log.getByText('source downloaded').waitFor()
    await page.getByRole('searchbox', { name: 'Search the log' }).fill('DOWNLOADED')
    await page.getByText('1 line found').waitFor()
    await page.getByRole('button', { name: 'Copy', exact: true }).click()
    await page.getByText('The line is copied.').waitFor()
    const copied = String(await page.evaluate('navigator.clipboard.readText()'))
    assert.match(copied, /^\S+Z stdout: source downloaded in .* seconds$/)
  })

  it('has the results in sight however long the sources and renditions are', async () => {
    const page = await browser.open(running())
    await drop(page, `${'long'.repeat(49)}.jpg`, Buffer.from(await drawPhoto(60, 40)))
    await page.getByRole('button', { name: 'Add a rendition' }).click()
    await page.getByRole('textbox', { name: 'name' }).last().fill('last.png')
    await run(page)
    for (const shown of [
      page.getByRole('heading', { name: 'Latest run' }),
      page.getByRole('textbox', { name: 'name' }).last(),
      page.getByRole('button', { name: 'Run', exact: true }),
    ]) {
      const { y = -1, height = 0 } = (await shown.boundingBox()) ?? {}
      assert.ok(y >= 0 && y + height <= 800, `${await shown.innerText()} is at ${y}`)
    }
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 1280)
  })

  itThoroughly('leads back to where one was', async () => {
    const page = await browser.open(running())
    await page.getByRole('button', { name: 'Add the sample logo.png' }).click()
    await compose(
      page,
      Array.from({ length: 12 }, (_, width) => ({ name: `${width}.png`, fmt: 'png', width: 9 })),
    )
    await run(page)
    const link = page.getByRole('link', { name: '11.png', exact: true })
    await link.scrollIntoViewIfNeeded()
    const place = Number(await page.evaluate('scrollY'))
    assert.ok(place > 0)
    await link.click()
    await page.getByRole('heading', { name: '11.png' }).waitFor()
    assert.equal(await page.evaluate('scrollY'), 0)
    await page.goBack()
    await page.locator('main a:focus').getByText('11.png').waitFor()
    assert.equal(await page.evaluate('scrollY'), place)
  })

  itThoroughly('keeps folded what is folded while a request goes on', async () => {
    // The worker waits for its watermark until the connection is closed.
    const connections: Socket[] = []
    const slow = createTcpServer((connection) =>
      connections.push(connection.on('error', () => undefined)),
    )
    const image = `https://localhost:${await portOf(slow)}/a.png`
    const page = await browser.open(running())
    await page.getByRole('button', { name: 'Add the sample logo.png' }).click()
    await compose(page, [
      { name: 'quick.png', fmt: 'png', width: 9 },
      { name: 'slow.png', fmt: 'png', width: 9, watermark: { image } },
    ])
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await page.getByRole('link', { name: 'quick.png', exact: true }).click()
    await page.getByRole('heading', { name: 'quick.png' }).waitFor()
    const renditions = page.locator('details').filter({ hasText: '"renditions"' }).last()
    await renditions.locator('summary').first().click()
    await page.getByText('"quick.png"').waitFor({ state: 'detached' })
    slow.close()
    for (const connection of connections) connection.destroy()
    await page.getByText('The run has ended: 1 created, 1 failed.').waitFor({ state: 'attached' })
    assert.equal(await page.getByText('"quick.png"').count(), 0)
  })

  it('refuses instructions before they are sent, in the words of the service', async () => {
    const page = await browser.open(running())
    await compose(page, [{ name: 'a.jpg', fmt: 'jpg', quality: 500 }])
    await page
      .getByText('quality must be a whole number, 1 to 100, but it is 500.')
      .first()
      .waitFor()
  })

  it('saves a rendition as a test case, which passes', async () => {
    const page = await browser.open(running())
    await page.getByRole('button', { name: 'Add the sample portrait.jpg' }).click()
    await compose(page, [{ name: 'face.png', fmt: 'png', width: 100 }])
    await run(page)
    await page.getByRole('link', { name: 'face.png', exact: true }).click()
    await page.getByRole('button', { name: 'Save as test case…' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('face')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await page.getByRole('link', { name: 'Look at the test case' }).waitFor()
    const folder = path.join(project(), 'test/asset-compute/worker/face')
    assert.deepEqual(JSON.parse(readFileSync(path.join(folder, 'params.json'), 'utf8')), {
      fmt: 'png',
      width: 100,
    })
    assert.ok(existsSync(path.join(folder, 'file.jpg')))
    const { width } = await sharp(path.join(folder, 'rendition.png')).metadata()
    assert.equal(width, 100)

    await page.goto('/#/cases/worker/face')
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await page.getByRole('status').getByText('Passed', { exact: true }).waitFor()
  })

  it('shows how a case differs from what is expected, and accepts what was made', async () => {
    const expected = path.join(project(), 'test/asset-compute/circle/of-a-photo/rendition.png')
    const other = await sharp(expected).negate({ alpha: false }).png().toBuffer()
    writeFileSync(expected, other)
    const page = await browser.open(running())
    await page.goto('/#/cases/circle/of-a-photo')
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    await page.getByRole('status').getByText('Failed', { exact: true }).waitFor()
    for (const shown of ['Source', 'Expected', 'Actual', 'Difference']) {
      await page.getByRole('img', { name: `${shown} of circle/of-a-photo` }).waitFor()
    }
    await page.getByRole('button', { name: 'Accept the new rendition' }).click()
    await page.getByRole('button', { name: 'Replace' }).click()
    await page.getByRole('status').getByText('Passed', { exact: true }).waitFor()
    assert.notDeepEqual(readFileSync(expected), other)
  })

  itThoroughly('shows what the service draws of a case, and what is in its archives', async () => {
    const page = await browser.open(running())
    await page.goto('/#/cases/metadata/written-into-psd')
    const expected = page.getByRole('img', { name: 'Expected of metadata/written-into-psd' })
    await expected.waitFor()
    const { width } = (await expected.boundingBox()) ?? {}
    assert.equal(width, 48)
    await page.goto('/#/cases/archive/of-urls')
    await page.getByRole('rowheader', { name: 'photo.jpg' }).waitFor()
  })

  itThoroughly(
    'keeps its history when the page is loaded anew, and when the service is started anew',
    async () => {
      const page = await browser.open(running())
      await page.getByRole('link', { name: 'History' }).click()
      const requests = page.getByRole('list', { name: 'Runs, newest first' })
      await requests.getByText('photo.jpg').first().waitFor()
      await page.reload()
      await requests.getByText('photo.jpg').first().waitFor()
      const port = Number(new URL(origin()).port)
      await page.goto('about:blank')
      await stop()
      await start(port)
      browser.expectRefused(origin())
      await page.goto('/#/history')
      await page.getByText('opened with the address that npm start prints').waitFor()
      await openDeveloperPage(page, home)
      await page.goto('/#/history')
      await requests.getByText('photo.jpg').first().waitFor()
    },
  )

  it('tells what the actions may do and what they do', async () => {
    const page = await browser.open(running())
    await page.getByRole('link', { name: 'Actions' }).click()
    const row = page.getByRole('row').filter({ hasText: 'worker' }).first()
    await row.getByText('2,048 MB').first().waitFor()
    await row.getByRole('meter').first().waitFor()
    await page.getByText(/The storage has .* of 50 GB/).waitFor()
  })

  it('takes files into the catalogue, and shows them as pictures', async () => {
    const page = await browser.open(running())
    await page.getByRole('link', { name: 'Images' }).click()
    await page.getByText('There are no pictures yet.').waitFor()
    const choosing = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'choose files…' }).click()
    const buffer = Buffer.from(await drawPhoto(120, 80))
    await (await choosing).setFiles([{ name: 'shoe.jpg', mimeType: 'image/jpeg', buffer }])
    const shoe = page.getByRole('list', { name: 'Assets' }).getByRole('listitem')
    await shoe.getByRole('link', { name: 'shoe' }).waitFor()
    const picture = 'document.querySelector(".assets img")'
    assert.equal(
      await page.evaluate(`${picture}.decode().then(() => ${picture}.naturalWidth)`),
      120,
    )
  })

  /** The views, each with what is in sight once it is there, and what is opened in it, one after the other. */
  const VIEWS: readonly {
    view: string
    complete: string
    opened?: readonly ((page: Page) => Promise<unknown>)[]
  }[] = [
    {
      view: '#/',
      complete: 'text=cq5dam.web.1280.1280.jpeg',
      opened: [
        (page) => page.getByRole('tab', { name: 'JSON' }).click(),
        (page) => page.getByRole('textbox', { name: 'Renditions as JSON' }).fill('[{"fmt":1}]'),
      ],
    },
    { view: '#/history', complete: 'text=photo.jpg' },
    { view: '#/requests/PICTURE', complete: 'h1' },
    {
      view: '#/requests/PICTURE/1',
      complete: 'zoom-picture img',
      opened: [
        (page) => pick(page, 'Compare with', /source/),
        (page) => page.getByRole('radio', { name: 'Side by side' }).check(),
        ...['Event', 'Logs', 'Timings'].map(
          (name) => (page: Page) => page.getByRole('tab', { name }).click(),
        ),
        (page) => page.getByRole('button', { name: 'curl' }).click(),
        async (page) => {
          await page.keyboard.press('Escape')
          await page.getByRole('button', { name: 'Save as test case…' }).click()
        },
      ],
    },
    { view: '#/requests/PICTURE/2', complete: 'file-text' },
    { view: '#/requests/PICTURE/3', complete: 'file-text details' },
    { view: '#/requests/BROKEN/0', complete: 'text=It failed: SourceCorrupt' },
    { view: '#/cases', complete: 'text=of-a-photo' },
    { view: '#/cases/circle/of-a-photo', complete: 'h1' },
    { view: '#/actions', complete: 'meter' },
    { view: '#/images', complete: 'thumb-picture img' },
    {
      view: '#/images/asset/darkroom/shoe',
      complete: 'text=120 × 80 pixels',
      opened: [(page) => page.getByRole('button', { name: 'Add a crop' }).click()],
    },
  ]

  // What is seen at a width does not depend on the colours.
  const looks: (readonly ['dark' | 'light', number])[] = [
    ['dark', 360],
    ['light', 1280],
  ]
  for (const [colorScheme, width] of amountOf({ thoroughly: looks, usually: looks.slice(0, 1) })) {
    it(`is barrier-free in ${colorScheme}, and not wider than ${width} px`, async () => {
      const viewport = { width, height: 800 }
      const page = await browser.open(running(), { colorScheme, viewport })
      const ids = {
        PICTURE: await idOf(page, 'photo.jpg'),
        BROKEN: await idOf(page, 'truncated.jpg'),
      }
      for (const { view, complete, opened = [] } of VIEWS) {
        await page.goto(`/${view.replace('PICTURE', ids.PICTURE).replace('BROKEN', ids.BROKEN)}`)
        await page.locator(complete).first().waitFor({ state: 'attached' })
        for (const [step, open] of [async () => undefined, ...opened].entries()) {
          await open(page)
          assert.deepEqual(await findBarriers(page), [], `${view}, step ${step}`)
          const widest = Number(await page.evaluate('document.documentElement.scrollWidth'))
          assert.ok(widest <= width, `${view}, step ${step}, is ${widest} px wide`)
        }
        await page.keyboard.press('Escape')
      }
    })
  }

  it('lets go of who signs out, and of what the window remembers', async () => {
    const page = await browser.open(running())
    await page.evaluate("sessionStorage.setItem('darkroom', 'work')")
    browser.expectRefused('/')
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByText('opened with the address that npm start prints').waitFor()
    assert.equal(await page.evaluate('sessionStorage.length'), 0)
    assert.equal((await page.request.get('/devtool/api/samples')).status(), 401)
  })

  it('does nothing for a page of another origin', async () => {
    const stranger = createServer((_, response) => {
      response.setHeader('content-type', 'text/html')
      response.end('<!doctype html><title>stranger</title>')
    })
    const port = await portOf(stranger)
    const page = await browser.open(running())
    const count = async (): Promise<number> => {
      const answer = await page.request.get(`${origin()}/devtool/api/requests`)
      return (await answer.json()).requests.length
    }
    const before = await count()
    const theirs = await page.context().newPage()
    await theirs.goto(`http://localhost:${port}/`)
    const attempt = `(async () => {
      const tried = []
      const body = JSON.stringify({ sources: [], renditions: [{ fmt: 'png' }] })
      const url = ${JSON.stringify(`${origin()}/devtool/api/requests`)}
      for (const init of [{}, { method: 'POST', body }, { method: 'POST', body, mode: 'no-cors' }]) {
        tried.push(await fetch(url, init).then((answer) => answer.type, () => 'blocked'))
      }
      const picture = new Image()
      picture.src = ${JSON.stringify(`${origin()}/devtool/api/samples`)}
      await picture.decode().then(() => tried.push('decoded'), () => tried.push('no picture'))
      return tried
    })()`
    const tried = await theirs.evaluate(attempt)
    assert.deepEqual(tried, ['blocked', 'blocked', 'opaque', 'no picture'])
    stranger.close()
    assert.equal(await count(), before)
  })
})
