import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { PDFDocument } from '@cantoo/pdf-lib'
import { AEM_STANDARD_RENDITIONS } from '../../src/contract/aem-profile.ts'
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
import { processorTimeOfFamily } from '../../test/support/processor-time.ts'
import { makeLargePhoto, makePhotos } from '../images/pictures.ts'
import { time } from '../measure.ts'

/** A service on this machine that makes of assets what AEM asks for. */
export interface MeasuredService {
  /** Has an asset made into its renditions; resolves with how long that took, in seconds. */
  readonly make: (source: string) => Promise<number>
  /** Puts a file into the storage. */
  readonly put: (file: string) => Promise<string>
  /** What the service and its actions have taken of the processors so far, in seconds. */
  readonly taken: () => number
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
  const renditions = AEM_STANDARD_RENDITIONS.map((rendition) => ({ ...rendition, target }))
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
    taken: () => processorTimeOfFamily(service.child.pid ?? 0) / 1000,
    async stop() {
      isOver = true
      service.child.kill('SIGTERM')
      await service.exited
      await following
    },
  }
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
