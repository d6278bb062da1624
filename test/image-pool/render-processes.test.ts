import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import sharp from 'sharp'
import {
  createRenderProcesses,
  type RenderProcesses,
} from '../../src/image-pool/render-processes.ts'
import type { Catalogue } from '../../src/image-serving/catalogue.ts'
import { readImageRequest } from '../../src/image-serving/image-request.ts'
import { pdfOf } from '../support/pdf.ts'

const CATALOGUE: Catalogue = {
  find: (object) => (object === 'co/none' ? undefined : { object }),
  findMacro: () => undefined,
  attributes: {
    maxPix: { width: 5000, height: 5000 },
    defaultPix: { width: 400, height: 400 },
    jpegQuality: '80',
    background: 'ffffff',
    resMode: 'sharp2',
  },
}

describe('the processes that make pictures', function () {
  this.timeout(120_000)
  const folder = mkdtempSync(path.join(tmpdir(), 'darkroom-test-'))
  const work = path.join(folder, 'work')
  let processes: RenderProcesses

  const file = (name: string) => ({ path: path.join(folder, name), name })
  const files = { 'co/red': file('red.png'), 'co/broken': file('broken.png') }
  const never = new AbortController().signal

  const pids = () => processes.status().pictures.pids

  const job = (object: string, query: string) => {
    const { composition, encoding } = readImageRequest({ object, query }, CATALOGUE)
    return { composition, encoding, files }
  }

  before(async () => {
    const create = { width: 60, height: 40, channels: 3, background: '#f00' } as const
    await sharp({ create }).png().toFile(files['co/red'].path)
    writeFileSync(files['co/broken'].path, 'nothing that is a picture')
    processes = createRenderProcesses({
      folder: work,
      maxPixels: 1_000_000,
      environment: process.env,
      processes: 1,
    })
  })
  after(async () => {
    await processes.close?.()
    rmSync(folder, { recursive: true })
  })

  it('are there before the first picture when one is asked for, and then are no more than they may be', async () => {
    processes.warm()
    processes.warm()
    const first = pids()
    assert.equal(first.length, 1)
    await processes.render(job('co/red', 'wid=5'), never)
    processes.warm()
    assert.deepEqual(pids(), first)
  })

  it('count the pages of a PDF, and show each', async () => {
    const pdf = file('two.pdf')
    writeFileSync(
      pdf.path,
      await pdfOf([(page) => page.setSize(30, 20), (page) => page.setSize(20, 30)]),
    )
    assert.equal(await processes.countPages(pdf, never), 2)
    const { composition } = readImageRequest({ object: 'co/two', query: 'scl=1' }, CATALOGUE)
    const shown = { composition, encoding: undefined, files: { 'co/two': { ...pdf, page: 2 } } }
    const { composite } = await processes.render(shown, never)
    assert.ok(composite.height > composite.width)
  })

  it('make a picture into a file, unless it has too many pixels', async () => {
    const [to, other] = [path.join(folder, 'made.png'), path.join(folder, 'other.png')]
    const made = await processes.render({ ...job('co/red', 'wid=30&fmt=png'), to }, never)
    assert.deepEqual([made.bytes, (await sharp(to).metadata()).width], [undefined, 30])
    const large = { ...job('co/red', 'wid=30&fmt=png'), to: other, mostPixels: 599 }
    const { view } = await processes.render(large, never)
    assert.deepEqual([view, existsSync(other)], [{ width: 30, height: 20 }, false])
  })

  it('tell what the system says of that file', async () => {
    const to = path.join(folder, 'nowhere', 'made.png')
    await assert.rejects(processes.render({ ...job('co/red', 'wid=5'), to }, never), {
      code: 'ENOENT',
    })
  })

  it('make a picture, and tell its sizes', async () => {
    const { bytes, composite, view } = await processes.render(
      job('co/red', 'wid=30&fmt=png'),
      never,
    )
    assert.deepEqual(
      { composite, view },
      { composite: { width: 60, height: 40 }, view: { width: 30, height: 20 } },
    )
    const { data } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true })
    assert.deepEqual([...data.subarray(0, 3)], [255, 0, 0])
  })

  it('tell sizes without making a picture', async () => {
    const measured = await processes.render(
      { ...job('co/red', 'hei=10'), encoding: undefined },
      never,
    )
    assert.equal(measured.bytes, undefined)
    assert.deepEqual(measured.view, { width: 15, height: 10 })
  })

  it('read metadata as XMP', async () => {
    assert.match(await processes.readXmp(files['co/red'], never), /<rdf:RDF/)
  })

  it('embed metadata in a picture', async () => {
    const wanted = job('co/red', 'wid=5&fmt=png&xmpEmbed=1')
    const { bytes } = await processes.render({ ...wanted, xmpOf: 'co/red' }, never)
    assert.match((await sharp(bytes).metadata()).xmp?.toString() ?? '', /<rdf:RDF/)
  })

  it('fail for a file that is none, with the code of what is wrong', async () => {
    await assert.rejects(processes.render(job('co/broken', 'wid=5'), never), {
      name: 'OperationError',
      code: 'source_no_picture',
    })
  })

  it('refuse what would take too much memory, and make the next', async () => {
    const large = job('co/red', 'scale=100&rotate=1&scl=1&layer=1&src=co/red')
    await assert.rejects(processes.render(large, never), { name: 'OperationError' })
    assert.ok((await processes.render(job('co/red', 'wid=5'), never)).bytes)
  })

  it('give up what nobody waits for any more, and make the next', async () => {
    const gone = new AbortController()
    const given = processes.render(job('co/red', 'wid=50&op_blur=90'), gone.signal)
    gone.abort(new Error('the client has gone'))
    await assert.rejects(given, { message: 'the client has gone' })
    assert.ok((await processes.render(job('co/red', 'wid=6'), never)).bytes)
  })

  it('leave nothing on the disk but what they have under way', () => {
    const kinds = readdirSync(work).map((kind) => path.join(work, kind))
    const own = kinds.flatMap((kind) => readdirSync(kind).map((each) => path.join(kind, each)))
    const { pictures, metadata } = processes.status()
    const living = new Set([...pictures.pids, ...metadata.pids].map(String))
    assert.ok(own.length > 0 && own.every((each) => living.has(path.basename(each))), String(own))
    assert.deepEqual(
      own.flatMap((each) => readdirSync(each)),
      [],
    )
  })

  it('are gone, with their folder, when they are closed', async () => {
    await processes.close?.()
    assert.equal(existsSync(work), false)
    await assert.rejects(processes.render(job('co/red', 'wid=5'), never))
  })
})
