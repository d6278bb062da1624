import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'
import { historySchema } from '../../src/doors/page/api.ts'
import { findBarriers, useBrowser } from './browser.ts'
import { compose, pickSources } from './compose.ts'
import { drawPhoto } from './photo.ts'
import { type ServiceProcess, startServiceProcess, useHome } from './service-process.ts'

const BROKEN = Array.from({ length: 5 }, (_, index) => ({
  name: `size-${index}.png`,
  fmt: 'png',
  width: 10 + index,
}))

const WRONG = [
  { name: 'right.png', fmt: 'png' },
  { name: `${'long-'.repeat(30)}.jpg`, fmt: 'jpg', quality: 500 },
  { name: 'صورة.png', fmt: 'png', width: 'wide' },
]

/** Resolves when so many elements are there, which the page draws when it is next drawn. */
async function untilThereAre(count: number, elements: Locator): Promise<void> {
  if (count > 0) await elements.nth(count - 1).waitFor({ state: 'attached' })
  await elements.nth(count).waitFor({ state: 'detached' })
}

/** Runs renditions of files, and waits for the end of it. */
async function run(
  page: Page,
  files: ReadonlyMap<string, Uint8Array>,
  renditions: readonly object[],
): Promise<void> {
  await pickSources(page, files)
  await compose(page, renditions)
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await page.getByText(/^The run has ended: /).waitFor({ state: 'attached' })
}

async function latestRun(page: Page): Promise<string | undefined> {
  const answer = await page.request.get('/devtool/api/requests?limit=1')
  return historySchema.parse(await answer.json()).runs[0]?.id
}

describe('the runs, the history and the table of the developer page', function () {
  this.timeout(600_000)
  const home = useHome()
  const browser = useBrowser()
  let service: ServiceProcess
  let photo: Uint8Array

  before(async () => {
    photo = await drawPhoto(60, 40)
    service = await startServiceProcess({
      home,
      command: [process.execPath, 'src/cli/start.ts'],
    })
  })

  it('collapse what failed alike of a source, and show only what failed', async () => {
    const page = await browser.open(service)
    const files = new Map([
      ['good.jpg', photo],
      ['cut.jpg', photo.subarray(0, 300)],
    ])
    await run(page, files, BROKEN)
    await page.getByText('2 sources: 5 created, 5 failed').waitFor()
    await page.getByText('SourceCorrupt: 5 times').waitFor()
    const alike = page.getByRole('list', { name: 'Renditions that failed alike' })
    await untilThereAre(5, alike.getByRole('link'))
    await page.getByRole('button', { name: 'Failed only' }).click()
    await page.getByRole('heading', { name: 'good.jpg' }).waitFor({ state: 'detached' })
    await alike.getByRole('link', { name: 'size-3.png' }).click()
    await page.getByText('It failed: SourceCorrupt').waitFor()
  })

  it('tell what failed alike of several sources once, above them', async () => {
    const page = await browser.open(service)
    const cut = photo.subarray(0, 300)
    const files = new Map([
      ['whole.jpg', photo],
      ['one.jpg', cut],
      ['other.jpg', cut],
    ])
    await run(page, files, BROKEN)
    await page.getByText('3 sources: 5 created, 10 failed').waitFor()
    await page.getByText('SourceCorrupt: 10 times').waitFor()
    const sources = page.getByRole('list', { name: 'Sources of which it failed' })
    await untilThereAre(2, sources.getByRole('link'))
    await untilThereAre(1, page.getByText('SourceCorrupt'))
    await page.getByRole('heading', { name: 'whole.jpg' }).waitFor()
    await page.getByRole('heading', { name: 'one.jpg' }).waitFor({ state: 'detached' })
    await sources.getByRole('link', { name: 'other.jpg' }).click()
    await page.getByText('It failed: SourceCorrupt').waitFor()
    await page.request.delete(`/devtool/api/runs/${await latestRun(page)}`, {
      headers: { origin: new URL(page.url()).origin },
    })
  })

  it('are searched, filtered and deleted in the history', async () => {
    const page = await browser.open(service)
    await run(page, new Map([['alone.jpg', photo]]), [{ name: 'a.png', fmt: 'png', width: 9 }])
    await page.goto('/#/history')
    const list = page.getByRole('list', { name: 'Runs, newest first' })
    const rows = list.locator('> li')
    await untilThereAre(2, rows)
    await rows.first().getByText('just now').waitFor()
    await rows.nth(1).getByRole('img', { name: 'With failures' }).waitFor()
    await page.getByRole('searchbox', { name: 'Search the history' }).fill('cut.jpg')
    await page.getByText('1 of 2 runs').waitFor()
    await page.getByRole('link', { name: 'cut.jpg' }).waitFor()
    await page.getByRole('searchbox', { name: 'Search the history' }).fill('nothing of the kind')
    await page.getByRole('button', { name: 'Show all' }).click()
    await page.getByRole('radio', { name: /^Created/ }).check({ force: true })
    await untilThereAre(1, rows)
    await page.getByRole('radio', { name: /^All/ }).check({ force: true })
    await page.getByRole('button', { name: 'Delete the run of alone.jpg' }).press('Enter')
    await page.getByRole('button', { name: 'Delete', exact: true }).press('Enter')
    await page.getByText('The run of alone.jpg is gone.').waitFor()
    await page.getByText('alone.jpg', { exact: true }).waitFor({ state: 'detached' })
    await untilThereAre(1, rows)
    assert.match(
      await page.evaluate('document.activeElement.getAttribute("label") ?? ""'),
      /^Delete the run of /,
    )
  })

  it('have a table whose rows unfold by the keyboard, and whose mistakes are led to', async () => {
    const page = await browser.open(service)
    await pickSources(page, new Map([['a.jpg', photo]]))
    await compose(page, WRONG)
    await page.getByRole('tab', { name: 'Form' }).click()
    const table = page.getByRole('table', { name: 'Renditions' })
    await untilThereAre(2, table.getByText('1 mistake'))
    const first = page.getByRole('button', { name: 'Fields of Rendition 1: right.png' })
    for (const expanded of [true, false]) {
      await first.press('Enter')
      await page
        .getByRole('button', { name: 'Fields of Rendition 1: right.png', expanded })
        .waitFor()
    }
    const mistakes = page.getByRole('list', { name: 'What has to be mended' })
    await mistakes.getByRole('button', { name: /: quality$/ }).press('Enter')
    const quality = page.getByRole('textbox', { name: 'quality' })
    await quality.and(page.locator(':focus')).waitFor()
    await quality.fill('50')
    // What is to be run is where the next mistake is.
    await page.keyboard.press('ControlOrMeta+Enter')
    await page.getByRole('textbox', { name: 'width' }).and(page.locator(':focus')).waitFor()
    await page.keyboard.press('ControlOrMeta+A')
    await page.keyboard.insertText('9')
    await mistakes.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Add an instruction…' }).last().press('Enter')
    await page.getByRole('combobox', { name: 'Search the instructions' }).fill('turned')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Add an instruction…' }).last().press('Enter')
    await page.getByRole('combobox', { name: 'Search the instructions' }).fill('crop')
    await page.keyboard.press('Enter')
    // Not the first whose sentence has the word.
    await page.locator('[id^="rendition-2-crop"]').first().waitFor({ state: 'attached' })
    await page.getByRole('button', { name: 'Remove all' }).press('Enter')
    await page.getByRole('dialog').getByRole('button', { name: 'Remove all' }).press('Enter')
    await page.getByText('No renditions yet.').waitFor()
    await page
      .getByRole('button', { name: 'Add a rendition' })
      .and(page.locator(':focus'))
      .waitFor()
  })

  it('fold many sources, and remove all', async () => {
    const page = await browser.open(service)
    const names = Array.from({ length: 12 }, (_, index) => `photo-${index}.jpg`)
    await pickSources(page, new Map(names.map((name) => [name, photo])))
    const chosen = page.getByRole('list', { name: 'Chosen sources' }).getByRole('listitem')
    await untilThereAre(8, chosen)
    await page.getByRole('button', { name: 'Show all 12' }).click()
    await untilThereAre(12, chosen)
    await page.locator('.sources-foot').getByRole('button', { name: 'Remove all' }).click()
    await untilThereAre(0, chosen)
  })

  it('stop the test cases that wait', async () => {
    const page = await browser.open(service)
    await page.goto('/#/cases')
    await page.getByRole('button', { name: 'Run all' }).click()
    await page.getByRole('button', { name: 'Stop' }).click()
    await page.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' })
    await page.getByRole('radio', { name: /^Stopped/ }).check({ force: true })
    await page.getByRole('listitem').getByText('Stopped', { exact: true }).first().waitFor()
  })

  it('stop one test case where it is shown', async () => {
    const page = await browser.open(service)
    await page.goto('/#/cases')
    await page.getByRole('button', { name: 'Run all' }).click()
    // The last of all waits for long.
    await page.getByRole('listitem').getByText('Waiting', { exact: true }).last().waitFor()
    await page.locator('main li a').last().click()
    await page.getByRole('button', { name: 'Stop' }).press('Enter')
    await page.getByRole('status').getByText('Stopped', { exact: true }).waitFor()
    await page.goto('/#/cases')
    await page.getByRole('button', { name: 'Stop' }).click()
    await page.getByRole('button', { name: 'Stop' }).waitFor({ state: 'detached' })
  })

  for (const [colorScheme, width] of [
    ['light', 360],
    ['dark', 768],
    ['dark', 1280],
    ['light', 1440],
  ] as const) {
    it(`are barrier-free in ${colorScheme}, and not wider than ${width} px`, async () => {
      const viewport = { width, height: 800 }
      const page = await browser.open(service, { colorScheme, viewport })
      const look = async (what: string) => {
        assert.deepEqual(await findBarriers(page), [], what)
        const widest = Number(await page.evaluate('document.documentElement.scrollWidth'))
        assert.ok(widest <= width, `${what} is ${widest} px wide`)
      }
      await page.getByText('SourceCorrupt: 5 times').waitFor()
      await look('the latest run')
      await compose(page, WRONG)
      await page.getByRole('tab', { name: 'Form' }).click()
      await look('the table')
      await page.getByRole('button', { name: 'Fields of Rendition 3: صورة.png' }).click()
      await look('a row that is unfolded')
      await page.getByRole('button', { name: 'Add an instruction…' }).click()
      await look('the instructions')
      await page.keyboard.press('Escape')
      await page.goto('/#/history')
      await page.getByRole('list', { name: 'Runs, newest first' }).waitFor()
      await page.getByRole('searchbox').fill('cut')
      await look('the history')
      await page.locator('main .entry-title').first().click()
      await page.getByRole('heading', { name: 'good.jpg and 1 more' }).waitFor()
      await look('a run')
    })
  }
})
