import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { PDFDocument, rgb } from '@cantoo/pdf-lib'
import type CloudConvert from 'cloudconvert'
import sharp, { type Sharp } from 'sharp'
import { io } from 'socket.io-client'
import * as z from 'zod/mini'
import { openReceiver } from '../doors/jobs/receiver.ts'
import { trust } from './api-client.ts'
import { createClient } from './cloudconvert-client.cjs'
import { readJobsEnv } from './jobs-env.ts'
import { drawPhoto } from './photo.ts'
import { type ServiceProcess, startServiceProcess, useHome } from './service-process.ts'

type JobTemplate = NonNullable<Parameters<CloudConvert['jobs']['create']>[0]>
type Tasks = JobTemplate['tasks']
type Job = Awaited<ReturnType<CloudConvert['jobs']['create']>>

const RED = { r: 200, g: 20, b: 20 }
const GREEN = { r: 20, g: 160, b: 20 }
const BLUE = { r: 20, g: 20, b: 200 }

/** How much a lossy encoder may change a colour. */
const NEARLY = 12

const BACKGROUND = { width: 400, height: 200, channels: 3 } as const

const drawing = (background: typeof RED): Sharp => sharp({ create: { ...BACKGROUND, background } })

/** A file in base64, as a task of a job. */
const given = (bytes: Uint8Array, filename: string) =>
  ({ operation: 'import/base64', file: Buffer.from(bytes).toString('base64'), filename }) as const

/** What a picture shows at a place, from 0 to 1 in both directions. */
async function colorAt(picture: Uint8Array, x: number, y: number): Promise<number[]> {
  const { data, info } = await sharp(picture)
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  const at = Math.floor(y * (info.height - 1)) * info.width + Math.floor(x * (info.width - 1))
  return [...data.subarray(at * info.channels, at * info.channels + 3)]
}

async function assertShows(
  picture: Uint8Array,
  color: typeof RED,
  [x, y]: readonly [number, number] = [0.5, 0.5],
): Promise<void> {
  const shown = await colorAt(picture, x, y)
  const wanted = [color.r, color.g, color.b]
  const isNear = shown.every((value, index) => Math.abs(value - (wanted[index] ?? 0)) <= NEARLY)
  assert.ok(isNear, `${shown.join()} is shown, but ${wanted.join()} is expected`)
}

/** Where a redirect leads to, without the signature, which has the time in it. */
function targetOf({ headers }: Response): string {
  return new URL(headers.get('location') ?? '').pathname
}

/** By what it has, since a server in the process of an earlier test puts a class of its own in the place of `Response`. */
function isAnswer(cause: unknown): cause is Pick<Response, 'status' | 'json'> {
  return Object.prototype.toString.call(cause) === '[object Response]'
}

/** The status of what a client throws, and what it was answered. */
async function refusalOf(refused: Promise<unknown>): Promise<{ status: number; body: unknown }> {
  const error = await refused.then(
    () => assert.fail('it is not refused'),
    (reason: unknown) => reason,
  )
  assert.ok(error instanceof Error && isAnswer(error.cause), String(error))
  return { status: error.cause.status, body: await error.cause.json() }
}

describe("npm's cloudconvert 3.0.0, unmodified, with this service as its region", function () {
  this.timeout(120_000)
  const home = useHome()
  let service: ServiceProcess
  let env: ReturnType<typeof readJobsEnv>
  let client: CloudConvert

  before(async () => {
    service = await startServiceProcess({ home })
    trust(home)
    env = readJobsEnv(home)
    client = createClient(env.CLOUDCONVERT_API_KEY, env.CLOUDCONVERT_REGION)
  })

  after(async () => {
    service.child.kill('SIGTERM')
    assert.equal(await service.exited, 0)
    // The picture that is none is all that went wrong.
    assert.match(service.errors(), /^\S+: rendition_failed png: [^\n]+\n$/)
  })

  /** What a finished job has exported, with its bytes. */
  async function download(job: Job) {
    assert.equal(job.status, 'finished', JSON.stringify(job))
    return Promise.all(
      client.jobs.getExportUrls(job).map(async ({ filename, size, url }) => {
        const response = await fetch(url ?? '')
        assert.equal(response.status, 200)
        const bytes = Buffer.from(await response.arrayBuffer())
        assert.equal(bytes.length, size)
        return { filename, bytes, type: response.headers.get('content-type') }
      }),
    )
  }

  /** Runs tasks of which `made` is the last; resolves with its files, and with what its task says. */
  async function run(tasks: Tasks) {
    const { id } = await client.jobs.create({
      tasks: { ...tasks, export: { operation: 'export/url', input: 'made' } },
    })
    const job = await client.jobs.wait(id)
    const made = job.tasks.find(({ name }) => name === 'made')
    return { files: await download(job), result: made?.result }
  }

  it('uploads a picture, converts and exports it', async () => {
    const created = await client.jobs.create({
      tag: 'photo',
      tasks: {
        import: { operation: 'import/upload' },
        made: { operation: 'convert', input: 'import', output_format: 'webp', width: 300 },
        export: { operation: 'export/url', input: 'made' },
      },
    })
    const [upload] = created.tasks
    assert.ok(upload !== undefined)
    await client.tasks.upload(upload, await drawing(RED).jpeg().toBuffer(), 'Rotes Bild.jpg')
    const [file, ...others] = await download(await client.jobs.wait(created.id))

    assert.ok(file !== undefined)
    assert.deepEqual(others, [])
    assert.deepEqual([file.filename, file.type], ['Rotes Bild.webp', 'image/webp'])
    const { format, width, height } = await sharp(file.bytes).metadata()
    assert.deepEqual({ format, width, height }, { format: 'webp', width: 300, height: 150 })
    await assertShows(file.bytes, RED)
  })

  it('makes a thumbnail of the middle of a picture', async () => {
    const stripes = await drawing(RED)
      .composite([{ input: await drawing(BLUE).resize(200, 200).png().toBuffer() }])
      .png()
      .toBuffer()
    const { files } = await run({
      import: given(stripes, 'stripes.png'),
      made: {
        operation: 'thumbnail',
        input: 'import',
        output_format: 'png',
        width: 64,
        height: 64,
        fit: 'crop',
      },
    })
    const picture = files[0]?.bytes ?? Buffer.of()
    const { width, height } = await sharp(picture).metadata()
    assert.deepEqual([files[0]?.filename, width, height], ['stripes.png', 64, 64])
    // The blue middle is as high as the picture.
    await assertShows(picture, BLUE, [0, 0.5])
    await assertShows(picture, BLUE, [1, 0.5])
  })

  it('puts files into an archive', async () => {
    const { files } = await run({
      one: { operation: 'import/raw', file: 'first', filename: 'note.txt' },
      other: { operation: 'import/raw', file: 'second', filename: 'note.txt' },
      made: { operation: 'archive', input: ['one', 'other'], output_format: 'zip' },
    })
    assert.deepEqual(
      files.map(({ filename, type }) => [filename, type]),
      [['archive.zip', 'application/zip']],
    )
    const zip = files[0]?.bytes ?? Buffer.of()
    for (const name of ['note.txt', 'note-1.txt']) assert.ok(zip.includes(name), name)
  })

  it('merges two pictures into a PDF, in their order', async () => {
    const { files } = await run({
      wide: given(await drawing(RED).png().toBuffer(), 'wide.png'),
      high: given(await drawing(BLUE).resize(100, 300).png().toBuffer(), 'high.png'),
      made: { operation: 'merge', input: ['high', 'wide'], output_format: 'pdf' },
    })
    const pdf = await PDFDocument.load(files[0]?.bytes ?? Buffer.of())
    const shapes = pdf.getPages().map((page) => page.getWidth() > page.getHeight())
    assert.deepEqual([files[0]?.filename, shapes], ['merged.pdf', [false, true]])
  })

  it('makes a picture smaller', async () => {
    const photo = await sharp(await drawPhoto(400, 300))
      .jpeg({ quality: 100 })
      .toBuffer()
    const { files } = await run({
      import: given(photo, 'photo.jpg'),
      made: { operation: 'optimize', input: 'import', profile: 'web' },
    })
    const { filename = '', bytes = Buffer.of() } = files[0] ?? {}
    const { format, width, height } = await sharp(bytes).metadata()
    assert.deepEqual([filename, format, width, height], ['photo.jpg', 'jpeg', 400, 300])
    assert.ok(bytes.length < photo.length, `${bytes.length} bytes of ${photo.length}`)
  })

  it('writes a text over a picture', async () => {
    const { files } = await run({
      import: given(await drawing(BLUE).png().toBuffer(), 'blue.png'),
      made: {
        operation: 'watermark',
        input: 'import',
        text: 'OURS',
        font_size: 80,
        font_color: '#ffffff',
        position_vertical: 'bottom',
        position_horizontal: 'center',
      },
    })
    const picture = sharp(files[0]?.bytes)
    await assertShows(await picture.toBuffer(), BLUE, [0.5, 0])
    const lower = await picture.extract({ left: 0, top: 100, width: 400, height: 100 }).stats()
    assert.ok((lower.channels[0]?.max ?? 0) > 200, 'there is white below')
  })

  it('puts a text and a picture of another task on pages of a PDF', async () => {
    const pdf = await PDFDocument.create()
    for (let page = 0; page < 3; page += 1) {
      pdf.addPage([400, 200]).drawText(`Page ${page + 1}`, { x: 20, y: 20 })
    }
    const marked = {
      import: given(await pdf.save(), 'contract.pdf'),
      logo: given(await drawing(RED).jpeg({ quality: 100 }).toBuffer(), 'logo.jpg'),
      draft: {
        operation: 'watermark',
        input: 'import',
        text: 'Draft',
        font_color: 'red',
        rotation: 45,
        opacity: 50,
      },
      stamped: {
        operation: 'watermark',
        input: 'draft',
        image: 'logo',
        image_width: 100,
        pages: '1,3',
        position_vertical: 'top',
        position_horizontal: 'right',
        margin_vertical: 10,
        margin_horizontal: 10,
      },
    } satisfies Tasks
    const { files } = await run({
      ...marked,
      made: { operation: 'convert', input: 'stamped', output_format: 'png', pixel_density: 72 },
    })
    const [first, second, third] = files.map(({ bytes }) => bytes)
    await assertShows(first ?? Buffer.of(), RED, [340 / 400, 35 / 200])
    await assertShows(second ?? Buffer.of(), { r: 255, g: 255, b: 255 }, [340 / 400, 35 / 200])
    await assertShows(third ?? Buffer.of(), RED, [340 / 400, 35 / 200])
    const { files: texts } = await run({
      ...marked,
      made: { operation: 'convert', input: 'stamped', output_format: 'txt' },
    })
    const text = texts[0]?.bytes.toString() ?? ''
    assert.equal(text.match(/Draft/g)?.length, 3)
    assert.match(text, /Page 1[\s\S]*Page 2[\s\S]*Page 3/)
  })

  it('makes a picture of each frame, whatever the name says, and keeps an animation one', async () => {
    const frames = await Promise.all(
      [RED, GREEN, BLUE].map((color) => drawing(color).png().toBuffer()),
    )
    const film = sharp(frames, { join: { animated: true } })
    const { files } = await run({
      import: given(await film.clone().gif().toBuffer(), 'film.jpg'),
      made: { operation: 'convert', input: 'import', output_format: 'png', pages: '2-' },
    })
    assert.deepEqual(
      files.map(({ filename }) => filename),
      ['film-1.png', 'film-2.png'],
    )
    await assertShows(files[0]?.bytes ?? Buffer.of(), GREEN)
    await assertShows(files[1]?.bytes ?? Buffer.of(), BLUE)
    const { files: animated } = await run({
      import: given(await film.clone().gif().toBuffer(), 'film.gif'),
      made: { operation: 'convert', input: 'import', output_format: 'webp' },
    })
    assert.equal((await sharp(animated[0]?.bytes).metadata()).pages, 3)
    const { files: scans } = await run({
      import: given(await film.clone().tiff().toBuffer(), 'scan.jpg'),
      made: { operation: 'convert', input: 'import', output_format: 'pdf' },
    })
    assert.equal((await PDFDocument.load(scans[0]?.bytes ?? '')).getPageCount(), 3)
    const { files: tiffs } = await run({
      import: given(await film.tiff().toBuffer(), 'scan.tiff'),
      made: { operation: 'convert', input: 'import', output_format: 'tiff', width: 100 },
    })
    assert.equal((await sharp(tiffs[0]?.bytes).metadata()).pages, 3)
  })

  it('writes and reads what a picture says of itself', async () => {
    const { files } = await run({
      import: given(await drawing(RED).jpeg().toBuffer(), 'red.jpg'),
      made: { operation: 'metadata/write', input: 'import', metadata: { Title: 'All is red' } },
    })
    const { files: none, result } = await run({
      import: given(files[0]?.bytes ?? Buffer.of(), 'red.jpg'),
      made: { operation: 'metadata', input: 'import' },
    })
    assert.deepEqual(none, [])
    const { metadata } = z.object({ metadata: z.record(z.string(), z.unknown()) }).parse(result)
    assert.equal(metadata['Title'], 'All is red')
    assert.equal(metadata['ImageWidth'], BACKGROUND.width)
  })

  it('makes pictures of the pages of a PDF', async () => {
    const pdf = await PDFDocument.create()
    const colors = [RED, GREEN, BLUE]
    for (const { r, g, b } of colors) {
      const color = rgb(r / 255, g / 255, b / 255)
      pdf.addPage([200, 100]).drawRectangle({ x: 0, y: 0, width: 200, height: 100, color })
    }
    const { files } = await run({
      import: given(await pdf.save(), 'colors.pdf'),
      made: {
        operation: 'convert',
        input: 'import',
        output_format: 'png',
        filename: 'page-%02d.png',
      },
    })
    assert.deepEqual(
      files.map(({ filename }) => filename),
      ['page-01.png', 'page-02.png', 'page-03.png'],
    )
    for (const [index, color] of colors.entries()) {
      await assertShows(files[index]?.bytes ?? Buffer.of(), color)
    }
  })

  it('imports from base64, from a text and from a URL with headers', async () => {
    const server = createServer((request, response) => {
      const isAsked = request.headers['x-ticket'] === '17'
      response.writeHead(isAsked ? 200 : 403, {
        'content-type': 'text/plain',
        'content-disposition': `attachment; filename="from there.txt"`,
      })
      response.end('of a URL')
    })
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve)
    })
    try {
      const url = `http://127.0.0.1:${Object(server.address()).port}/download?id=1`
      const { id } = await client.jobs.create({
        tasks: {
          base64: given(Buffer.from('of base64 \0 ÿ'), 'a.bin'),
          raw: { operation: 'import/raw', file: 'of a text – ü', filename: 'b.txt' },
          url: { operation: 'import/url', url, headers: { 'X-Ticket': '17' } },
          export: { operation: 'export/url', input: ['url', 'raw', 'base64'] },
        },
      })
      const files = await download(await client.jobs.wait(id))
      assert.deepEqual(
        files.map(({ filename, bytes }) => [filename, bytes.toString()]),
        [
          ['from there.txt', 'of a URL'],
          ['b.txt', 'of a text – ü'],
          ['a.bin', 'of base64 \0 ÿ'],
        ],
      )
    } finally {
      server.close()
    }
  })

  it('cancels a task and tries it again, with tasks that are in no job', async () => {
    const upload = await client.tasks.create('import/upload')
    assert.equal(upload.status, 'waiting')
    const cancelled = await client.tasks.cancel(upload.id)
    assert.deepEqual([cancelled.status, cancelled.code], ['error', 'CANCELLED'])

    const answered: unknown = await client.call('POST', `tasks/${upload.id}/retry`)
    const { id } = z.object({ id: z.string() }).parse(answered)
    const retried = await client.tasks.get(id)
    assert.deepEqual([retried.status, retried.retry_of_task_id], ['waiting', upload.id])
    await client.tasks.upload(retried, await drawing(GREEN).png().toBuffer(), 'green.png')
    assert.equal((await client.tasks.wait(id)).status, 'finished')

    const made = await client.tasks.create('convert', { input: id, output_format: 'jpg' })
    const exported = await client.tasks.create('export/url', { input: made.id })
    const { result } = await client.tasks.wait(exported.id)
    const response = await fetch(result?.files?.[0]?.url ?? '')
    await assertShows(Buffer.from(await response.arrayBuffer()), GREEN)
  })

  it('lists jobs by their tag, and deletes them', async () => {
    const tasks: Tasks = { import: { operation: 'import/raw', file: 'a', filename: 'a.txt' } }
    const { id } = await client.jobs.create({ tag: 'to be deleted', tasks })
    await client.jobs.wait(id)
    const idsOf = async () =>
      (await client.jobs.all({ 'filter[tag]': 'to be deleted' })).map((job) => job.id)
    assert.deepEqual(await idsOf(), [id])
    await client.jobs.delete(id)
    assert.deepEqual(await idsOf(), [])
  })

  it('is told of the end of a job by a socket', async () => {
    // The client's own socket goes to a host that is written into it; what is sent is what it sends.
    const socket = io(service.origin, { transports: ['websocket'] })
    try {
      const { id, tasks } = await client.jobs.create({
        tasks: { import: { operation: 'import/upload' } },
      })
      const channel = `private-job.${id}`
      const finished = new Promise<unknown>((resolve) => {
        socket.on('job.finished', (of: unknown, told: unknown) => {
          if (of === channel) resolve(told)
        })
      })
      const auth = { headers: { Authorization: `Bearer ${env.CLOUDCONVERT_API_KEY}` } }
      const subscribed = new Promise<void>((resolve) => {
        socket.on('subscription_succeeded', () => resolve())
      })
      socket.emit('subscribe', { channel, auth })
      await subscribed
      const [upload] = tasks
      assert.ok(upload !== undefined)
      await client.tasks.upload(upload, Buffer.from('hello'), 'hello.txt')
      assert.partialDeepStrictEqual(await finished, { job: { id, status: 'finished' } })
    } finally {
      socket.close()
    }
  })

  it('verifies what its webhook is sent', async () => {
    const receiver = await openReceiver()
    try {
      const { id } = await client.jobs.create({
        webhook_url: receiver.url('/finished'),
        tasks: {
          import: { operation: 'import/raw', file: 'hello', filename: 'hello.txt' },
          export: { operation: 'export/url', input: 'import' },
        },
      })
      await receiver.count(1)
      const [end] = receiver.received
      const signature = String(end?.headers['cloudconvert-signature'])
      const secret = env.CLOUDCONVERT_WEBHOOK_SECRET
      const body = end?.body ?? ''
      assert.equal(client.webhooks.verify(body, signature, secret), true)
      assert.equal(client.webhooks.verify(`${body} `, signature, secret), false)
      const told = z
        .object({
          event: z.literal('job.finished'),
          job: z.object({
            id: z.string(),
            tasks: z.array(
              z.object({
                name: z.string(),
                result: z.object({
                  files: z.array(z.object({ url: z.optional(z.string()) })),
                }),
              }),
            ),
          }),
        })
        .parse(JSON.parse(body))
      assert.equal(told.job.id, id)
      const url = told.job.tasks.find(({ name }) => name === 'export')?.result.files[0]?.url
      assert.equal(await (await fetch(url ?? '')).text(), 'hello')
    } finally {
      await receiver.close()
    }
  })

  it('signs a URL that leads to the file of a job', async () => {
    const url = client.signedUrls.sign(
      env.CLOUDCONVERT_SIGNED_URL_BASE,
      env.CLOUDCONVERT_SIGNED_URL_SECRET,
      {
        tasks: {
          import: given(await drawing(GREEN).png().toBuffer(), 'green.png'),
          made: { operation: 'convert', input: 'import', output_format: 'jpg', width: 50 },
          export: { operation: 'export/url', input: 'made', inline: true },
        },
      },
      'green',
    )
    const redirect = await fetch(url, { redirect: 'manual' })
    assert.equal(redirect.status, 302)
    const picture = await fetch(redirect.headers.get('location') ?? '')
    assert.match(picture.headers.get('content-disposition') ?? '', /^inline/)
    await assertShows(Buffer.from(await picture.arrayBuffer()), GREEN)

    const again = await fetch(url, { redirect: 'manual' })
    assert.equal(targetOf(again), targetOf(redirect), 'the cache key brings the same file')
    assert.equal((await fetch(url.replace('cache_key=green', 'cache_key=blue'))).status, 403)
  })

  it('throws what is refused, with the reason', async () => {
    const stranger = createClient('nobody', env.CLOUDCONVERT_REGION)
    assert.deepEqual(await refusalOf(stranger.users.me()), {
      status: 401,
      body: { message: 'Unauthenticated.', code: 'UNAUTHENTICATED' },
    })
    const wrong = await refusalOf(
      client.jobs.create({
        tasks: {
          import: { operation: 'import/raw', file: 'a', filename: 'a.txt' },
          made: { operation: 'convert', input: 'imported', output_format: 'tar', width: -1 },
        },
      }),
    )
    assert.equal(wrong.status, 422)
    const { code, errors } = z
      .object({ code: z.string(), errors: z.record(z.string(), z.array(z.string())) })
      .parse(wrong.body)
    assert.equal(code, 'INVALID_DATA')
    assert.deepEqual(Object.keys(errors).toSorted(), [
      'tasks.made.input',
      'tasks.made.output_format',
      'tasks.made.width',
    ])
  })

  it('is told in the task why a file could not be converted', async () => {
    const { id } = await client.jobs.create({
      tasks: {
        import: given(Buffer.from('no picture'), 'broken.jpg'),
        made: { operation: 'convert', input: 'import', output_format: 'png' },
        export: { operation: 'export/url', input: 'made' },
      },
    })
    const { status, tasks } = await client.jobs.wait(id)
    assert.equal(status, 'error')
    const [, made, exported] = tasks
    assert.deepEqual([made?.status, exported?.code], ['error', 'INPUT_TASK_FAILED'])
    assert.match(
      made?.message ?? '',
      /^By its name and media type the source is of the format JPEG, but its content is not\.$/,
    )
  })
})
