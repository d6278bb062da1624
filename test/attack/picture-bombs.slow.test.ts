import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import * as z from 'zod/mini'
import { presign, readJournal, register, sendProcess, trust, upload } from '../e2e/api-client.ts'
import { startServiceProcess, useHome } from '../e2e/service-process.ts'
import { signInAs } from './hold-ups.ts'
import {
  inflatingPng,
  manyFramesGif,
  manyScansJpeg,
  oneStripTiff,
  plainAvif,
  plainWebp,
} from './picture-bombs.ts'

const endSchema = z.object({
  type: z.string(),
  errorReason: z.optional(z.string()),
  errorMessage: z.optional(z.string()),
  rendition: z.object({ userData: z.object({ name: z.string() }) }),
})

const TOO_MUCH = {
  type: 'rendition_failed',
  errorReason: 'GenericError',
  errorMessage: 'The action exhausted its memory and was aborted (limit: 2048 MB).',
}

/** What comes of each: the event that ends it. */
const BOMBS: readonly (readonly [name: string, make: () => Buffer, event: object])[] = [
  [
    'a JPEG of 3,000 scans',
    () => manyScansJpeg(3000),
    {
      type: 'rendition_failed',
      errorReason: 'SourceUnsupported',
      errorMessage: 'The source has more than 100 scans.',
    },
  ],
  ['a PNG of 2 GB, interlaced', inflatingPng, TOO_MUCH],
  ['an AVIF that takes 4 GB', plainAvif, TOO_MUCH],
  // These take but a second or two.
  ['a JPEG of 20 scans', () => manyScansJpeg(20), { type: 'rendition_created' }],
  ['a WebP of 36 bytes that takes 1 GB', plainWebp, { type: 'rendition_created' }],
  ['a TIFF of one strip of 1.6 GB', oneStripTiff, { type: 'rendition_created' }],
  ['a GIF of 20,000 frames', () => manyFramesGif(20_000), { type: 'rendition_created' }],
]

describe('pictures that are made to keep libvips busy', function () {
  this.timeout(120_000)
  const home = useHome()

  it('end within the limits of memory and time, each with its reason, and keep nobody else waiting', async () => {
    const { origin } = await startServiceProcess({ home })
    trust(home)

    /** Asks for a rendition of a picture. */
    async function ask(
      headers: Record<string, string>,
      name: string,
      picture: Buffer,
    ): Promise<void> {
      const url = await upload(origin, headers, name, new Uint8Array(picture))
      const target = await presign(origin, headers, `made of ${name}`, 'w')
      const renditions = [{ fmt: 'png', width: 40, target, userData: { name } }]
      assert.equal(
        (await sendProcess(origin, headers, { source: { url }, renditions })).status,
        200,
      )
    }

    const [busy, innocent] = [await signInAs('busy', home), await signInAs('innocent', home)]
    const journals = [await register(origin, busy), await register(origin, innocent)] as const
    for (const [name, make] of BOMBS) await ask(busy, name, make())
    await ask(innocent, 'a photo', await readFile('samples/harbour.jpg'))
    const [made] = await readJournal(journals[1], innocent, 1)
    assert.equal(made?.event.type, 'rendition_created', JSON.stringify(made))

    const entries = await readJournal(journals[0], busy, BOMBS.length)
    const ended = entries.map(({ event }) => endSchema.parse(event))
    assert.deepEqual(
      Object.fromEntries(ended.map(({ rendition, ...end }) => [rendition.userData.name, end])),
      Object.fromEntries(BOMBS.map(([name, , end]) => [name, end])),
    )
  })
})
