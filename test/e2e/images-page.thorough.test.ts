import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { findBarriers, useBrowser } from './browser.ts'
import { drawPhoto } from './photo.ts'
import { type ServiceProcess, startServiceProcess, useHome } from './service-process.ts'

/** How wide the picture of a card is that is in sight, once it is there. */
const widthOf = (page: Page, name: string): Promise<unknown> =>
  page.evaluate(`(() => {
    const cards = [...document.querySelectorAll('.assets li')]
    const img = cards.find((card) => card.textContent.includes(${JSON.stringify(name)})).querySelector('img')
    return img.decode().then(() => img.naturalWidth)
  })()`)

const assets = (page: Page) => page.getByRole('list', { name: 'Assets' })
const card = (page: Page, name: string) =>
  assets(page)
    .getByRole('listitem')
    .filter({ has: page.getByRole('link', { name, exact: true }) })

/** Lets go of a file over the page. */
async function drop(page: Page, name: string, bytes: Buffer): Promise<void> {
  const files = await page.evaluateHandle(
    `(() => {
      const bytes = Uint8Array.fromBase64(${JSON.stringify(bytes.toString('base64'))})
      const files = new DataTransfer()
      files.items.add(new File([bytes], ${JSON.stringify(name)}, { type: 'image/jpeg' }))
      return files
    })()`,
  )
  for (const type of ['dragenter', 'dragover', 'drop']) {
    await page.dispatchEvent('main', type, { dataTransfer: files })
  }
}

describe('the catalogue on the developer page', function () {
  this.timeout(300_000)
  const home = useHome()
  const mounted = path.join(home, 'mounted')
  const browser = useBrowser()
  let service: ServiceProcess
  let photo: Buffer

  before(async () => {
    photo = Buffer.from(await drawPhoto(300, 200))
    mkdirSync(path.join(mounted, 'summer'), { recursive: true })
    writeFileSync(path.join(mounted, 'harbour.jpg'), photo)
    writeFileSync(path.join(mounted, 'summer', 'beach.jpg'), photo)
    service = await startServiceProcess({
      home: path.join(home, 'state'),
      command: [process.execPath, 'src/cli/start.ts', '--assets', mounted],
    })
  })
  after(async () => {
    service.child.kill('SIGTERM')
    assert.equal(await service.exited, 0)
  })

  async function open(address = '/#/images'): Promise<Page> {
    const page = await browser.open(service)
    await page.goto(address)
    return page
  }

  it('shows the mounted folder as pictures, and what changes there at once', async () => {
    const page = await open()
    await card(page, 'harbour').waitFor()
    assert.equal(await widthOf(page, 'harbour'), 240)
    writeFileSync(path.join(mounted, 'pier.jpg'), photo)
    await card(page, 'pier').waitFor()
    const small = await sharp(photo).resize(30).jpeg().toBuffer()
    writeFileSync(path.join(mounted, 'pier.jpg'), small)
    await card(page, 'pier').getByText(`${small.length} bytes`).waitFor()
    assert.equal(await widthOf(page, 'pier'), 30)
    assert.deepEqual(await findBarriers(page), [])
  })

  it('goes through folders, and finds by words', async () => {
    const page = await open()
    await page.getByRole('link', { name: 'summer' }).click()
    await card(page, 'beach').waitFor()
    assert.match(page.url(), /#\/images\/in\/summer$/)
    await page
      .getByRole('navigation', { name: 'Folder' })
      .getByRole('link', { name: 'All' })
      .click()
    await page.getByRole('searchbox', { name: 'Search names' }).fill('bea')
    await page.getByText('1 asset for “bea”').waitFor()
    await card(page, 'beach').waitFor()
    await page.getByRole('searchbox', { name: 'Search names' }).fill('nowhere')
    await page.getByRole('button', { name: 'Show all' }).click()
    await card(page, 'harbour').waitFor()
  })

  it('takes dropped files, and asks what is to become of one whose name is taken', async () => {
    browser.expectRefused('/devtool/api/images/assets')
    const page = await open('/#/images/in/summer')
    await card(page, 'beach').waitFor()
    await drop(page, 'shoe.jpg', photo)
    await card(page, 'shoe').waitFor()
    await drop(page, 'shoe.jpg', photo)
    const uploads = page.getByRole('list', { name: 'Files on their way' })
    await uploads.getByText('There is an asset "shoe" already.').waitFor()
    assert.deepEqual(await findBarriers(page), [])
    await uploads.getByRole('button', { name: 'Keep both' }).click()
    await card(page, 'shoe-1').waitFor()
    await drop(page, 'shoe.jpg', await sharp(photo).resize(60).jpeg().toBuffer())
    await uploads.getByRole('button', { name: 'Replace it' }).click()
    await uploads.waitFor({ state: 'detached' })
    await drop(page, '.hidden', photo)
    await uploads.getByText('".hidden" is no name for a file.').waitFor()
    await uploads.getByRole('button', { name: 'Do not add .hidden' }).click()
    await uploads.waitFor({ state: 'detached' })
  })

  it('tells of an asset, renames and moves it, and deletes it when that is confirmed', async () => {
    const page = await open('/#/images/asset/darkroom/shoe-1')
    await page.getByText('300 × 200 pixels').waitFor()
    await page.getByRole('button', { name: 'Copy: URL of the picture' }).click()
    await page.getByText('The URL is copied.').waitFor()
    assert.equal(
      await page.evaluate('navigator.clipboard.readText()'),
      `${service.origin}/is/image/darkroom/shoe-1`,
    )
    await page.getByRole('button', { name: 'Rename…' }).click()
    await page.getByRole('textbox', { name: 'New name' }).fill('boot')
    await page.getByRole('button', { name: 'Rename', exact: true }).click()
    await page.getByRole('heading', { name: 'boot' }).waitFor()
    assert.match(page.url(), /#\/images\/asset\/darkroom\/boot$/)
    await page.getByRole('button', { name: 'Move…' }).click()
    await page.getByRole('textbox', { name: /^Folder/ }).fill('winter/boots')
    await page.getByRole('button', { name: 'Move', exact: true }).click()
    const way = page.getByRole('navigation', { name: 'Where you are' })
    await way.getByRole('link', { name: 'boots' }).waitFor()
    assert.deepEqual(await way.getByRole('listitem').allInnerTexts(), [
      'Images',
      'winter',
      'boots',
      'boot',
    ])
    assert.deepEqual(await findBarriers(page), [])
    await page.getByRole('button', { name: 'Delete…' }).click()
    await page.getByText('Requests for it are answered 404 from then on.').waitFor()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByText('Nothing is in this folder.').waitFor()
    const { status } = await page.request
      .get('/is/image/darkroom/boot')
      .then((answer) => ({ status: answer.status() }))
    assert.equal(status, 404)
  })

  it('sets a smart crop by dragging, by keys and by numbers', async () => {
    const page = await open('/#/images/asset/darkroom/harbour')
    await page.getByRole('button', { name: 'Add a crop' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Boat')
    await page.getByLabel('For height, px').fill('300')
    await page.getByLabel('For height, px').press('Enter')
    await page
      .getByRole('list', { name: 'Smart crops of this picture' })
      .getByText('Boat')
      .waitFor()
    await page.getByRole('button', { name: 'Edit Boat' }).click()
    const stage = await page.locator('.crop-stage').boundingBox()
    assert.ok(stage !== null)
    const at = (x: number, y: number): [number, number] => [
      stage.x + stage.width * x,
      stage.y + stage.height * y,
    ]
    await page.mouse.move(...at(0.1, 0.05))
    await page.mouse.down()
    await page.mouse.move(...at(0.3, 0.1), { steps: 3 })
    await page.mouse.move(...at(0.5, 0.15), { steps: 3 })
    await page.mouse.up()
    const number = async (label: string): Promise<number> =>
      Number(await page.getByLabel(label, { exact: true }).inputValue())
    const width = await number('Width, %')
    // It is for 600 × 300, and the picture has 300 × 200.
    assert.ok(Math.abs(width / (await number('Height, %')) - 4 / 3) < 0.01)
    const left = await number('Left, %')
    await page.locator('.crop-frame').press('ArrowRight')
    assert.ok(Math.abs((await number('Left, %')) - left - 1) < 0.02)
    await page.locator('.crop-frame').press('Shift+ArrowLeft')
    assert.ok(Math.abs((await number('Width, %')) - width + 1) < 0.02)
    await page.getByLabel('Left, %').fill('25')
    await page.getByLabel('Left, %').press('Tab')
    await page.getByLabel('Width, %').fill('50')
    await page.getByLabel('Width, %').press('Tab')
    assert.deepEqual(await findBarriers(page), [])
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('button', { name: 'Edit Boat' }).waitFor()
    const answer = await page.request.get('/is/image/darkroom/harbour:Boat?fmt=png')
    const { width: wide, height: high } = await sharp(await answer.body()).metadata()
    assert.deepEqual([wide, high], [150, 75])
    await page.getByRole('button', { name: 'Edit Boat' }).click()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByRole('button', { name: 'Edit Boat' }).waitFor({ state: 'detached' })
    await page.getByText('for 1,200 × 800, found by itself').waitFor()
  })

  it('makes a set of what is selected, and changes its order', async () => {
    const page = await open()
    await page.getByLabel('Select pier').check()
    await page.getByLabel('Select harbour').check()
    await page.getByText('2 selected').waitFor()
    await page.getByText('Files of the mounted folder are moved and deleted there.').waitFor()
    assert.deepEqual(await findBarriers(page), [])
    await page.getByRole('button', { name: 'Make a set…' }).click()
    await page.getByRole('textbox', { name: 'Name of the set' }).fill('views')
    await page.getByRole('button', { name: 'Make it' }).click()
    const members = page.getByRole('list', { name: 'Pictures of the set' }).getByRole('listitem')
    await members.first().getByRole('link', { name: 'pier' }).waitFor()
    await page.getByRole('button', { name: 'Move pier behind the one behind it' }).click()
    await members.first().getByRole('link', { name: 'harbour' }).waitFor()
    assert.deepEqual(await findBarriers(page), [])
    const answer = await page.request.get('/is/image/darkroom/views?req=set,json')
    assert.match(await answer.text(), /"type":"img_set".*darkroom\/harbour.*darkroom\/pier/)
    await page.getByRole('navigation', { name: 'Where you are' }).getByText('Images').click()
    await card(page, 'views').getByText('Set · 2 pictures').waitFor()
  })

  it('is as wide as the screen, and says when an asset is not there', async () => {
    const page = await browser.open(service, {
      colorScheme: 'dark',
      viewport: { width: 360, height: 800 },
    })
    browser.expectGone('/devtool/api/images/asset')
    const views = [
      ['#/images', '.assets li'],
      ['#/images/asset/darkroom/harbour', 'text=300 × 200 pixels'],
      ['#/images/asset/darkroom/none', 'text=There is no asset "none" any more.'],
    ]
    for (const [view = '', complete = ''] of views) {
      await page.goto(`/${view}`)
      await page.locator(complete).first().waitFor()
      assert.deepEqual(await findBarriers(page), [], view)
      const widest = Number(await page.evaluate('document.documentElement.scrollWidth'))
      assert.ok(widest <= 360, `${view} is ${widest} px wide`)
    }
  })
})
