import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import type { NearbyRequest } from '../../src/base/nearby-service.ts'
import { prepareUpload } from '../../src/sdk/rendition-upload.ts'
import { refuseTargetOutOfReach } from '../../src/sdk/target-reach.ts'
import { useNearbyService } from '../support/nearby-service.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

const ORIGIN = 'https://service.test:9443'
const TARGET = `${ORIGIN}/storage/objects/a.png?signature=s`
const LARGEST = 4 * 1024 ** 2

describe('the upload of a rendition to the storage of the service that made it', () => {
  const folder = useTemporaryFolder()
  const nearby = useNearbyService()
  let sent: { request: NearbyRequest; body: Uint8Array }[] = []
  const { __OW_API_HOST: before } = process.env

  beforeEach(() => {
    process.env['__OW_API_HOST'] = ORIGIN
    sent = []
  })
  afterEach(() => {
    if (before === undefined) delete process.env['__OW_API_HOST']
    else process.env['__OW_API_HOST'] = before
  })

  async function upload(
    target: unknown,
    content: string | Buffer,
    isTaken = true,
    embedded = false,
  ) {
    nearby.be({
      async send(request, body) {
        sent.push({ request, body })
        return isTaken
      },
    })
    const path = folder.pathTo('rendition0.png')
    await writeFile(path, content)
    const rendition: Parameters<typeof prepareUpload>[0] = {
      path,
      target,
      shouldEmbedInIOEvent: () => embedded,
      contentType: async () => 'text/plain; charset=utf-8',
    }
    return { isUploaded: await prepareUpload(rendition), rendition }
  }

  const targets: [what: string, target: unknown][] = [
    ['a URL', TARGET],
    ['several', { urls: [TARGET, `${TARGET}2`], minPartSize: 10, maxPartSize: 100 }],
  ]
  for (const [what, target] of targets) {
    it(`needs no connection for ${what}, and leaves nothing to the SDK`, async () => {
      const { isUploaded, rendition } = await upload(target, 'some bytes')
      assert.ok(isUploaded)
      const headers = { 'content-type': 'text/plain; charset=utf-8' }
      const request = { method: 'PUT', url: TARGET, headers }
      assert.deepEqual(sent, [{ request, body: Buffer.from('some bytes') }])
      assert.equal(rendition.target, undefined)
      const sha1 = createHash('sha1').update('some bytes').digest('hex')
      assert.equal(await rendition.sha1?.(), sha1)
    })
  }

  const others: [what: string, target: unknown, content: string | Buffer, embedded: boolean][] = [
    ['to another host', TARGET.replace('service.test', 'elsewhere.test'), 'a', false],
    ['to another port', TARGET.replace(':9443', ':9444'), 'a', false],
    ['to what only looks like it', `https://elsewhere.test/?${TARGET}`, 'a', false],
    ['to another path of it', `${ORIGIN}/storage/other`, 'a', false],
    ['that comes in its event', TARGET, 'a', true],
    ['larger than a letter', TARGET, Buffer.alloc(LARGEST + 1), false],
  ]
  for (const [what, target, content, embedded] of others) {
    it(`is left to the SDK for one ${what}`, async () => {
      const { isUploaded, rendition } = await upload(target, content, true, embedded)
      assert.ok(!isUploaded)
      assert.deepEqual(sent, [])
      assert.equal(rendition.target, target)
    })
  }

  it('is left to the SDK where it is refused, so that its sentence is told', async () => {
    const { isUploaded, rendition } = await upload(TARGET, 'a', false)
    assert.ok(!isUploaded)
    assert.equal(sent.length, 1)
    assert.equal(rendition.target, TARGET)
    assert.equal(rendition.sha1, undefined)
  })

  it('is not asked whether its host is within reach', async () => {
    const origin = 'https://169.254.1.1'
    await assert.rejects(refuseTargetOutOfReach(`${origin}/storage/objects/a`))
    process.env['__OW_API_HOST'] = origin
    await refuseTargetOutOfReach(`${origin}/storage/objects/a`)
  })
})
