import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import sharp from 'sharp'
import * as z from 'zod/mini'
import { readServerSentEvents } from '../../src/client/jobs/server-sent-events.ts'
import { draw, film, probe } from '../engine/video/video-fixture.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'
import { skipWithout } from '../support/tools.ts'
import { readJobsEnv } from './jobs-env.ts'
import { useRegisteredService } from './registered-service.ts'

const jobSchema = z.object({
  data: z.object({
    tasks: z.array(
      z.object({
        name: z.nullish(z.string()),
        status: z.string(),
        code: z.nullish(z.string()),
        message: z.nullish(z.string()),
        result: z.nullish(
          z.looseObject({
            files: z.optional(
              z.array(z.object({ filename: z.string(), url: z.optional(z.string()) })),
            ),
          }),
        ),
      }),
    ),
  }),
})

const updateSchema = z.looseObject({
  name: z.nullish(z.string()),
  status: z.string(),
  percent: z.int(),
})

const eventSchema = z.looseObject({
  type: z.string(),
  errorMessage: z.optional(z.string()),
})

describe('video through the doors', function () {
  this.timeout(180_000)
  const folder = useTemporaryFolder()
  const { home, store, presign, eventsOf } = useRegisteredService()

  before(function () {
    skipWithout(this, 'FFmpeg')
    draw(...film('320x180', { seconds: 2 }), folder.pathTo('film.mov'))
  })

  const bytesOf = (name: string) => readFileSync(folder.pathTo(name))

  /** Has one task made of a file; resolves with it, and with its files on the disk. */
  async function run(file: { bytes: Buffer; filename: string }, task: Record<string, unknown>) {
    const { CLOUDCONVERT_API_KEY: key, CLOUDCONVERT_SYNC_URL: url } = readJobsEnv(home)
    const response = await fetch(`${url}/jobs`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        tasks: {
          import: {
            operation: 'import/base64',
            file: file.bytes.toString('base64'),
            filename: file.filename,
          },
          made: { input: 'import', ...task },
          export: { operation: 'export/url', input: 'made' },
        },
      }),
    })
    const { tasks } = jobSchema.parse(await response.json()).data
    const made = tasks.find(({ name }) => name === 'made')
    const exported = tasks.find(({ name }) => name === 'export')?.result?.files ?? []
    const files = await Promise.all(
      exported.map(async ({ filename, url: from = '' }, index) => {
        const path = folder.pathTo(`made${index}`)
        writeFileSync(path, Buffer.from(await (await fetch(from)).arrayBuffer()))
        return { filename, path }
      }),
    )
    return { made, files }
  }

  it('is a MOV made MP4 with codec, quality and size, as the example of Workfront Fusion has it', async () => {
    const source = { bytes: bytesOf('film.mov'), filename: 'Straße 中文.mov' }
    const { made, files } = await run(source, {
      operation: 'convert',
      input_format: 'mov',
      output_format: 'mp4',
      video_codec: 'x264',
      crf: '28',
      preset: 'fast',
      profile: 'main',
      width: 160,
      height: 160,
      fit: 'pad',
      audio_codec: 'copy',
      audio_bitrate: 128,
    })
    assert.equal(made?.status, 'finished', made?.message ?? '')
    const [file] = files
    assert.equal(file?.filename, 'Straße 中文.mp4')
    const { codecs, streams } = probe(file.path)
    assert.deepEqual(codecs, ['h264', 'aac'])
    assert.deepEqual(
      [streams[0]?.profile, streams[0]?.width, streams[0]?.height],
      ['Main', 160, 160],
    )
  })

  it('fails an MP3 to WAV that cannot be read, in a sentence', async () => {
    draw('-i', folder.pathTo('film.mov'), folder.pathTo('tone.mp3'))
    const source = { bytes: bytesOf('tone.mp3').subarray(0, 300), filename: 'tone.mp3' }
    const { made } = await run(source, { operation: 'convert', output_format: 'wav' })
    assert.deepEqual(
      [made?.status, made?.code, made?.message],
      ['error', 'SOURCE_CORRUPT', 'The source is a damaged or incomplete MP3 file.'],
    )
  })

  it('is as many thumbnails as are wanted, of moments of their own', async () => {
    const source = { bytes: bytesOf('film.mov'), filename: 'film.mov' }
    const { files } = await run(source, { operation: 'thumbnail', count: 3, width: 64 })
    assert.deepEqual(
      files.map(({ filename }) => filename),
      ['film-1.png', 'film-2.png', 'film-3.png'],
    )
    const pictures = await Promise.all(files.map(({ path }) => sharp(path).raw().toBuffer()))
    assert.equal(new Set(pictures.map((pixels) => pixels.toString('base64'))).size, 3)
  })

  it('tells how far it is while it is made, to whoever reads the events of its job', async () => {
    draw(
      ...film('1280x720', { rate: 30, seconds: 5 }),
      '-preset',
      'ultrafast',
      folder.pathTo('long.mov'),
    )
    const { CLOUDCONVERT_API_KEY: key, CLOUDCONVERT_API_URL: url } = readJobsEnv(home)
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
    const file = bytesOf('long.mov').toString('base64')
    const created = await fetch(`${url}/jobs`, {
      method: 'POST',
      headers,
      body: JSON.stringify({
        tasks: {
          import: { operation: 'import/base64', file, filename: 'long.mov' },
          made: { operation: 'convert', input: 'import', output_format: 'mkv', preset: 'slow' },
        },
      }),
    })
    const { data } = z.object({ data: z.object({ id: z.string() }) }).parse(await created.json())
    const { body } = await fetch(`${url}/jobs/${data.id}/events`, { headers })
    const percents: number[] = []
    for await (const { event, data: told } of readServerSentEvents(
      body ?? assert.fail('no body'),
    )) {
      if (event === 'job.finished' || event === 'job.failed') break
      if (event !== 'task.updated') continue
      const { name, percent, status } = updateSchema.parse(JSON.parse(told))
      if (name === 'made' && status === 'processing') percents.push(percent)
    }
    assert.ok(
      percents.some((percent) => percent > 0 && percent < 100),
      percents.join(),
    )
    assert.deepEqual(
      percents,
      percents.toSorted((a, b) => a - b),
    )
  })

  it('is an animated WebP made an MP4', async () => {
    const frame = { width: 64, height: 48, channels: 3 } as const
    const frames = await Promise.all(
      ['red', 'green', 'blue'].map((background) =>
        sharp({ create: { ...frame, background } })
          .png()
          .toBuffer(),
      ),
    )
    const bytes = await sharp(frames, { join: { animated: true } })
      .webp({ delay: [200, 200, 200] })
      .toBuffer()
    const source = { bytes, filename: 'animation.webp' }
    const { made, files } = await run(source, { operation: 'convert', output_format: 'mp4' })
    assert.equal(made?.status, 'finished', made?.message ?? '')
    const { codecs, streams } = probe(files[0]?.path ?? '')
    assert.deepEqual([codecs, streams[0]?.width, streams[0]?.height], [['h264'], 64, 48])
  })

  it('is a poster and an MP4 among the renditions of AEM', async () => {
    const bytes = Uint8Array.from(bytesOf('film.mov'))
    const source = {
      url: await store('film.mov', bytes),
      name: 'film.mov',
      mimetype: 'video/quicktime',
    }
    const [poster, small] = await Promise.all([presign('poster', 'rw'), presign('small', 'rw')])
    const events = await eventsOf({
      source,
      renditions: [
        {
          name: 'poster.jpg',
          fmt: 'jpg',
          wid: '100',
          quality: '80',
          timestamp: '50%',
          target: poster,
        },
        { name: 'small.mp4', fmt: 'mp4', wid: '160', crf: '30', target: small },
      ],
    })
    for (const event of events) {
      const { type, errorMessage } = eventSchema.parse(event)
      assert.equal(type, 'rendition_created', errorMessage)
    }
    const picture = Buffer.from(await (await fetch(poster)).arrayBuffer())
    const { format, width, height } = await sharp(picture).metadata()
    assert.deepEqual([format, width, height], ['jpeg', 100, 56])
    writeFileSync(folder.pathTo('small'), Buffer.from(await (await fetch(small)).arrayBuffer()))
    assert.equal(probe(folder.pathTo('small')).streams[0]?.width, 160)
  })
})
