/** `npm run screenshots`: takes the pictures of the developer page that are in docs/images/. */
import { mkdtempSync, rmSync } from 'node:fs'
import { copyFile, mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Locator, Page } from 'playwright-core'
import sharp from 'sharp'
import * as z from 'zod/mini'
import { launchChromium } from '../test/e2e/chromium.ts'
import { openDeveloperPage } from '../test/e2e/developer-page.ts'
import { pick } from '../test/e2e/pick.ts'
import { copyProject } from '../test/e2e/project-copy.ts'
import { startServiceProcess } from '../test/e2e/service-process.ts'

const IMAGES = path.join('docs', 'images')
const CASE = 'harbour'

/** Colours of a picture; more do not make it look better. */
const COLOURS = 256

/** Waits until every picture can be seen that is in sight. */
const PICTURES_ARE_THERE = `Promise.all(Array.from(document.images)
  .filter((image) => image.getBoundingClientRect().top < innerHeight)
  .map((image) => image.decode().catch(() => undefined)))
  .then(() => undefined)`

const createdSchema = z.object({ data: z.object({ id: z.string() }) })

type Shoot = (name: string) => Promise<void>

const importOf = async (name: string) => ({
  operation: 'import/base64',
  file: await readFile(path.join('samples', name), 'base64'),
  filename: name,
})

/** Makes a job of several tasks, and tells its id. */
async function createJob(page: Page): Promise<string> {
  const web = { operation: 'convert', output_format: 'webp', width: 640 }
  const tasks = {
    harbour: await importOf('harbour.jpg'),
    portrait: await importOf('portrait.jpg'),
    logo: await importOf('logo.png'),
    web: { ...web, input: ['harbour', 'portrait', 'logo'] },
    small: { operation: 'optimize', input: 'logo' },
    metadata: { operation: 'metadata', input: 'portrait' },
    zip: { operation: 'archive', input: ['web', 'small'], output_format: 'zip' },
    link: { operation: 'export/url', input: 'zip' },
  }
  const { origin } = new URL(page.url())
  const answer = await page.request.post(`${origin}/devtool/api/v2/jobs`, {
    headers: { origin },
    data: { tag: 'nightly', tasks },
  })
  return createdSchema.parse(await answer.json()).data.id
}

/** The way back is called as some of them. */
function tabOf(page: Page, name: string): Locator {
  return page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name })
}

/** Goes through the views as their user would. */
async function tour(page: Page, shoot: Shoot): Promise<void> {
  await page.getByRole('button', { name: 'Add the sample harbour.jpg' }).click()
  await page.getByRole('list', { name: 'Chosen sources' }).getByText('harbour.jpg').waitFor()
  await page.getByRole('tab', { name: 'JSON' }).click()
  await page.getByRole('textbox', { name: 'Renditions as JSON' }).waitFor()
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await page.getByText(/^The run has ended: /).waitFor({ state: 'attached' })
  // Clicking has scrolled it.
  await page.evaluate('document.querySelector(".run-parts").scrollTo(0, 0)')
  await shoot('page-run')

  await page.getByRole('link', { name: 'cq5dam.web.1280.1280.jpeg', exact: true }).click()
  await pick(page, 'Compare with', 'harbour.jpg (source)')
  await shoot('page-rendition')

  await page.getByRole('tab', { name: 'Timings' }).click()
  await page.evaluate('document.querySelector("#rendition-inside").scrollIntoView()')
  await shoot('page-timings')

  await tabOf(page, 'Run').click()
  for (const name of ['portrait.jpg', 'logo.png']) {
    await page.getByRole('button', { name: `Add the sample ${name}` }).click()
    await page.getByRole('list', { name: 'Chosen sources' }).getByText(name).waitFor()
  }
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await page.getByText(/^The run has ended: 18 created/).waitFor({ state: 'attached' })
  await tabOf(page, 'History').click()
  await page.getByRole('list', { name: 'Runs, newest first' }).waitFor()
  await shoot('page-history')

  await page.goto(`/#/jobs/${await createJob(page)}/web`)
  await page.getByRole('status').getByText('Finished').waitFor()
  await shoot('page-job')

  await page.goto(`/#/cases/worker/${CASE}`)
  await page.getByRole('button', { name: /^Run/ }).click()
  await page.getByRole('img', { name: `Difference of worker/${CASE}` }).waitFor()
  await shoot('page-case')

  await tabOf(page, 'Actions').click()
  await page.getByRole('meter').first().waitFor()
  await shoot('page-actions')
}

/** A case whose worker does not lay the mark over the picture that is expected. */
async function writeFailingCase(folder: string): Promise<void> {
  const source = path.join('samples', 'harbour.jpg')
  const mark = await sharp(path.join('samples', 'logo.png')).resize(120).toBuffer()
  await mkdir(folder, { recursive: true })
  await copyFile(source, path.join(folder, 'file.jpg'))
  await symlink('../../validate', path.join(folder, 'validate'))
  await writeFile(path.join(folder, 'params.json'), JSON.stringify({ fmt: 'png', width: 640 }))
  await sharp(source)
    .resize(640)
    .composite([{ input: mark, gravity: 'southeast' }])
    .removeAlpha()
    .png()
    .toFile(path.join(folder, 'rendition.png'))
}

async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'darkroom-screenshots-'))
  const project = path.join(folder, 'project')
  copyProject(project, ['test/asset-compute/circle', 'samples'])
  await writeFailingCase(path.join(project, 'test', 'asset-compute', 'worker', CASE))
  const browser = await launchChromium()
  if (browser === undefined) throw new Error('There is no Chromium on this machine.')
  const home = path.join(folder, 'home')
  const service = await startServiceProcess({
    home,
    port: 9443,
    command: [
      process.execPath,
      path.join(project, 'bin/darkroom.cjs'),
      'start',
      '--project',
      project,
    ],
  })
  try {
    for (const colorScheme of [undefined, 'light', 'dark'] as const) {
      const page = await browser.newPage({
        baseURL: service.origin,
        ignoreHTTPSErrors: true,
        colorScheme: colorScheme ?? null,
        viewport: { width: 1280, height: 800 },
      })
      await openDeveloperPage(page, home)
      await tour(page, async (name) => {
        // The first tour is for the workers, so that the others show how long they take when they are there.
        if (colorScheme === undefined) return
        await page.evaluate(PICTURES_ARE_THERE)
        const picture = sharp(await page.screenshot({ animations: 'disabled' }))
        await picture
          .png({ palette: true, colours: COLOURS, effort: 10 })
          .toFile(path.join(IMAGES, `${name}-${colorScheme}.png`))
      })
      await page.close()
    }
  } finally {
    await browser.close()
    service.child.kill('SIGTERM')
    await service.exited
    rmSync(folder, { recursive: true })
  }
}

await main()
