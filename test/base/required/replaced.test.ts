import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import type { NearbyRequest } from '../../../src/base/nearby-service.ts'
import { replace } from '../../../src/base/required/replaced.ts'
import { useNearbyService } from '../../support/nearby-service.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'

const EVENTS = 'https://service.test/asset-compute/events'

describe('what packages of the SDK have in place of fs-extra', () => {
  const folder = useTemporaryFolder()
  const replaced = replace('fs-extra', () => ({ copy: () => 'as it was' }))

  const call = (name: string, path: string): unknown =>
    Reflect.apply(Reflect.get(Object(replaced), name), undefined, [path])

  it('makes folders, those around them and those that are there', async () => {
    const path = folder.pathTo('a/b/c')
    await call('mkdirs', path)
    await call('mkdirs', path)
    assert.ok(existsSync(path))
  })

  it('removes a folder with all that is in it, and what is not there', async () => {
    await mkdir(folder.pathTo('full/of'), { recursive: true })
    await writeFile(folder.pathTo('full/of/bytes'), 'x')
    await call('remove', folder.pathTo('full'))
    await call('remove', folder.pathTo('full'))
    assert.ok(!existsSync(folder.pathTo('full')))
  })

  it('rejects, and never throws', async () => {
    await writeFile(folder.pathTo('file'), 'x')
    const making = call('mkdirs', folder.pathTo('file/below'))
    assert.ok(making instanceof Promise)
    await assert.rejects(making, { code: 'ENOTDIR' })
  })

  it('has all else as it was', () => {
    assert.equal(call('copy', ''), 'as it was')
  })
})

describe('what packages of the SDK have in place of a fetch for events', () => {
  const nearby = useNearbyService()
  let sent: { request: NearbyRequest; body: string }[] = []
  let fetched: unknown[][] = []
  let loads = 0

  const replaced = replace('@adobe/node-fetch-retry', () => {
    loads += 1
    return async (...given: unknown[]) => {
      fetched.push(given)
      return 'by a connection'
    }
  })
  const call = async (...given: unknown[]): Promise<unknown> => {
    assert.ok(typeof replaced === 'function')
    return Reflect.apply(replaced, undefined, given)
  }

  function answer(isTaken: boolean): void {
    sent = []
    fetched = []
    loads = 0
    nearby.be({
      async send(request, body) {
        sent.push({ request, body: Buffer.from(body).toString() })
        return isTaken
      },
    })
  }

  const event = {
    method: 'POST',
    headers: { 'x-signature': 's', 'x-missing': undefined },
    body: '{"é":1}',
  }

  it('posts without a connection, and loads nothing for it', async () => {
    answer(true)
    assert.partialDeepStrictEqual(await call(EVENTS, event), { ok: true, status: 200 })
    const request = { method: 'POST', url: EVENTS, headers: { 'x-signature': 's' } }
    assert.deepEqual(sent, [{ request, body: '{"é":1}' }])
    assert.equal(loads, 0)
  })

  it('fetches what is not taken, as it was to be fetched', async () => {
    answer(false)
    assert.equal(await call(EVENTS, event), 'by a connection')
    assert.deepEqual(fetched, [[EVENTS, event]])
  })

  const others: [what: string, ...given: unknown[]][] = [
    ['is no POST', EVENTS, { ...event, method: 'PUT' }],
    ['has no text', EVENTS, { ...event, body: Buffer.from('x') }],
    ['has no options', EVENTS, undefined],
    ['has a URL that is an object', new URL(EVENTS), event],
  ]
  for (const [what, ...given] of others) {
    it(`fetches what ${what}`, async () => {
      answer(true)
      assert.equal(await call(...given), 'by a connection')
      assert.deepEqual([sent, fetched], [[], [given]])
    })
  }
})
