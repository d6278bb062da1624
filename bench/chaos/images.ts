import { mkdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import sharp from 'sharp'
import { findScene7Access } from '../../src/cli/scene7/scene7-access.ts'
import { createScene7Client } from '../../src/cli/scene7/scene7-client.ts'
import { createExporter, urlOfZip } from '../../test/e2e/export-jobs.ts'
import { drawPhoto } from '../../test/e2e/photo.ts'
import { ask, bytesOf, type Crowd, insist } from './crowd.ts'

/** One turn of so many uploads an asset; the others ask for pictures. */
const UPLOADS = 5

/** One turn of so many exports some of what there is. */
const EXPORTS = 25

/** So many assets are exported at a time, however many were uploaded by then. */
const EXPORTED = 20

/** Between two looks, in milliseconds. */
const LOOK_MS = 200

const MOST_WIDE = 200

/**
 * Clients of the Scene7 door: pictures are what they were asked to be, assets that were uploaded are there and can be shown, and each export
 * ends once, with a ZIP.
 *
 * @param home - where the credentials are
 * @param folder - for files
 * @param until - when nobody waits any longer
 */
export async function openImages(
  origin: string,
  { home, folder }: { home: string; folder: string },
  until: AbortSignal,
): Promise<Crowd> {
  const access = await findScene7Access({ url: origin, company: undefined }, { home, port: 0 })
  const client = createScene7Client(access)
  const exporter = await insist(() => createExporter(origin, home), until)
  mkdirSync(folder, { recursive: true })
  const photo = await drawPhoto(300, 200)
  const uploaded: string[] = []
  const submitted: string[] = []
  let turns = 0
  let pictures = 0
  let mistaken = 0

  async function widthOf(name: string, wide: number): Promise<number> {
    const url = `${origin}/is/image/${access.company}/${name}?wid=${wide}&fmt=png`
    const { width } = await sharp(await bytesOf(await ask(url))).metadata()
    return width
  }

  async function upload(nth: number): Promise<void> {
    const name = `chaos${nth}`
    const file = path.join(folder, `${name}.jpg`)
    await writeFile(file, photo)
    await insist(async () => {
      const job = await client.beginUpload()
      await client.upload(job, { file, folder: '' })
      await client.endUpload(job)
    }, until)
    uploaded.push(name)
  }

  async function runExport(): Promise<void> {
    const job = await insist(
      () => exporter.submit({ fmt: 'convert', is_modifier: 'wid=20&fmt=png' }, EXPORTED),
      until,
    )
    submitted.push(job)
    while (!(await insist(() => exporter.logOf(job), until)) && !until.aborted) await delay(LOOK_MS)
  }

  async function checkExport(job: string): Promise<string[]> {
    const log = await insist(() => exporter.logOf(job), until)
    if (log === undefined) return [`The export ${job} has not ended.`]
    const { detailArray = [] } = log
    const ends = detailArray.filter(({ logType }) => logType === 'EndGet').length
    if (ends !== 1) {
      const last = detailArray.at(-1)?.logMessage ?? 'nothing'
      return [`The export ${job} has ended ${ends} times; its log ends with: ${last}`]
    }
    try {
      await insist(async () => bytesOf(await ask(urlOfZip(detailArray))), until)
      return []
    } catch (error) {
      return [`The ZIP of the export ${job} is not there: ${String(error)}.`]
    }
  }

  return {
    async turn() {
      const nth = (turns += 1)
      if (nth % EXPORTS === 0) return runExport()
      if (nth % UPLOADS === 0) return upload(nth)
      const wide = 1 + Math.floor(Math.random() * MOST_WIDE)
      const width = await insist(() => widthOf('harbour', wide), until)
      pictures += 1
      if (width !== wide) mistaken += 1
    },
    async check() {
      const wrong =
        mistaken === 0 ? [] : [`${mistaken} pictures were not as wide as they should be.`]
      const listed = new Set((await insist(client.list, until)).map(({ name }) => name))
      for (const name of uploaded) {
        if (!listed.has(name)) wrong.push(`The asset ${name} is not in the list.`)
        try {
          await insist(() => widthOf(name, 50), until)
        } catch (error) {
          wrong.push(`The asset ${name} cannot be shown: ${String(error)}.`)
        }
      }
      for (const job of submitted) wrong.push(...(await checkExport(job)))
      return {
        figures: { pictures, 'assets uploaded': uploaded.length, exports: submitted.length },
        wrong,
      }
    },
    close: () => Promise.resolve(),
  }
}
