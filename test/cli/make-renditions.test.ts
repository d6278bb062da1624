import assert from 'node:assert/strict'
import { EventEmitter, on } from 'node:events'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import * as z from 'zod/mini'
import { makeRenditions } from '../../src/cli/make-renditions.ts'
import type { RenditionOutcome } from '../../src/cli/rendition-outcome.ts'
import type { ServiceClient } from '../../src/client/service-client.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

const bodySchema = z.object({ renditions: z.array(z.looseObject({})) })

/** A service that makes renditions when so many requests have come, but none of requests from `held` on. */
function fakeService({ held = Infinity, together = 1 } = {}) {
  const journal = new EventEmitter()
  let [sent, underWay, most] = [0, 0, 0]
  const answers: (() => void)[] = []
  const client: ServiceClient = {
    origin: 'https://service.test',
    objects: {
      put: async () => undefined,
      readUrl: async (key) => `https://store.test/${key}`,
      targetUrl: async (key) => `https://store.test/${key}`,
      get: () => assert.fail('nothing is read'),
    },
    async process(requestId, body) {
      sent += 1
      underWay += 1
      most = Math.max(most, underWay)
      const { renditions } = bodySchema.parse(body)
      const answer = (): void => {
        underWay -= 1
        for (const rendition of renditions) {
          journal.emit('event', { type: 'rendition_created', requestId, rendition })
        }
      }
      answers.push(answer)
      if (sent > held || answers.length < together) return
      for (const each of answers.splice(0)) setImmediate(each)
    },
    async *events(signal) {
      for await (const [event] of on(journal, 'event', { signal })) yield event
      throw signal.reason
    },
    async save(_event, _key, file) {
      writeFileSync(file, 'made')
      return false
    },
  }
  return { client, most: () => most, held: () => answers.length }
}

const placed = (outcomes: readonly RenditionOutcome[], out: string) =>
  outcomes.map(({ file }) => file && path.relative(out, file))

describe('making renditions', () => {
  const folder = useTemporaryFolder()
  const given = (name: string, within = '') => {
    const file = folder.pathTo(name)
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, 'source')
    return { file, title: name, within }
  }
  const renditions = [{ name: 'a.png', fmt: 'png' }]
  it('gives each source a folder, in the folders where they were found, and no two the same', async () => {
    const out = folder.pathTo('out')
    const sources = [
      given('one/a.jpg'),
      given('two/A.jpg'),
      given('three/deep/a.jpg', 'deep'),
      given('four/a.jpg'),
    ]
    const { client } = fakeService()
    const outcomes = await makeRenditions(client, { sources, renditions, out }, () => undefined)
    assert.deepEqual(placed(outcomes, out), [
      'a.jpg/a.png',
      'A.jpg-2/a.png',
      'deep/a.jpg/a.png',
      'a.jpg-3/a.png',
    ])
  })

  it('puts the renditions of the only source into the folder itself', async () => {
    const out = folder.pathTo('single')
    const sources = [given('one/a.jpg')]
    const { client } = fakeService()
    const outcomes = await makeRenditions(client, { sources, renditions, out }, () => undefined)
    assert.deepEqual(placed(outcomes, out), ['a.png'])
  })

  it('has no more sources on their way at a time than it is told', async () => {
    const sources = Array.from({ length: 8 }, (_, index) => given(`many/${index}.jpg`))
    const service = fakeService({ together: 2 })
    const wanted = { sources, renditions, out: folder.pathTo('many-out'), concurrency: 2 }
    const outcomes = await makeRenditions(service.client, wanted, () => undefined)
    assert.equal(service.most(), 2)
    assert.ok(outcomes.every(({ state }) => state === 'created'))
  })

  it('fails a source that has gone, and makes the others', async () => {
    const gone = { file: folder.pathTo('gone.jpg'), title: 'gone.jpg', within: '' }
    const sources = [gone, given('one/a.jpg')]
    const { client } = fakeService()
    const wanted = { sources, renditions, out: folder.pathTo('gone-out') }
    const [failed, made] = await makeRenditions(client, wanted, () => undefined)
    assert.equal(failed?.errorMessage, `${gone.file} cannot be read (ENOENT).`)
    assert.equal(made?.state, 'created')
  })

  it('stops when it is interrupted, and what has been made by then is there', async () => {
    const sources = Array.from({ length: 5 }, (_, index) => given(`stopped/${index}.jpg`))
    const service = fakeService({ held: 2 })
    const interruption = new AbortController()
    const wanted = { sources, renditions, out: folder.pathTo('stopped-out'), concurrency: 1 }
    let latest: readonly RenditionOutcome[] = []
    const making = makeRenditions(
      service.client,
      wanted,
      (outcomes) => {
        latest = outcomes
        const created = outcomes.filter(({ state }) => state === 'created')
        if (created.length === 2) interruption.abort(new Error('It was stopped.'))
      },
      interruption.signal,
    )
    await assert.rejects(making, /It was stopped/)
    const made = latest.flatMap(({ file }) => file ?? [])
    assert.equal(made.length, 2)
    assert.ok(made.every((file) => existsSync(file)))
    assert.ok(service.held() <= 1, 'no more is begun')
  })
})
