import assert from 'node:assert/strict'
import { setImmediate } from 'node:timers/promises'
import { Hono } from 'hono'
import type * as z from 'zod/mini'
import { ServiceError } from '../../../../src/base/errors.ts'
import type { Update } from '../../../../src/doors/page/api.ts'
import { createExportRoutes } from '../../../../src/doors/page/exports/export-routes.ts'
import {
  exportDetailSchema,
  exportPageSchema,
  exportPreviewSchema,
  submittedExportSchema,
} from '../../../../src/doors/page/exports/export-shapes.ts'
import { tellOfExports } from '../../../../src/doors/page/exports/export-updates.ts'
import { createUpdates } from '../../../../src/doors/page/update-channel.ts'
import { useTemporaryFolder } from '../../../support/temporary-folder.ts'
import { call, texts } from '../../scene7/ips/call-ips.ts'
import { readZip } from '../../scene7/ips/export-zip.ts'
import { COMPANY, type OpenedDoor, openDoor, streamOf } from '../../scene7/open-door.ts'

const ORIGIN = 'https://localhost:9443'
const WISH = { company: COMPANY, assets: ['shoe'], fmt: 'orig', emailSetting: 'None', name: 'Web' }

describe('The exports that the page shows', () => {
  const temporary = useTemporaryFolder()
  const stopping = new AbortController()
  const updates = createUpdates()
  let opened: OpenedDoor
  let app: Hono

  before(async () => {
    opened = await openDoor(temporary.pathTo('home'))
    const files: [name: string, file: string, mediaType: string][] = [
      ['shoe', 'shoe.jpg', 'image/jpeg'],
      ['winter/Shoe', 'Shoe.png', 'image/png'],
      ['tale', 'tale.mp3', 'audio/mpeg'],
    ]
    const { kept, presets } = opened.door
    for (const [name, file, mediaType] of files) {
      await kept.addFile(COMPANY, name, { name: file, mediaType, body: streamOf(`a ${file}`) })
    }
    await kept.describe(COMPANY, 'album', { members: [{ asset: 'shoe' }] })
    await presets.save(COMPANY, { name: 'web', commands: 'wid=40&fmt=tif' })
    app = new Hono()
    app.onError((error) => {
      if (!(error instanceof ServiceError)) throw error
      return Response.json({ message: error.message }, { status: error.status })
    })
    app.route(
      '/',
      createExportRoutes(opened.door.exports, () => ORIGIN),
    )
    tellOfExports({
      exports: opened.door.exports,
      updates,
      stopping: stopping.signal,
      log: { warn: assert.fail },
    })
  })
  after(async () => {
    stopping.abort()
    await opened.door.close?.()
    assert.deepEqual(opened.errors, [])
  })

  async function ask<T>(schema: z.ZodMiniType<T>, path: string, body?: object): Promise<T> {
    const init = body && { method: 'POST', body: JSON.stringify(body) }
    const response = await app.request(path, init)
    const text = await response.text()
    assert.ok(response.ok, text)
    return schema.parse(JSON.parse(text))
  }
  const submit = async (changes: object = {}): Promise<number> =>
    (await ask(submittedExportSchema, '/exports', { ...WISH, ...changes })).number
  const detailOf = (number: number) => ask(exportDetailSchema, `/exports/${number}`)
  const act = async (number: number, deed: string) =>
    (await app.request(`/exports/${number}/${deed}`, { method: 'POST' })).status
  const preview = (changes: object = {}) =>
    ask(exportPreviewSchema, '/exports/preview', { ...WISH, ...changes })

  async function refusal(path: string, init?: RequestInit): Promise<string> {
    const response = await app.request(path, init)
    return `${response.status} ${await response.text()}`
  }
  const refused = (changes: object) =>
    refusal('/exports', { method: 'POST', body: JSON.stringify({ ...WISH, ...changes }) })

  async function ended(number: number) {
    for (;;) {
      const detail = await detailOf(number)
      if (/^(?:done|problems|failed)$/.test(detail.job.state) && detail.mail.place !== 'due')
        return detail
      await setImmediate()
    }
  }

  it('are jobs of IPS, of which SOAP tells the same', async () => {
    const number = await submit({ assets: ['shoe', 'tale'] })
    const { job, assets, whole, lines } = await ended(number)
    assert.deepEqual(
      [job.title, job.by, job.fmt, job.total, job.done, job.failed, job.state],
      ['Web', 'ann', 'orig', 2, 2, 0, 'done'],
    )
    assert.deepEqual(
      assets.map(({ name, state, spans }) => [name, state, ...spans.map(({ step }) => step)]),
      [
        ['shoe', 'done', 'render'],
        ['tale', 'done', 'render'],
      ],
    )
    assert.deepEqual(
      whole.spans.map(({ step }) => step),
      ['wait', 'pack'],
    )
    assert.deepEqual(lines.map(({ type }) => type).toSorted(), ['EndGet', 'FileEnd', 'FileEnd'])
    const handles = `<companyHandle>c|${COMPANY}</companyHandle><jobHandle>j|${number}</jobHandle>`
    const told = await call(opened.app, 'getJobLogDetails', handles)
    assert.deepEqual(
      texts(told, 'logMessage'),
      lines.map(({ message }) => message),
    )
  })

  it('have a ZIP at an address of the service, until it expires', async () => {
    const { job } = await ended(await submit())
    assert.equal(job.zip?.name, 'Web.zip')
    assert.ok((job.zip?.expires ?? 0) > Date.now())
    const answer = await opened.app.request(`${ORIGIN}${job.zip?.path}`)
    const files = await readZip(new Uint8Array(await answer.arrayBuffer()))
    assert.deepEqual(Object.keys(files), ['shoe.jpg'])
  })

  it('are listed newest first', async () => {
    const older = await submit()
    const newer = await submit()
    const { jobs, more } = await ask(exportPageSchema, '/exports')
    assert.deepEqual(
      jobs.slice(0, 2).map(({ number }) => number),
      [newer, older],
    )
    assert.equal(more, false)
    const [next] = (await ask(exportPageSchema, `/exports?before=${newer}`)).jobs
    assert.equal(next?.number, older)
    await ended(newer)
  })

  it('are seen before they are submitted, under the names that they will have', async () => {
    const convert = { fmt: 'convert', macro: '$web$', modifier: 'hei=30' }
    const assets = ['shoe', 'winter/Shoe', 'tale', 'album']
    const { handles, entries, problem } = await preview({ ...convert, assets })
    assert.equal(problem, undefined)
    assert.equal(handles.length, 4)
    assert.deepEqual(
      entries.map(({ way, file, width, height }) => [way, file, width, height]),
      [
        ['picture', 'shoe.tiff', 40, 30],
        ['picture', 'Shoe-2.tiff', 40, 30],
        ['original', 'tale.mp3', undefined, undefined],
        ['none', undefined, undefined, undefined],
      ],
    )
    assert.equal(
      entries[3]?.problem,
      'album is left out: assets of the type ImageSet cannot be exported.',
    )
  })

  it('show their pictures small, in a format of browsers', async () => {
    const query = new URLSearchParams({
      company: COMPANY,
      asset: 'shoe',
      fmt: 'convert',
      macro: '$web$',
    })
    const answer = await app.request(`/exports/picture?${query.toString()}`)
    assert.equal(answer.headers.get('content-type'), 'image/png')
    const job = opened.renderer.jobs.at(-1)
    assert.equal(job?.encoding?.format, 'png')
    assert.deepEqual([job.composition.view.width, job.composition.view.height], [480, 480])
    const [{ content }] = job.composition.layers
    assert.equal(content.kind === 'composition' && content.composition.view.width, 40)
  })

  it('tell what IPS would refuse, and refuse it', async () => {
    const cases: [changes: object, sentence: string][] = [
      [
        { fmt: 'convert' },
        'An exportJob with the fmt convert needs is_modifier or macro, which say what to convert to.',
      ],
      [
        { fmt: 'convert', macro: '$none$' },
        'macro must be the name of an image format between dollar signs, such as $web$, and there is no "$none$".',
      ],
      [
        { assets: ['album'] },
        'Nothing is left to export: assets of the type ImageSet cannot be exported.',
      ],
      [{ assets: [] }, 'assetHandleArray must have assets, and it has none.'],
    ]
    for (const [changes, sentence] of cases) {
      assert.equal((await preview(changes)).problem, sentence)
      assert.equal(await refused(changes), `400 ${JSON.stringify({ message: sentence })}`)
    }
    assert.match(await refused({ assets: ['boot'] }), /^404 .*no asset \\"boot\\" in acme any more/)
    assert.match(await refused({ emailSetting: 'Often' }), /^400 .*emailSetting must be one of/)
    assert.match(await refused({ name: ' ' }), /^400 .*jobName must have from 1 to 200 letters/)
  })

  it('wait while they are paused, go on, and end when they are stopped', async () => {
    const gate = Promise.withResolvers<never>()
    gate.promise.catch(() => undefined)
    opened.renderer.answerWith(async (job, signal) => {
      if (!job.encoding) return { bytes: undefined, composite: SIZE, view: SIZE }
      signal.addEventListener('abort', () => gate.reject(signal.reason))
      return gate.promise
    })
    const number = await submit({ fmt: 'convert', modifier: 'wid=30' })
    while ((await detailOf(number)).job.state !== 'running') await setImmediate()
    assert.equal(await act(number, 'pause'), 204)
    assert.equal((await detailOf(number)).job.state, 'paused')
    assert.equal(await act(number, 'stop'), 204)
    const { job, lines } = await ended(number)
    opened.renderer.answerAsEver()
    assert.equal(job.state, 'failed')
    assert.equal(lines.at(-1)?.message, 'ann has stopped the job.')
    assert.match(
      await refusal(`/exports/${number}/pause`, { method: 'POST' }),
      /^400 .*The job j\|\d+ is done\./,
    )
    assert.match(
      await refusal(`/exports/${number}/explode`, { method: 'POST' }),
      /^404 .*one of stop, pause, resume, begin\./,
    )
  })

  it('are gone once they are deleted', async () => {
    const number = await submit()
    await ended(number)
    const answer = await app.request(`/exports/${number}`, { method: 'DELETE' })
    assert.equal(answer.status, 204)
    const gone = `404 {"message":"There is no export ${number} any more."}`
    assert.equal(await refusal(`/exports/${number}`), gone)
    assert.equal(await refusal(`/exports/${number}`, { method: 'DELETE' }), gone)
    assert.match(await refusal('/exports/x%00'), /^404 .*Exports have numbers/)
  })

  it('have a mail that is shown without its doing anything', async () => {
    const { mail, job } = await ended(await submit({ emailSetting: 'All', name: 'A <b> & c' }))
    assert.equal(mail.place === 'file' && mail.subject, 'A <b> & c: done')
    const answer = await app.request(`/exports/${job.number}/mail`)
    assert.match(await answer.text(), /A &lt;b&gt; &amp; c: done/)
    assert.match(
      answer.headers.get('content-security-policy') ?? '',
      /^sandbox; default-src 'none';/,
    )
    const none = await ended(await submit())
    assert.deepEqual(none.mail, { place: 'unwanted' })
    assert.match(await refusal(`/exports/${none.job.number}/mail`), /^404 /)
  })

  it('are told of while a page is open, each with its newest state', async () => {
    const heard: Update[] = []
    const done = Promise.withResolvers<void>()
    const stop = updates.subscribe((update) => {
      heard.push(update)
      if (update.about === 'export' && update.job.state === 'done') done.resolve()
    })
    const number = await submit()
    await done.promise
    const gone = Promise.withResolvers<Update>()
    const stopBoth = updates.subscribe((update) => gone.resolve(update))
    await app.request(`/exports/${number}`, { method: 'DELETE' })
    assert.deepEqual(await gone.promise, { about: 'removed-export', number })
    stop()
    stopBoth()
    assert.ok(
      heard.every(
        (each) => 'number' in each || (each.about === 'export' && each.job.number === number),
      ),
    )
  })
})

const SIZE = { width: 30, height: 20 }
