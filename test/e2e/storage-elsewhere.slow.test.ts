import assert from 'node:assert/strict'
import { readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import sharp from 'sharp'
import * as z from 'zod/mini'
import { UNDATED } from '../../src/doors/scene7/ips/ips-namespaces.ts'
import { readScene7Env } from '../../src/doors/scene7/scene7-env.ts'
import { uploadByTus } from '../doors/jobs/tus-fixture.ts'
import { noise } from '../support/pictures.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'
import { trust } from './api-client.ts'
import { type ElsewhereServer, runElsewhere } from './elsewhere-server.ts'
import { readJobsEnv } from './jobs-env.ts'
import { useRegisteredService } from './registered-service.ts'

const targetSchema = z.object({
  urls: z.array(z.string()),
  minPartSize: z.number(),
  maxPartSize: z.number(),
})
const taskSchema = z.object({
  id: z.string(),
  name: z.nullable(z.string()),
  status: z.string(),
  result: z.nullish(
    z.looseObject({
      tus: z.optional(z.looseObject({ url: z.string() })),
      files: z.optional(
        z.array(z.looseObject({ filename: z.string(), url: z.optional(z.string()) })),
      ),
    }),
  ),
})
const jobSchema = z.object({
  data: z.object({ id: z.string(), status: z.string(), tasks: z.array(taskSchema) }),
})

describe('a service whose objects are in a bucket elsewhere', function () {
  this.timeout(120_000)
  const folder = useTemporaryFolder()
  let bucket: ElsewhereServer
  before(async () => {
    bucket = await runElsewhere(folder.pathTo('elsewhere'))
    trust(folder.pathTo('elsewhere'))
  })
  after(() => bucket.close())
  const service = useRegisteredService({
    environment: () => bucket.environment,
    assets: 'samples',
  })
  let photo: Uint8Array<ArrayBuffer>
  before(async () => {
    photo = new Uint8Array(await noise(900, 600).jpeg().toBuffer())
  })

  const post = (where: string, body: unknown) =>
    fetch(`${service.origin()}${where}`, {
      method: 'POST',
      headers: { ...service.headers(), 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const isThere = (url: string): boolean => new URL(url).host === bucket.host

  it('has sources read and renditions written there, by URLs of the bucket', async () => {
    const written = await service.presign('photo.jpg', 'w')
    assert.ok(isThere(written))
    await fetch(written, { method: 'PUT', body: photo, headers: { 'content-type': 'image/jpeg' } })
    const source = await service.presign('photo.jpg', 'r')
    assert.ok(isThere(source))
    const target = await service.presign('small.png', 'w')
    const [event] = await service.eventsOf({
      source,
      renditions: [{ name: 'small.png', fmt: 'png', width: 30, target }],
    })
    assert.partialDeepStrictEqual(event, { type: 'rendition_created' })
    const made = await fetch(await service.presign('small.png', 'r'))
    assert.equal(made.headers.get('content-type'), 'image/png')
    assert.equal((await sharp(await made.arrayBuffer()).metadata()).width, 30)
  })

  it('puts together what a worker has uploaded in parts, before anybody hears of it', async () => {
    const asked = { path: 'large.png', permissions: 'w', expiresInSeconds: 600, parts: 9 }
    const { urls } = targetSchema.parse(await (await post('/storage/presign', asked)).json())
    assert.ok(urls.every(isThere))
    const read = await service.presign('large.png', 'r')
    const [event] = await service.eventsOf({
      source: await service.presign('photo.jpg', 'r'),
      renditions: [
        {
          name: 'large.png',
          fmt: 'png',
          target: { urls, minPartSize: 1, maxPartSize: 200_000 },
        },
      ],
    })
    assert.partialDeepStrictEqual(event, { type: 'rendition_created' })
    const bytes = await (await fetch(read)).arrayBuffer()
    assert.ok(bytes.byteLength > 400_000, 'it took several parts')
    assert.equal((await sharp(bytes).metadata()).width, 900)
  })

  it('has one URL to read and to write by lead there', async () => {
    const url = await service.store('both.txt', 'read and written')
    assert.equal(new URL(url).origin, service.origin())
    const answer = await fetch(url, { headers: { range: 'bytes=9-' } })
    assert.ok(isThere(answer.url))
    assert.deepEqual([answer.status, await answer.text()], [206, 'written'])
    assert.equal((await fetch(url, { method: 'HEAD' })).headers.get('content-length'), '16')
  })

  it('takes a file of a job in parts, converts it, and has the result fetched there', async () => {
    const env = readJobsEnv(service.home)
    const api = async (
      where: string,
      body?: unknown,
    ): Promise<z.infer<typeof jobSchema>['data']> => {
      const answer = await fetch(`${service.origin()}/v2${where}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          authorization: `Bearer ${env.CLOUDCONVERT_API_KEY}`,
          'content-type': 'application/json',
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      return jobSchema.parse(await answer.json()).data
    }
    const job = await api('/jobs', {
      tasks: {
        given: { operation: 'import/upload' },
        made: { operation: 'convert', input: 'given', output_format: 'pdf' },
        drawn: { operation: 'convert', input: 'made', output_format: 'png' },
        out: { operation: 'export/url', input: 'drawn' },
      },
    })
    const endpoint = job.tasks.find(({ name }) => name === 'given')?.result?.tus?.url ?? ''
    await uploadByTus(Buffer.from(photo), {
      endpoint,
      metadata: { filename: 'photo.jpg' },
      chunkSize: Math.ceil(photo.length / 3),
    })
    const done = await api(`/jobs/${job.id}/wait`)
    assert.equal(done.status, 'finished', JSON.stringify(done))
    const [file] = done.tasks.find(({ name }) => name === 'out')?.result?.files ?? []
    assert.ok(file?.url !== undefined && isThere(file.url))
    const answer = await fetch(file.url)
    assert.equal(answer.headers.get('content-disposition'), 'attachment; filename="photo.png"')
    assert.equal((await sharp(await answer.arrayBuffer()).metadata()).format, 'png')
  })

  it('keeps the originals of assets there, of which this machine has copies', async () => {
    const { user = '', password = '' } = await readScene7Env(service.home)
    const form = new FormData()
    form.append(
      'auth',
      `<authHeader xmlns="${UNDATED}"><user>${user}</user><password>${password}</password></authHeader>`,
    )
    form.append(
      'uploadParams',
      '<uploadPostParam><companyHandle>c|darkroom</companyHandle><jobName>one</jobName><uploadParams><overwrite>true</overwrite><readyForPublish>true</readyForPublish><createMask>false</createMask><emailSetting>None</emailSetting></uploadParams></uploadPostParam>',
    )
    form.append('file', new File([photo], 'kept.jpg'))
    const sent = await fetch(`${service.origin()}/scene7/UploadFile`, {
      method: 'POST',
      body: form,
    })
    assert.equal(sent.status, 200, await sent.text())
    const originals = path.join(service.home, 'scene7/originals')
    for (const name of readdirSync(originals)) rmSync(path.join(originals, name))
    const picture = await fetch(`${service.origin()}/is/image/darkroom/kept?wid=20&fmt=png`)
    assert.equal(picture.status, 200)
    assert.equal((await sharp(await picture.arrayBuffer()).metadata()).width, 20)
    assert.equal(readdirSync(originals).length, 1)
  })

  it('says in a sentence that the bucket does not answer, and goes on when it does', async () => {
    const url = await service.store('later.txt', 'before')
    await bucket.close()
    const refused = await fetch(url, { method: 'PUT', body: 'after' })
    const { ok, message } = Object(await refused.json())
    assert.deepEqual([refused.status, ok], [503, false])
    assert.match(
      message,
      /^The storage of this service, the bucket “objects” at localhost:\d+, does not do its part: .*; try again later\.$/,
    )
    const told = [service.service().errors(), service.service().output()].join('')
    assert.ok(!/X-Amz-Signature=[0-9a-f]{8}/.test(told), told)
    bucket = await runElsewhere(folder.pathTo('elsewhere'), Number(bucket.host.split(':')[1]))
    assert.equal((await fetch(url, { method: 'PUT', body: 'after' })).status, 201)
    assert.equal(await (await fetch(url)).text(), 'after')
  })
})
