import assert from 'node:assert/strict'
import { EventEmitter, on } from 'node:events'
import * as z from 'zod/mini'
import type { RenderRequest } from '../../src/client/prepare-request.ts'
import { type Rendering, startRendering } from '../../src/client/rendering.ts'
import { readPosition } from '../../src/client/rendition-mark.ts'
import type { RenditionEvent } from '../../src/contract/event.ts'

const sentSchema = z.object({
  source: z.optional(z.unknown()),
  renditions: z.array(z.looseObject({})),
})

/** A service that has uploads, requests and events noted and sent by the test. */
function fakeService(answer: () => Promise<void> = () => Promise.resolve()) {
  const journal = new EventEmitter()
  const puts: string[] = []
  const sent = Promise.withResolvers<z.infer<typeof sentSchema>>()
  const client: Parameters<typeof startRendering>[0] = {
    objects: {
      put: async (key, content) =>
        void puts.push(`${key} ${typeof content === 'string' ? content : 'no file'}`),
      readUrl: async (key) => `https://store/${key}?signature=r`,
      targetUrl: async (key) => `https://store/${key}?signature=w`,
      get: () => assert.fail('nothing is read'),
    },
    async process(_requestId, body) {
      await answer()
      sent.resolve(sentSchema.parse(body))
    },
    async *events(signal) {
      for await (const [event] of on(journal, 'event', { signal })) {
        if (event instanceof Error) throw event
        yield event
      }
      throw signal.reason
    },
  }
  return {
    client,
    puts,
    sent: sent.promise,
    tell: (event: unknown) => journal.emit('event', event),
  }
}

function request(fields: Partial<RenderRequest> = {}): RenderRequest {
  return {
    id: 'one',
    source: { key: 'in', upload: '/tmp/a.png', name: 'a.png', size: 3, type: 'image/png' },
    files: new Map(),
    renditions: [
      { instructions: { fmt: 'png' }, key: 'out/0' },
      { instructions: { fmt: 'png', userData: { mine: 1 } }, key: 'out/1' },
    ],
    ...fields,
  }
}

function eventOf(
  requestId: string,
  rendition: Record<string, unknown> | undefined,
): RenditionEvent {
  return { type: 'rendition_created', requestId, rendition: rendition ?? {} }
}

describe('render', () => {
  const renderings: Rendering[] = []
  function start(client: Parameters<typeof startRendering>[0]): Rendering {
    const rendering = startRendering(client)
    renderings.push(rendering)
    return rendering
  }
  afterEach(() => {
    for (const rendering of renderings.splice(0)) rendering.end()
  })

  it('uploads, sends, and gives each rendition its event, whatever their order', async () => {
    const { client, puts, sent, tell } = fakeService()
    const ended: number[] = []
    const rendered = start(client).render(request(), ({ position }) => void ended.push(position))
    const { source, renditions } = await sent
    assert.deepEqual(puts, ['in /tmp/a.png'])
    assert.deepEqual(source, {
      url: 'https://store/in?signature=r',
      name: 'a.png',
      size: 3,
      mimetype: 'image/png',
    })
    assert.deepEqual(
      renditions.map((each) => each['target']),
      ['https://store/out/0?signature=w', 'https://store/out/1?signature=w'],
    )
    assert.deepEqual(renditions.map(readPosition), [0, 1])
    const [first, second] = renditions
    tell(eventOf('other', first))
    tell(eventOf('one', second))
    tell({ ...eventOf('one', second), type: 'rendition_failed' })
    tell(eventOf('one', first))
    const all = await rendered
    assert.deepEqual(ended, [1, 0])
    assert.deepEqual(
      all.map(({ position, event }) => [position, event.type]),
      [
        [0, 'rendition_created'],
        [1, 'rendition_created'],
      ],
    )
  })

  it('puts URLs for the files that instructions name, and uploads each once', async () => {
    const { client, puts, sent } = fakeService()
    const file = { key: 'mark', upload: '/tmp/mark.png' }
    const instructions = {
      fmt: 'png',
      watermark: { image: './mark.png' },
      also: ['mark.png', './x'],
    }
    const files = new Map<string, typeof file | URL>([
      ['./mark.png', file],
      ['mark.png', file],
      ['./x', new URL('https://elsewhere/x')],
    ])
    const rendering = start(client)
    const rendered = rendering.render(
      request({ source: undefined, files, renditions: [{ instructions, key: 'out' }] }),
    )
    const { source, renditions } = await sent
    assert.equal(source, undefined)
    assert.deepEqual(puts, ['mark /tmp/mark.png'])
    const url = 'https://store/mark?signature=r'
    assert.deepEqual(
      [renditions[0]?.['watermark'], renditions[0]?.['also']],
      [{ image: url }, [url, 'https://elsewhere/x']],
    )
    rendering.end()
    await assert.rejects(rendered, { name: 'AbortError' })
  })

  it('fails with what the service refuses, and with what is made of an event', async () => {
    const refused = fakeService(() => Promise.reject(new Error('refused')))
    await assert.rejects(start(refused.client).render(request()), { message: 'refused' })

    const { client, sent, tell } = fakeService()
    const rendered = start(client).render(request(), () => Promise.reject(new Error('disk full')))
    tell(eventOf('one', (await sent).renditions[0]))
    await assert.rejects(rendered, { message: 'disk full' })
  })

  it('fails when the journal cannot be read any more', async () => {
    const { client, sent, tell } = fakeService()
    const rendering = start(client)
    const rendered = rendering.render(request())
    await sent
    tell(new Error('unregistered'))
    await assert.rejects(rendered, { message: 'unregistered' })
    await assert.rejects(rendering.render(request()), { message: 'unregistered' })
  })
})
