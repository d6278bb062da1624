import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import * as z from 'zod/mini'
import { findBarriers, useBrowser } from './browser.ts'
import { drawPhoto } from './photo.ts'
import { pick } from './pick.ts'
import { type ServiceProcess, startServiceProcess, useHome } from './service-process.ts'

const createdSchema = z.object({ data: z.object({ id: z.string() }) })

const CONVERT = { operation: 'convert', input: 'photo', output_format: 'webp', width: 64 }
const EXPORT = { operation: 'export/url', input: 'webp' }

const importOf = (file: string, filename = 'photo.jpg') => ({
  operation: 'import/base64',
  file,
  filename,
})

/** Resolves with the seconds of what is played, once the browser knows them. */
const DURATION = `new Promise((resolve) => {
  const sound = document.querySelector('media-player audio')
  if (sound.duration > 0) resolve(sound.duration)
  sound.addEventListener('loadedmetadata', () => resolve(sound.duration))
})`

/** A second of silence: 8,000 samples of a byte, with the 44 bytes before them that a WAV file begins with. */
function silence(): Buffer {
  const head = Buffer.from(
    'RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0@\x1f\0\0@\x1f\0\0\x01\0\x08\0data\0\0\0\0',
    'latin1',
  )
  head.writeUInt32LE(36 + 8000, 4)
  head.writeUInt32LE(8000, 40)
  return Buffer.concat([head, Buffer.alloc(8000, 128)])
}

const box = (page: Page, name: string) =>
  page
    .getByRole('region', { name: 'Tasks', exact: true })
    .getByRole('link', { name: new RegExp(`^${name} `) })

describe('the page of jobs', function () {
  this.timeout(120_000)
  const home = useHome()
  const browser = useBrowser()
  let slow: Server | undefined
  let service: ServiceProcess | undefined
  let photo: string
  let failed: string
  let finished: string

  const running = (): ServiceProcess => service ?? assert.fail('the service is there')
  const origin = (): string => running().origin

  before(async () => {
    service = await startServiceProcess({
      home,
      command: [process.execPath, 'src/cli/start.ts'],
    })
    photo = Buffer.from(await drawPhoto(120, 80)).toString('base64')
  })
  afterEach(() => {
    slow?.close()
    slow?.closeAllConnections()
    slow = undefined
  })
  after(async () => {
    service?.child.kill('SIGTERM')
    assert.equal(await service?.exited, 0)
  })

  /** Makes a job as the page does, and tells its id. */
  async function createJob(page: Page, tasks: object, more: object = {}): Promise<string> {
    const answer = await page.request.post('/devtool/api/v2/jobs', {
      headers: { origin: origin() },
      data: { tasks, ...more },
    })
    return createdSchema.parse(await answer.json()).data.id
  }

  it('says how a job is made as long as there is none, and shows one as soon as it is', async () => {
    const page = await browser.open(running())
    await page.getByRole('link', { name: 'Jobs', exact: true }).click()
    await page.getByText('There are no jobs yet.').waitFor()
    await page.getByText('$CLOUDCONVERT_API_URL/jobs').waitFor()
    finished = await createJob(
      page,
      { photo: importOf(photo), webp: CONVERT, link: EXPORT },
      { tag: 'nightly' },
    )
    const list = page.getByRole('list', { name: 'Jobs, newest first' })
    const entry = list.getByRole('listitem')
    await entry.getByText('photo.jpg → convert to webp → export/url').waitFor()
    await entry.getByText('Finished').waitFor()
    await entry.getByText('3 tasks').waitFor()
  })

  it('plays sound, shows fonts, says what the browser cannot play, and offers no look into what it cannot list', async () => {
    // Of what is no film, there is no picture.
    browser.expectGone('/thumbnail')
    const page = await browser.open(running())
    const font = fileURLToPath(import.meta.resolve('fontverter/testdata/Roboto-400.woff'))
    const id = await createJob(page, {
      font: importOf(await readFile(font, 'base64'), 'Roboto.woff'),
      sound: importOf(silence().toString('base64'), 'silence.wav'),
      broken: importOf(Buffer.from('no film').toString('base64'), 'broken.mp4'),
      archive: importOf(Buffer.from('no archive').toString('base64'), 'a.7z'),
      link: { operation: 'export/url', input: ['sound', 'font', 'broken', 'archive'] },
    })
    await page.goto(`/#/jobs/${id}/link`)
    await page.getByRole('button', { name: 'Look at silence.wav' }).click()
    await page.locator('media-player audio').waitFor()
    assert.equal(await page.evaluate(DURATION), 1)
    assert.deepEqual(await findBarriers(page), [])
    await page.getByRole('button', { name: 'Close' }).click()
    await page.getByRole('button', { name: 'Look at Roboto.woff' }).click()
    await page.locator('font-sample').getByText('The quick brown fox').first().waitFor()
    await page.getByRole('button', { name: 'Close' }).click()
    await page.getByRole('button', { name: 'Look at broken.mp4' }).click()
    await page.getByText('This browser does not play broken.mp4; download it.').waitFor()
    await page.getByRole('button', { name: 'Close' }).click()
    await page.getByText('a.7z', { exact: true }).waitFor()
    assert.equal(await page.getByRole('button', { name: 'Look at a.7z' }).count(), 0)
  })

  it('shows what a task has made, of what it was asked for, its log and its times', async () => {
    const page = await browser.open(running())
    await page.goto(`/#/jobs/${finished}`)
    await box(page, 'webp').getByText('photo.webp').waitFor()
    await box(page, 'webp').click()
    await page.getByRole('heading', { name: 'webp', exact: true }).waitFor()
    assert.ok(page.url().endsWith(`#/jobs/${finished}/webp`))
    // Where one was: the next box is one Tab away.
    await page.locator('a:focus').getByText('webp', { exact: true }).waitFor()
    await page.getByText('"output_format"').waitFor()
    await page.getByRole('tab', { name: 'Log' }).click()
    await page
      .getByRole('region', { name: 'Log of worker' })
      .getByRole('listitem')
      .first()
      .waitFor()
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Download photo.webp' }).click()
    const { width, format } = await sharp(await (await download).path()).metadata()
    assert.deepEqual([width, format], [64, 'webp'])
    await page.getByRole('button', { name: 'Look at photo.webp' }).click()
    await pick(page, 'Compare with', 'photo.jpg (input)')
    await page.getByRole('button', { name: 'Close' }).click()
    await page.getByText('As a table').click()
    const row = page.getByRole('row').filter({ hasText: 'webp' })
    assert.match(await row.innerText(), /webp\t.* ms \(at .*\)\t.*\t.*\(at .*\)/)
  })

  it('says why a job failed, and has its task and itself done once more', async () => {
    const page = await browser.open(running())
    failed = await createJob(page, {
      photo: importOf(photo.slice(0, 400)),
      webp: CONVERT,
      link: EXPORT,
    })
    await page.goto(`/#/jobs/${failed}`)
    await page.getByRole('heading', { name: 'It failed: SOURCE_CORRUPT' }).waitFor()
    await box(page, 'link').getByText('Input task has failed').waitFor()
    await page.getByRole('button', { name: 'Retry' }).click()
    await page.getByRole('heading', { name: 'Retry of webp' }).waitFor()
    await page.getByRole('heading', { name: 'It failed: SOURCE_CORRUPT' }).waitFor()
    await box(page, 'webp').getByText('retried').waitFor()
    await page.getByRole('button', { name: 'Run again' }).click()
    await page.waitForURL((url) => !url.hash.includes(failed))
    await page.getByRole('heading', { name: 'It failed: SOURCE_CORRUPT' }).waitFor()
  })

  it('shows how far a task is, and cancels it; what it was told is no secret and no more', async () => {
    slow = createServer((_, answer) => {
      answer.writeHead(200, { 'content-type': 'image/jpeg', 'content-length': 1000 })
      answer.write(Buffer.alloc(250))
    }).listen(0, '127.0.0.1')
    await once(slow, 'listening')
    const { port }: Partial<AddressInfo> = Object(slow?.address())
    const page = await browser.open(running())
    const url = `http://127.0.0.1:${port}/big.jpg`
    const id = await createJob(page, {
      photo: { operation: 'import/url', url: `${url}?key=secret` },
      webp: CONVERT,
    })
    await page.goto(`/#/jobs/${id}`)
    await box(page, 'photo').getByText('Importing big.jpg').waitFor()
    await box(page, 'photo').getByRole('progressbar').waitFor()
    await page.getByText(`The service gets it from ${url}.`).waitFor()
    await page.getByText('"***"').waitFor()
    await page
      .getByRole('group', { name: 'What can be done with this job' })
      .getByRole('button', { name: 'Cancel' })
      .click()
    await box(page, 'photo').getByText('The task was cancelled.').waitFor()
    await box(page, 'webp').getByText('The task was cancelled.').waitFor()
    assert.ok(!(await page.content()).includes('key=secret'))
  })

  it('shows what receivers were told', async () => {
    const page = await browser.open(running())
    const receiver = 'http://127.0.0.1:9/hook'
    const id = await createJob(
      page,
      { note: { operation: 'import/raw', file: 'hello', filename: 'note.txt' } },
      { webhook_url: `${receiver}?key=secret` },
    )
    await page.goto(`/#/jobs/${id}`)
    const row = page.getByRole('row').filter({ hasText: 'job.finished' })
    await row.getByText(/There is no connection to the receiver/).waitFor()
    await row.getByText(receiver, { exact: true }).waitFor()
  })

  it('lists by status, tag and text', async () => {
    const page = await browser.open(running())
    await page.goto('/#/jobs')
    const entries = page.getByRole('list', { name: 'Jobs, newest first' }).getByRole('listitem')
    await page.getByRole('radio', { name: 'Failed' }).check({ force: true })
    await page.getByText('3 jobs', { exact: true }).waitFor()
    await page.getByRole('radio', { name: 'All' }).check({ force: true })
    await page.getByText('6 jobs', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Tag nightly' }).click()
    await page.getByText('1 job', { exact: true }).waitFor()
    await page.getByRole('searchbox', { name: 'Search' }).fill('no such job')
    await page.getByRole('button', { name: 'Show all' }).click()
    await page.getByRole('searchbox', { name: 'Search' }).fill('note.txt')
    await page.getByText('1 job', { exact: true }).waitFor()
    assert.equal(await entries.count(), 1)
  })

  // What is seen at a width does not depend on the colours.
  for (const [colorScheme, width] of [
    ['light', 1280],
    ['dark', 360],
  ] as const) {
    it(`is barrier-free in ${colorScheme}, and not wider than ${width} px`, async () => {
      const viewport = { width, height: 800 }
      const page = await browser.open(running(), { colorScheme, viewport })
      for (const [address, complete, tab] of [
        ['#/jobs', 'text=note.txt'],
        [`#/jobs/${finished}/webp`, 'text=output_format:', 'Log'],
        [`#/jobs/${failed}`, 'text=It failed: SOURCE_CORRUPT', 'Payload'],
      ] as const) {
        await page.goto(`/${address}`)
        await page.locator(complete).first().waitFor()
        assert.deepEqual(await findBarriers(page), [], address)
        if (tab !== undefined) {
          await page.getByRole('tab', { name: tab }).click()
          assert.deepEqual(await findBarriers(page), [], `${address}, ${tab}`)
        }
        const widest = Number(await page.evaluate('document.documentElement.scrollWidth'))
        assert.ok(widest <= width, `${address} is ${widest} px wide`)
      }
    })
  }

  it('says that the job it shows has been deleted, whoever did so', async () => {
    const page = await browser.open(running())
    const id = await createJob(page, { photo: importOf(photo) })
    await page.goto(`/#/jobs/${id}`)
    await box(page, 'photo').getByText('photo.jpg').waitFor()
    browser.expectGone(id)
    // Pictures of its files may still be on their way.
    browser.expectGone('/devtool/api/tasks/')
    const answer = await page.request.delete(`/devtool/api/v2/jobs/${id}`, {
      headers: { origin: origin() },
    })
    assert.equal(answer.status(), 204)
    await page.getByText('It has been deleted.').waitFor()
  })

  it('deletes a job when that is confirmed', async () => {
    const page = await browser.open(running())
    await page.goto(`/#/jobs/${finished}`)
    browser.expectGone(finished)
    browser.expectGone('/devtool/api/tasks/')
    await page.getByRole('button', { name: 'Delete…' }).click()
    await page.getByRole('button', { name: 'Delete', exact: true }).click()
    await page.getByText('5 jobs', { exact: true }).waitFor()
    const answer = await page.request.get(`/devtool/api/jobs/${finished}`)
    assert.equal(answer.status(), 404)
  })
})
