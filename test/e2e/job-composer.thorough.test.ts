import assert from 'node:assert/strict'
import type { Locator, Page } from 'playwright-core'
import * as z from 'zod/mini'
import { findBarriers, useBrowser } from './browser.ts'
import { type ServiceProcess, startServiceProcess, useHome } from './service-process.ts'

const jobSchema = z.object({
  data: z.object({
    id: z.string(),
    status: z.string(),
    tasks: z.array(
      z.object({
        name: z.string(),
        status: z.string(),
        result: z.nullable(
          z.object({ files: z.optional(z.array(z.object({ filename: z.string() }))) }),
        ),
        payload: z.optional(z.record(z.string(), z.unknown())),
      }),
    ),
  }),
})

/** Writes the draft of a job by the keyboard. */
async function write(page: Page, job: object): Promise<void> {
  await page.getByRole('tab', { name: 'JSON' }).click()
  await page.getByRole('textbox', { name: 'Job as JSON' }).click()
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.press('Delete')
  await page.keyboard.insertText(JSON.stringify(job, undefined, 2))
}

/** Waits until a job has been sent from a page, and until it has ended. */
async function sent(page: Page) {
  await page.waitForURL(/#\/jobs\/[0-9a-f-]{36}$/)
  const id = page.url().slice(-36)
  await page.request.get(`/devtool/api/v2/jobs/${id}/wait`)
  const shown = await page.request.get(`/devtool/api/v2/jobs/${id}?include=payload`)
  return jobSchema.parse(await shown.json()).data
}

/** Waits until an element is where the keyboard writes to. */
async function focused(element: Locator): Promise<void> {
  await element.and(element.page().locator(':focus')).waitFor()
}

/** Chooses a file for the task that waits for one. */
async function chooseFile(page: Page, file: string): Promise<void> {
  const choosing = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: /^Choose files for/ }).click()
  await (await choosing).setFiles(file)
}

describe('jobs on the developer page', function () {
  this.timeout(300_000)
  const home = useHome()
  const browser = useBrowser()
  let service: ServiceProcess

  before(async () => {
    service = await startServiceProcess({
      home,
      command: [process.execPath, 'src/cli/start.ts'],
    })
  })
  after(async () => {
    service.child.kill('SIGTERM')
    await service.exited
  })

  async function compose(options: Parameters<typeof browser.open>[1] = {}): Promise<Page> {
    const page = await browser.open(service, options)
    await page.goto('/#/jobs/new')
    await page.getByRole('heading', { name: 'Start from' }).waitFor()
    return page
  }

  it('are composed by the keyboard alone, and send their files', async () => {
    const page = await compose()
    await page.getByRole('button', { name: 'Add a task' }).focus()
    await page.keyboard.press('Enter')
    for (const operation of ['import/upload', 'thumbnail', 'export/url']) {
      await focused(page.getByRole('combobox', { name: 'Search operations' }))
      await page.keyboard.type(operation)
      await page.keyboard.press('Enter')
      await page.locator('sp-textfield:focus').waitFor()
      await page.getByRole('button', { name: 'Add a task' }).focus()
      if (operation !== 'export/url') await page.keyboard.press('Enter')
    }
    await page.getByRole('button', { name: 'Add an option to thumbnail-1' }).focus()
    await page.keyboard.press('Enter')
    await focused(page.getByRole('combobox', { name: 'Search options' }))
    await page.keyboard.type('wid')
    await page.keyboard.press('Enter')
    const thumbnail = page.getByRole('group', { name: 'thumbnail-1', exact: true })
    await focused(thumbnail.getByRole('textbox', { name: 'width' }))
    await page.keyboard.type('24')
    await thumbnail.getByRole('textbox', { name: 'Name', exact: true }).fill('small')
    await page.keyboard.press('Enter')
    await page.getByRole('group', { name: 'small' }).waitFor()
    await chooseFile(page, 'samples/logo.png')
    await page.keyboard.press('ControlOrMeta+Enter')
    const { status, tasks } = await sent(page)
    assert.equal(status, 'finished')
    assert.deepEqual(
      tasks.map(({ name, payload }) => ({ name, input: payload?.['input'] })),
      [
        { name: 'import-1', input: undefined },
        { name: 'small', input: 'import-1' },
        { name: 'export-1', input: 'small' },
      ],
    )
    assert.equal(tasks[1]?.payload?.['width'], 24)
    assert.deepEqual(
      tasks[2]?.result?.files?.map(({ filename }) => filename),
      ['logo.png'],
    )
  })

  it('have a task for each file that is dropped at once', async () => {
    const page = await compose()
    await page.getByRole('button', { name: /^ZIP of several files/ }).click()
    const dropped = await page.evaluateHandle(`(() => {
      const files = new DataTransfer()
      for (const name of ['a.txt', 'b.txt']) files.items.add(new File([name], name))
      return files
    })()`)
    for (const type of ['dragover', 'drop']) {
      await page.locator('.upload').first().dispatchEvent(type, { dataTransfer: dropped })
    }
    await page.getByRole('group', { name: 'import-3' }).getByText('b.txt').waitFor()
    await page.getByRole('button', { name: 'Remove import-2' }).click()
    await page.getByRole('button', { name: 'Send' }).click()
    const { status, tasks } = await sent(page)
    assert.equal(status, 'finished')
    const archive = tasks.find(({ name }) => name === 'archive-1')
    assert.deepEqual(archive?.payload?.['input'], ['import-1', 'import-3'])
  })

  it('are not sent before all is filled in, and say where', async () => {
    const page = await compose()
    await page.getByRole('button', { name: /^Convert a file/ }).click()
    assert.equal(await page.getByText('Choose a file for import-1 first.').count(), 0)
    await chooseFile(page, 'samples/logo.png')
    await page.getByText('png → jpg comes with npm ci').waitFor()
    await page.getByRole('button', { name: 'Do without logo.png' }).click()
    await page.getByRole('button', { name: 'Send' }).click()
    await page.getByText('Choose a file for import-1 first.').first().waitFor()
    await page.locator('sp-button:focus').getByText('Choose files…').waitFor()
  })

  it('show what the service refuses where it is', async () => {
    const page = await browser.open(service)
    // What the browser itself says of the refusal is no fault of the page.
    page.removeAllListeners('console')
    await page.goto('/#/jobs/new')
    await page.getByRole('button', { name: /^Convert a file/ }).click()
    await write(page, {
      tasks: {
        a: { operation: 'import/raw', file: 'a', filename: 'a.txt' },
        b: { operation: 'metadata', input: 'c' },
        c: { operation: 'metadata', input: 'b' },
      },
      webhook_url: 'nowhere',
    })
    await page.getByRole('tab', { name: 'Form' }).click()
    await page.getByRole('button', { name: 'Send' }).click()
    await page.getByText('webhook_url must be an absolute http: or https: URL').waitFor()
    await page.getByRole('textbox', { name: 'webhook_url' }).fill('')
    await page.getByRole('button', { name: 'Send' }).click()
    const wrong = page.getByRole('group', { name: 'b', exact: true })
    await wrong.getByText('Task b waits for itself, by way of its inputs.').waitFor()
  })

  it('survive a reload', async () => {
    const page = await compose()
    await page.getByRole('button', { name: /^Merge to one PDF/ }).click()
    await page.getByRole('textbox', { name: 'tag' }).fill('mine')
    await page.reload()
    await page.getByRole('group', { name: 'merge-1' }).waitFor()
    assert.equal(await page.getByRole('textbox', { name: 'tag' }).inputValue(), 'mine')
  })

  it('are opened again without what is secret', async () => {
    const page = await compose()
    const { data } = jobSchema.parse(
      await page.evaluate(`fetch('/devtool/api/v2/jobs', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ tasks: {
          a: { operation: 'import/url', url: 'https://localhost:1/a.png', headers: { A: 'b' } },
          b: { operation: 'export/url', input: 'a' },
        } }),
      }).then((answer) => answer.json())`),
    )
    await page.goto(`/#/jobs/new/${data.id}`)
    await page.getByText('it has to be entered again: a.url, a.headers.').waitFor()
    assert.ok(page.url().endsWith('#/jobs/new'))
    const url = page
      .getByRole('group', { name: 'a', exact: true })
      .getByRole('textbox', { name: 'url' })
    assert.equal(await url.inputValue(), '')
    await page.getByRole('button', { name: 'Send' }).click()
    await page.getByText('url is missing; it must be a text.').waitFor()
  })

  it('are copied as programs and as the fields of modules', async () => {
    const page = await compose()
    await page.getByRole('button', { name: /^Convert a file/ }).click()
    const begins: readonly (readonly [string, string])[] = [
      ['curl', "bash <<'END'\n"],
      ['Node', '// import/upload, convert and export/url'],
      ['Python', '# import/upload, convert and export/url'],
      ['PHP', '<?php\n'],
      ['Fusion', 'CloudConvert > Convert a File\n'],
    ]
    for (const [kind, begin] of begins) {
      await page.getByRole('button', { name: kind, exact: true }).click()
      await page.getByText('It is on the clipboard.').waitFor()
      const copied = String(await page.evaluate('navigator.clipboard.readText()'))
      assert.ok(copied.startsWith(begin), copied.slice(0, 100))
      await page.getByRole('button', { name: 'Close' }).click()
    }
  })

  it('keep what is half typed, whatever the page is told meanwhile', async () => {
    const page = await compose()
    await page.getByRole('button', { name: /^Convert a file/ }).click()
    const name = page.getByRole('textbox', { name: 'Name', exact: true }).first()
    await name.fill('half')
    // Once another one has been told twice, the page has been told and drawn.
    await page.evaluate(`new Promise((done) => {
      let told = 0
      const updates = new EventSource('/devtool/api/updates')
      updates.addEventListener('update', () => {
        told += 1
        if (told < 2) return
        updates.close()
        requestAnimationFrame(() => requestAnimationFrame(done))
      })
    })`)
    assert.equal(await name.inputValue(), 'half')
    await page.keyboard.press('Enter')
    await page.getByRole('group', { name: 'half', exact: true }).waitFor()
  })

  it('are marked where nobody reads what is written, and led there from the button by the keyboard', async () => {
    const page = await compose()
    await page.getByRole('button', { name: /^Convert a file/ }).click()
    await write(page, {
      webhookUrl: 'https://example.com',
      tasks: {
        photo: { operation: 'import/raw', file: 'a', filename: 'a.txt' },
        text: { operation: 'convert', input: 'phtoo', output_format: 'pdf', widht: 5 },
      },
    })
    await page.getByText(/widht is unknown and makes no difference; did you mean width\?/).waitFor()
    await page.getByRole('tab', { name: 'Form' }).click()
    await page.getByText('One thing is not right yet:').waitFor()
    const mistakes = page.getByRole('list', { name: 'What has to be mended' })
    await mistakes.getByRole('button', { name: 'text: input' }).press('Enter')
    await focused(page.getByRole('group', { name: 'Input' }))
    await page.getByText(/there is no task "phtoo"; did you mean photo\?/).waitFor()
    const remarks = page.getByRole('list', { name: 'What is worth a look' })
    await remarks.getByRole('button', { name: 'text: widht' }).press('Enter')
    await focused(page.getByRole('textbox', { name: 'widht' }))
    await remarks.getByRole('button', { name: 'The job itself: webhookUrl' }).press('Enter')
    await focused(page.getByRole('textbox', { name: 'webhookUrl' }))
    assert.deepEqual(await findBarriers(page), [])
  })

  it('are created, listed and waited for on the page of the API', async () => {
    const page = await browser.open(service)
    await page.goto('/#/api')
    const call = (path: string, summary: string) =>
      page.locator('details.api-route').filter({ hasText: path }).filter({ hasText: summary })
    const create = call('/v2/jobs', 'Creates a job;')
    await create.locator('summary').first().click()
    await create.getByRole('button', { name: 'Send' }).click()
    await create.getByText('201', { exact: true }).waitFor()
    const id = /"id": "([0-9a-f-]{36})"/.exec(await create.innerText())?.[1] ?? ''
    const list = call('/v2/jobs', 'Lists jobs.')
    await list.locator('summary').first().click()
    await list.getByRole('textbox', { name: 'per_page' }).fill('1')
    await list.getByRole('button', { name: 'Send' }).click()
    await list.getByText(`"${id}"`).first().waitFor()
    const wait = call('/v2/jobs/{id}/wait', 'Shows a job once it has ended.')
    await wait.locator('summary').first().click()
    await wait.getByRole('button', { name: 'Send' }).click()
    await wait.getByText('id is missing.').waitFor()
    await wait.getByRole('textbox', { name: 'id' }).fill(id)
    await wait.getByRole('button', { name: 'Send' }).click()
    await wait.getByText('"finished"').first().waitFor()
    const events = call('/v2/jobs/{id}/events', 'server-sent events')
    await events.locator('summary').first().click()
    await events.getByRole('textbox', { name: 'id' }).fill(id)
    await events.getByRole('button', { name: 'Send' }).click()
    await events.getByText('event: job.updated').waitFor()
    await wait.getByRole('button', { name: 'Copy as curl' }).click()
    await page.getByText(`'/jobs/${id}/wait'`).waitFor()
  })

  /** What is opened in each view, one after the other. */
  const STEPS: readonly { view: string; opened: readonly ((page: Page) => Promise<unknown>)[] }[] =
    [
      {
        view: '#/jobs/new',
        opened: [
          (page) => page.getByRole('heading', { name: 'Start from' }).waitFor(),
          async (page) => {
            await page.getByRole('button', { name: /^Mark a picture/ }).click()
            await page.getByRole('button', { name: 'Send' }).click()
          },
          (page) => page.getByRole('button', { name: 'Add a task' }).click(),
          async (page) => {
            await page.keyboard.type('metadata/write')
            await page.keyboard.press('Enter')
            await page.getByRole('button', { name: 'Add a name' }).click()
          },
          (page) => page.getByRole('tab', { name: 'JSON' }).click(),
          (page) => page.getByRole('button', { name: 'Fusion' }).click(),
        ],
      },
      {
        view: '#/api',
        opened: [
          async (page) => {
            await page.getByText('Creates a job;').click()
            await page.getByRole('button', { name: 'Send' }).click()
            await page.getByText('201', { exact: true }).waitFor()
          },
        ],
      },
    ]

  // What is seen at a width does not depend on the colours.
  for (const [colorScheme, width] of [
    ['light', 1280],
    ['dark', 360],
  ] as const) {
    it(`are barrier-free in ${colorScheme}, and not wider than ${width} px`, async () => {
      const page = await browser.open(service, {
        colorScheme,
        viewport: { width, height: 800 },
      })
      for (const { view, opened } of STEPS) {
        await page.goto(`/${view}`)
        for (const [step, open] of opened.entries()) {
          await open(page)
          assert.deepEqual(await findBarriers(page), [], `${view}, step ${step}`)
          const widest = Number(await page.evaluate('document.documentElement.scrollWidth'))
          assert.ok(widest <= width, `${view}, step ${step}, is ${widest} px wide`)
        }
        await page.keyboard.press('Escape')
      }
    })
  }
})
