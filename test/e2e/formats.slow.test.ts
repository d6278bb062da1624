import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import * as z from 'zod/mini'
import { readArchivedFiles } from '../../src/cases/archive-comparison.ts'
import { useRegisteredService } from './registered-service.ts'

const PACKET = Buffer.from(
  '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="3"/></rdf:RDF>',
).toString('base64')

const eventSchema = z.object({
  type: z.string(),
  errorMessage: z.optional(z.string()),
  rendition: z.record(z.string(), z.unknown()),
  metadata: z.object({ 'dc:format': z.string(), 'repo:size': z.int() }),
})

describe('renditions that name no worker', function () {
  this.timeout(300_000)
  const { eventsOf, presign, store } = useRegisteredService()

  it('are made by the action of their format, side by side in one request', async () => {
    const source = await store('portrait.jpg', new Uint8Array(readFileSync('samples/portrait.jpg')))
    const asked: [mediaType: string, instructions: Record<string, unknown>][] = [
      ['image/png', { fmt: 'png', width: 20 }],
      ['text/plain', { fmt: 'txt' }],
      ['application/rdf+xml', { fmt: 'xml' }],
      ['image/jpeg', { fmt: 'jpeg', xmp: PACKET }],
      ['application/zip', { fmt: 'zip', files: [source] }],
    ]
    const events = await eventsOf({
      source,
      renditions: await Promise.all(
        asked.map(async ([, instructions], index) => {
          const name = `rendition ${index}`
          return { ...instructions, name, target: await presign(name, 'w') }
        }),
      ),
    })
    assert.deepEqual(
      events.map((event) => eventSchema.parse(event).metadata['dc:format']),
      asked.map(([mediaType]) => mediaType),
    )
  })

  it('are archives without a source, whose files no event tells', async () => {
    const files = await Promise.all(
      ['one', 'two'].map(async (name) => ({ url: await store(name, name), path: `${name}.txt` })),
    )
    const target = await presign('all.zip', 'rw')
    const [event] = await eventsOf({
      source: undefined,
      renditions: [{ name: 'all.zip', fmt: 'zip', files, target }],
    })
    const { type, rendition } = eventSchema.parse(event)
    assert.equal(type, 'rendition_created')
    assert.deepEqual(rendition, { name: 'all.zip', fmt: 'zip' })
    const archive = Buffer.from(await (await fetch(target)).arrayBuffer())
    assert.deepEqual(
      (await readArchivedFiles(archive)).map(({ path, content }) => [path, String(content)]),
      [
        ['one.txt', 'one'],
        ['two.txt', 'two'],
      ],
    )
  })
})
