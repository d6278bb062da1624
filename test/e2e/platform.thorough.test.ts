import assert from 'node:assert/strict'
import { copyFileSync } from 'node:fs'
import path from 'node:path'
import sharp from 'sharp'
import { HAS_AIO, useAio } from './aio-cli.ts'
import { presign, readJournal, upload } from './api-client.ts'
import { createClient } from './cloudconvert-client.cjs'
import { readJobsEnv } from './jobs-env.ts'
import { drawPhoto } from './photo.ts'
import { usePlatformService } from './platform-service.ts'
import { keepActions, useProjectCopy } from './project-copy.ts'

const PACKAGE = 'dx-asset-compute-worker-1'
const ACTIONS = ['circle', 'worker']

describe('actions that aio has deployed to a platform', function () {
  this.timeout(300_000)
  if (!HAS_AIO) {
    it('make renditions and tasks (aio is not installed)')
    return
  }
  const { platformHome, home, platform, service, headers, journal, process, ask } =
    usePlatformService({ assets: 'samples' })
  const project = useProjectCopy()
  const { run: aio } = useAio({ project, environment: () => path.join(project(), 'aio.env') })
  let told = 0

  before(async () => {
    copyFileSync(path.join(platformHome, 'aio.env'), path.join(project(), 'aio.env'))
    keepActions(project(), ACTIONS)
    const { status, stdout, stderr } = await aio('app', 'deploy')
    assert.equal(status, 0, stdout + stderr)
  })

  /** Resolves when an activation of this name has its record, which is a moment after its events. */
  async function ran(name: string): Promise<void> {
    while (!(await namesOfActivations()).includes(name));
  }

  /** The names of what has run there. */
  async function namesOfActivations(): Promise<readonly string[]> {
    const listed: unknown = await (await ask('activations?limit=200')).json()
    assert.ok(Array.isArray(listed))
    return listed.map((each) => String(Object(each).name))
  }

  /** Has a rendition made of a photo; resolves with its event and bytes. */
  async function make(rendition: Record<string, unknown>) {
    const source = await upload(service().origin, headers(), 'photo.jpg', await drawPhoto(640, 480))
    const target = await presign(service().origin, headers(), 'made', 'rw')
    await process({ source, renditions: [{ ...rendition, target }] })
    told += 1
    const { event } = (await readJournal(journal(), headers(), told)).at(-1) ?? assert.fail()
    assert.equal(event.type, 'rendition_created', JSON.stringify(event))
    return { event, bytes: Buffer.from(await (await fetch(target)).arrayBuffer()) }
  }

  it('make a rendition of what is in the storage of the service', async () => {
    const { event, bytes } = await make({ name: 'a.png', fmt: 'png', width: 64 })
    const { width, height, format } = await sharp(bytes).metadata()
    assert.deepEqual([width, height, format], [64, 48, 'png'])
    assert.equal(Object(event['metadata'])['repo:size'], bytes.length)
    await ran('__secured_worker')
  })

  it('make one by the URL of a worker there, which asks for a token', async () => {
    const worker = `${platform().origin}/api/v1/web/darkroom/${PACKAGE}/circle`
    assert.equal((await fetch(worker, { method: 'POST' })).status, 401)
    const { bytes } = await make({ name: 'b.png', worker, width: 100 })
    assert.equal((await sharp(bytes).metadata()).format, 'png')
    await ran('__secured_circle')
  })

  it('do the tasks of jobs', async () => {
    const { CLOUDCONVERT_API_KEY: key, CLOUDCONVERT_REGION: region } = readJobsEnv(home)
    const client = createClient(key, region)
    const before = (await namesOfActivations()).length
    const { id } = await client.jobs.create({
      tasks: {
        given: {
          operation: 'import/base64',
          file: Buffer.from(await drawPhoto(300, 200)).toString('base64'),
          filename: 'photo.jpg',
        },
        made: { operation: 'convert', input: 'given', output_format: 'webp', width: 30 },
        exported: { operation: 'export/url', input: 'made' },
      },
    })
    const job = await client.jobs.wait(id)
    const [file] = client.jobs.getExportUrls(job)
    const made = await fetch(file?.url ?? assert.fail(JSON.stringify(job.tasks)))
    const { width, format } = await sharp(Buffer.from(await made.arrayBuffer())).metadata()
    assert.deepEqual([width, format], [30, 'webp'])
    while ((await namesOfActivations()).length === before);
  })

  it('leave pictures of Image Serving to the service itself', async () => {
    const before = (await namesOfActivations()).length
    const response = await fetch(`${service().origin}/is/image/darkroom/harbour?wid=40&fmt=png`)
    const { width, format } = await sharp(Buffer.from(await response.arrayBuffer())).metadata()
    assert.deepEqual([response.status, width, format], [200, 40, 'png'])
    assert.equal((await namesOfActivations()).length, before)
  })
})
