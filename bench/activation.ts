import { readFile } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import {
  linkOf,
  presign,
  readJournal,
  register,
  sendProcess,
  signIn,
  trust,
  upload,
} from '../test/e2e/api-client.ts'
import { startServiceProcess } from '../test/e2e/service-process.ts'
import { makeLargePhoto } from './images/pictures.ts'
import { type Finding, median, ms, time } from './measure.ts'

const RUNS = 20
const MOST_OVER_MS = 25
const WARM_UP_RUNS = 5

/** A warm activation for one 24-megapixel JPEG, against the same work in bare sharp; the two take turns. */
export async function measureActivation(folder: string): Promise<Finding[]> {
  const picture = await makeLargePhoto(folder)
  const service = await startServiceProcess({ home: folder })
  const { origin } = service
  trust(folder)
  const headers = await signIn(origin, folder)
  const journal = await register(origin, headers)
  const bytes = await readFile(picture)
  const source = {
    url: await upload(origin, headers, 'harbour.jpg', new Uint8Array(bytes)),
    name: 'harbour.jpg',
    size: bytes.length,
    mimetype: 'image/jpeg',
  }
  const target = await presign(origin, headers, 'web.jpeg', 'w')
  const renditions = [{ name: 'web.jpeg', fmt: 'jpeg', width: 1280, height: 1280, target }]

  async function throughTheService(): Promise<number> {
    const end = await fetch(`${journal}?seek=-PT0S`, { headers })
    const next = linkOf(end, 'next')
    const response = await sendProcess(origin, headers, { source, renditions })
    if (!response.ok) throw new Error(`/process answered ${response.status}.`)
    return time(async () => {
      const [entry] = await readJournal(next, headers, 1)
      if (entry?.event.type !== 'rendition_created') throw new Error(JSON.stringify(entry))
    })
  }
  const bareSharp = () =>
    time(() =>
      sharp(picture)
        .autoOrient()
        .resize(1280, 1280, { fit: 'inside', withoutEnlargement: true })
        .jpeg({ quality: 85 })
        .toFile(path.join(folder, 'bare.jpeg')),
    )

  for (let run = 0; run < WARM_UP_RUNS; run += 1) {
    await throughTheService()
    await bareSharp()
  }
  const whole: number[] = []
  const bare: number[] = []
  for (let run = 0; run < RUNS; run += 1) {
    bare.push(await bareSharp())
    whole.push(await throughTheService())
  }
  service.child.kill('SIGTERM')
  await service.exited
  const over = median(whole) - median(bare)
  return [
    {
      what: 'warm activation, 24 MP JPEG to 1280 px, /process answered to event in the journal',
      measured: ms(median(whole)),
      baseline: `${ms(median(bare))} bare sharp`,
      distance: `${ms(over)} over it`,
      goal: `at most ${MOST_OVER_MS} ms over`,
      reached: over <= MOST_OVER_MS,
    },
  ]
}
