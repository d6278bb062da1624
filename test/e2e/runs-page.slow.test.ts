import assert from 'node:assert/strict'
import { readArchivedFiles } from '../../src/cases/archive-comparison.ts'
import { historySchema } from '../../src/doors/page/api.ts'
import { useBrowser } from './browser.ts'
import { compose, pickSources } from './compose.ts'
import { drawPhoto } from './photo.ts'
import { type ServiceProcess, startServiceProcess, useHome } from './service-process.ts'
import { serveSlowFile } from './slow-file.ts'
import { writeHistory } from './written-history.ts'

/** What may come over the network for the first view, with its headers. */
const FIRST_VIEW_BYTES = 300_000

const RECEIVED =
  'performance.getEntries().reduce((sum, { transferSize = 0 }) => sum + transferSize, 0)'

describe('a run on the developer page', function () {
  this.timeout(120_000)
  const home = useHome()
  const browser = useBrowser()
  let service: ServiceProcess

  before(async () => {
    service = await startServiceProcess({
      home,
      command: [process.execPath, 'src/cli/start.ts'],
    })
  })

  it('is told, stopped and downloaded as a whole, and shown by a page that is opened afresh', async () => {
    const slow = await serveSlowFile()
    const page = await browser.open(service)
    const photo = await drawPhoto(60, 40)
    await pickSources(page, new Map(['a.jpg', 'b.jpg', 'صورة.jpg'].map((name) => [name, photo])))
    const watermark = { image: slow.url }
    await compose(page, [
      { name: 'small.png', fmt: 'png', width: 9 },
      { name: 'slow.png', fmt: 'png', width: 9, watermark },
      { name: 'slow.webp', fmt: 'webp', width: 9, watermark },
    ])
    await page.getByRole('button', { name: 'Run', exact: true }).click()
    // How many are under way at a time depends on the machine.
    await page.getByText(/^3 sources: [123] created, [678] to come$/).waitFor()
    const bar = page.getByRole('progressbar', { name: 'Renditions that have ended' })
    assert.match((await bar.getAttribute('aria-valuetext')) ?? '', /^[123] of 9 renditions$/)
    await slow.waiting(1)
    await page.getByRole('button', { name: 'Stop' }).click()
    await page.getByText(/^3 sources: [123] created, [678] stopped, [\d.]+ m?s$/).waitFor()
    await page.getByText(/^The run has ended: [123] created/).waitFor({ state: 'attached' })
    // The processes that waited are gone, or have gone on to something else.
    await slow.forsaken()
    slow.close()

    const answer = await page.request.get('/devtool/api/requests')
    const { requests } = historySchema.parse(await answer.json())
    const states = requests.flatMap(({ renditions }) => renditions.map(({ state }) => state))
    assert.equal(states.length, 9)
    assert.ok(states.every((state) => state === 'created' || state === 'stopped'))
    const archive = await page.request.get(
      `/devtool/api/runs/${requests[0]?.run.id}/renditions.zip?download`,
    )
    const files = await readArchivedFiles(await archive.body())
    assert.equal(files.length, states.filter((state) => state === 'created').length)
    assert.equal(files[0]?.path, 'a/small.png')

    const other = await browser.open(service)
    await other.getByText(/^3 sources: [123] created, [678] stopped/).waitFor()
    assert.equal(await other.getByRole('button', { name: 'Stop' }).count(), 0)
  })
})

describe('a run of 300 sources on the developer page', function () {
  this.timeout(120_000)
  const home = useHome()
  const browser = useBrowser()
  let service: ServiceProcess

  before(async () => {
    writeHistory(home, 300)
    service = await startServiceProcess({
      home,
      command: [process.execPath, 'src/cli/start.ts'],
    })
  })

  it('is told as a whole by less than 300 kB, and the rest comes as one scrolls to it', async () => {
    // Of sources that were never there.
    browser.expectGone('/devtool/api/')
    const page = await browser.open(service)
    await page.getByText('300 sources: 1,620 created, 180 failed').waitFor()
    // What failed alike is told once, of all thirty.
    await page.getByText('SourceCorrupt: 180 times').waitFor()
    await page.getByText('of 30 sources').waitFor()
    await page.getByRole('tab', { name: 'Form' }).waitFor()
    const bytes = Number(await page.evaluate(RECEIVED))
    assert.ok(bytes < FIRST_VIEW_BYTES, `${bytes} bytes`)
    const sections = page.locator('section.request')
    const seen = await sections.count()
    assert.ok(seen > 0 && seen <= 24, `${seen} of 300 sources are drawn`)
    const rest = page.getByRole('button', { name: /^Show the other/ })
    await rest.scrollIntoViewIfNeeded()
    await sections.nth(seen).waitFor({ state: 'attached' })
    await page.getByRole('button', { name: 'Failed only' }).click()
    // Those are all told above.
    await sections.first().waitFor({ state: 'detached' })
  })
})
