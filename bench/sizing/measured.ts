import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { PDFDocument } from '@cantoo/pdf-lib'
import { familyOfProcess } from '../../src/programs/process-family.ts'
import {
  linkOf,
  presign,
  register,
  sendProcess,
  signIn,
  trust,
  upload,
} from '../../test/e2e/api-client.ts'
import { startServiceProcess } from '../../test/e2e/service-process.ts'
import { makeLargePhoto, makePhotos } from '../images/pictures.ts'
import { time } from '../measure.ts'

/** Linux counts in hundredths of a second. */
const TICK_S = 0.01

/** What AEM asks for of every asset. */
const RENDITIONS = [
  { name: 'cqdam.metadata.xml', fmt: 'xmp' },
  { name: 'cqdam.text.txt', fmt: 'text' },
  { name: 'cq5dam.thumbnail.48.48.png', fmt: 'png', width: 48, height: 48 },
  { name: 'cq5dam.thumbnail.140.100.png', fmt: 'png', width: 140, height: 100 },
  { name: 'cq5dam.thumbnail.319.319.png', fmt: 'png', width: 319, height: 319 },
  { name: 'cq5dam.web.1280.1280.jpeg', fmt: 'jpeg', width: 1280, height: 1280 },
] as const

/** A service on this machine that makes of assets what AEM asks for. */
export interface MeasuredService {
  /** Has an asset made into its renditions; resolves with how long that took, in seconds. */
  readonly make: (source: string) => Promise<number>
  /** Puts a file into the storage. */
  readonly put: (file: string) => Promise<string>
  /** What the service and its actions have taken of the processors so far, in seconds. */
  readonly taken: () => Promise<number>
  readonly stop: () => Promise<void>
}

/** Starts it with its state in `home`. */
export async function openMeasuredService(home: string): Promise<MeasuredService> {
  const service = await startServiceProcess({ home })
  trust(home)
  const { origin } = service
  const headers = await signIn(origin, home)
  const journal = await register(origin, headers)
  const target = await presign(origin, headers, 'target', 'w')
  const renditions = RENDITIONS.map((rendition) => ({ ...rendition, target }))
  /** Who waits for the events of a request, of which so many are missing. */
  const waiting = new Map<string, { missing: number; resolve: () => void }>()
  let requests = 0
  let isOver = false

  async function follow(): Promise<void> {
    let next = journal
    while (!isOver) {
      const response = await fetch(next, { headers }).catch(() => undefined)
      if (response === undefined) return
      next = linkOf(response, 'next')
      if (response.status !== 200) continue
      const { events }: { events: { event: { userData?: { request?: string } } }[] } = JSON.parse(
        await response.text(),
      )
      for (const { event } of events) {
        const found = waiting.get(event.userData?.request ?? '')
        if (found === undefined) continue
        found.missing -= 1
        if (found.missing === 0) found.resolve()
      }
    }
  }
  const following = follow()

  return {
    async make(source) {
      const request = String(requests++)
      const { promise, resolve } = Promise.withResolvers<void>()
      waiting.set(request, { missing: renditions.length, resolve })
      const ms = await time(async () => {
        const { status } = await sendProcess(origin, headers, {
          source,
          renditions,
          userData: { request },
        })
        if (status !== 200) throw new Error(`/process answered ${status}.`)
        await promise
      })
      return ms / 1000
    },
    put: async (file) =>
      upload(origin, headers, path.basename(file), new Uint8Array(await readFile(file))),
    async taken() {
      const family = familyOfProcess(service.child.pid ?? 0)
      const seconds = await Promise.all(family.map(takenBy))
      return seconds.reduce((sum, each) => sum + each, 0)
    },
    async stop() {
      isOver = true
      service.child.kill('SIGTERM')
      await service.exited
      await following
    },
  }
}

/** A process, and those that it has started and waited for. */
async function takenBy(pid: number): Promise<number> {
  const told = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '')
  const numbers = told
    .slice(told.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 15)
    .map(Number)
  return numbers.reduce((sum, ticks) => sum + ticks, 0) * TICK_S
}

/** Files of each kind of kinds.ts, by its name. */
export async function makeSamples(folder: string): Promise<Record<string, readonly string[]>> {
  const large = await makeLargePhoto(folder)
  const document = await PDFDocument.create()
  const page = document.addPage()
  for (let line = 0; line < 40; line += 1) {
    page.drawText(`Line ${line} of a page that somebody has written.`, {
      y: 800 - 18 * line,
      x: 40,
      size: 12,
    })
  }
  const pdf = path.join(folder, 'page.pdf')
  await writeFile(pdf, await document.save())
  return {
    'photo of 24 megapixels': [large],
    'picture of 2 megapixels': await makePhotos(folder, large, 10),
    'PDF of a page': [pdf],
  }
}
