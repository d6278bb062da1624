import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { readZip } from '../doors/scene7/ips/export-zip.ts'
import { findBarriers, useBrowser } from './browser.ts'
import { drawPhoto } from './photo.ts'
import { pick } from './pick.ts'
import { type ServiceProcess, startServiceProcess, useHome } from './service-process.ts'

const run = promisify(execFile)

/** How many pictures the export has that is long enough to be paused. */
const MANY = 60

const tick = (page: Page, name: string) =>
  page.getByRole('checkbox', { name: `Select ${name}`, exact: true })
const entries = (page: Page) => page.getByRole('list', { name: 'Files of the ZIP' })
const submit = (page: Page) => page.getByRole('button', { name: 'Export', exact: true })

/** How much wider than the window a page is, in pixels. */
const overflowOf = (page: Page): Promise<unknown> =>
  page.evaluate('document.documentElement.scrollWidth - innerWidth')

/** Fetches the ZIP of the export that is looked at, and reads it. */
async function downloaded(page: Page): Promise<Record<string, string>> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: /^Download ZIP/ }).click(),
  ])
  return readZip(readFileSync(await download.path()))
}

describe('the exports on the developer page', function () {
  this.timeout(300_000)
  const home = useHome()
  const state = path.join(home, 'state')
  const mounted = path.join(home, 'mounted')
  const browser = useBrowser()
  let service: ServiceProcess

  before(async () => {
    const photo = Buffer.from(await drawPhoto(300, 200))
    const large = Buffer.from(await drawPhoto(2000, 1500))
    mkdirSync(path.join(mounted, 'summer'), { recursive: true })
    mkdirSync(path.join(mounted, 'many'))
    writeFileSync(path.join(mounted, 'harbour.jpg'), photo)
    writeFileSync(path.join(mounted, 'tune.mp3'), 'no sound')
    writeFileSync(path.join(mounted, 'summer', 'Big beach & sea.jpg'), photo)
    for (let index = 0; index < MANY; index += 1) {
      writeFileSync(path.join(mounted, 'many', `photo-${index}.jpg`), large)
    }
    service = await startServiceProcess({
      home: state,
      command: [process.execPath, 'src/cli/start.ts', '--assets', mounted],
    })
  })
  after(async () => {
    service.child.kill('SIGTERM')
    assert.equal(await service.exited, 0)
  })

  async function open(address: string): Promise<Page> {
    const page = await browser.open(service)
    await page.goto(address)
    return page
  }

  it('are put together of assets of several folders, seen, made, and downloaded', async () => {
    const page = await open('/#/exports')
    await page.getByText('There are no exports yet.').waitFor()
    await page.getByRole('main').getByRole('link', { name: 'New export' }).first().click()
    await page.getByText('Pick an asset first.').waitFor()
    await tick(page, 'harbour').focus()
    await page.keyboard.press('Space')
    await tick(page, 'tune').check()
    await page.getByRole('link', { name: 'summer' }).click()
    await tick(page, 'Big beach & sea').check()
    await page.getByText('3 picked').waitFor()
    await entries(page).getByText('tune.mp3', { exact: true }).waitFor()
    await page.getByRole('radio', { name: 'As pictures of Image Serving' }).check()
    await page.getByText('Choose a preset, or write a command such as fmt=png.').waitFor()
    await page.locator('query-editor .cm-content').click()
    await page.keyboard.type('wid=60')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Enter')
    await page.keyboard.type('fmt=png')
    await page.keyboard.press('Escape')
    await entries(page).getByText('Big beach & sea.png').waitFor()
    await entries(page).getByText('60 × 40 pixels').first().waitFor()
    assert.equal(
      await page.evaluate(`document.querySelector('.export-entries img').decode().then(
        () => document.querySelector('.export-entries img').naturalWidth)`),
      60,
    )
    assert.deepEqual(await findBarriers(page), [])
    await page.getByLabel('Name', { exact: true }).fill('Summer & "sea"')
    await pick(page, 'Mail', 'Whenever it ends (All)')
    await submit(page).click()
    await page.getByRole('heading', { name: 'Summer & "sea"' }).waitFor()
    await page.getByRole('status').getByText('Done').waitFor()
    await page.getByText('darkroom/harbour is harbour.png.').waitFor()
    await page.getByText('As a table').click()
    const timings = page.getByRole('region', { name: /^How long each asset took/ })
    await timings.getByRole('rowheader', { name: 'All of it' }).waitFor()
    await timings.getByRole('rowheader', { name: 'harbour', exact: true }).waitFor()
    await page.getByRole('radio', { name: 'Problems only' }).check()
    await page.getByText('Nothing went wrong.').waitFor()
    const mail = page.frameLocator('iframe[title="The mail"]')
    await mail.getByText(/The job .*Summer & .* is done/).waitFor()
    assert.deepEqual(await findBarriers(page), [])
    const files = await downloaded(page)
    assert.deepEqual(Object.keys(files), ['harbour.png', 'tune.mp3', 'Big beach & sea.png'])
  })

  it('are begun with what is selected in the catalogue', async () => {
    const page = await open('/#/images')
    await page.getByRole('listitem').filter({ hasText: 'harbour' }).hover()
    await tick(page, 'harbour').check()
    await page.getByRole('button', { name: 'Export…' }).click()
    await page.getByRole('list', { name: 'Picked assets' }).getByText('harbour').waitFor()
    await page.getByRole('button', { name: 'Take out harbour' }).click()
    await page.getByText('Pick an asset first.').waitFor()
  })

  it('are copied as a message that curl sends', async () => {
    const page = await open('/#/exports/1')
    await page.getByRole('button', { name: 'SOAP' }).click()
    await page
      .getByRole('dialog')
      .getByRole('status')
      .getByText('It is on the clipboard.')
      .waitFor()
    const text = await page.evaluate('navigator.clipboard.readText()')
    await page.getByRole('button', { name: 'Close' }).click()
    const folder = path.join(home, 'project')
    mkdirSync(folder)
    symlinkSync(state, path.join(folder, '.darkroom'))
    writeFileSync(path.join(folder, 'export.sh'), String(text))
    const { stdout } = await run('sh', ['export.sh'], { cwd: folder })
    const number = /j\|(\d+)/.exec(stdout)?.[1]
    await page.goto(`/#/exports/${number}`)
    await page.getByRole('status').getByText('Done').waitFor()
    assert.equal(Object.keys(await downloaded(page)).length, 3)
  })

  it('tell how far they are, are paused, go on, and are stopped', async () => {
    // An update may have it asked for once more while it is being deleted.
    browser.expectGone('/devtool/api/exports/')
    const page = await open('/#/exports/new/in/many')
    await page.getByRole('button', { name: `Pick all ${MANY} shown` }).click()
    await page.getByRole('radio', { name: 'As pictures of Image Serving' }).check()
    await page.locator('query-editor .cm-content').click()
    await page.keyboard.type('fmt=png')
    await page.keyboard.press('Escape')
    await page.getByText(`And ${MANY - 6} more.`).waitFor()
    await submit(page).click()
    await page.getByText(new RegExp(`^[1-9]\\d* of ${MANY} assets done$`)).waitFor()
    await page.getByRole('button', { name: 'Pause' }).click()
    await page.getByText('It is paused.').waitFor()
    await page.getByRole('button', { name: 'Resume' }).click()
    await page.getByText(new RegExp(`^[1-9]\\d* of ${MANY} assets done$`)).waitFor()
    assert.deepEqual(await findBarriers(page), [])
    await page.getByRole('button', { name: 'Stop' }).click()
    await page.getByRole('status').getByText('Failed').waitFor()
    await page.getByText('darkroom has stopped the job.').waitFor()
    await page.getByText('There is none, since the export failed; the log says why.').waitFor()
    await page.getByRole('button', { name: 'Open as a new export' }).click()
    await page.getByText(`${MANY} picked`).waitFor()
    await page.goBack()
    await page.getByRole('button', { name: 'Delete…' }).click()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.waitForURL(/#\/exports$/)
    await page.getByText('2 exports').waitFor()
  })

  it('are listed with what becomes of them while one looks', async () => {
    const page = await open('/#/exports')
    await page.getByText('2 exports').waitFor()
    await page.request.post('/devtool/api/exports', {
      headers: { origin: service.origin },
      data: {
        company: 'darkroom',
        assets: ['harbour'],
        fmt: 'orig',
        emailSetting: 'None',
        name: 'From elsewhere',
      },
    })
    const listed = page.getByRole('list', { name: 'Exports, newest first' }).getByRole('listitem')
    await listed.filter({ hasText: 'From elsewhere' }).getByText('Done').waitFor()
    await page.getByText('3 exports').waitFor()
  })

  it('say what is wrong before anything is submitted', async () => {
    const page = await open('/#/exports/new')
    await tick(page, 'harbour').check()
    await page.getByRole('radio', { name: 'As pictures of Image Serving' }).check()
    await page.locator('query-editor .cm-content').click()
    await page.keyboard.type('wid=wide')
    await page.keyboard.press('Escape')
    await entries(page)
      .getByText(/^harbour could not be exported: .*wid/)
      .waitFor()
    browser.expectGone('/devtool/api/exports/99')
    await page.goto('/#/exports/99')
    await page.getByText('There is no export 99 any more.').waitFor()
  })

  for (const [colorScheme, width] of [
    ['light', 1280],
    ['dark', 360],
  ] as const) {
    it(`are barrier-free in ${colorScheme}, and not wider than ${width} px`, async () => {
      const page = await browser.open(service, {
        colorScheme,
        viewport: { width, height: 800 },
      })
      for (const address of ['/#/exports', '/#/exports/1', '/#/exports/new']) {
        await page.goto(address)
        await page.locator('main h1').waitFor()
        await page.locator('.late').waitFor({ state: 'detached' })
        if (address.endsWith('new')) {
          await tick(page, 'harbour').check()
          await page.getByRole('button', { name: 'SOAP' }).waitFor()
          // A button changes its colours slowly.
          await page.evaluate(
            'Promise.all(document.getAnimations().map(({ finished }) => finished)).then(() => undefined)',
          )
        }
        assert.equal(await overflowOf(page), 0)
        assert.deepEqual(await findBarriers(page), [])
      }
    })
  }
})
