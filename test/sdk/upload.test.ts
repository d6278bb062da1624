import assert from 'node:assert/strict'
import { truncate, writeFile } from 'node:fs/promises'
import nock from 'nock'
import { prepareUpload } from '../../src/sdk/rendition-upload.ts'
import { useNock } from '../support/nock.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

const HOST = 'https://storage.example.com'
const TARGET = `${HOST}/text.txt?sig=secret`
const AT_ONCE = { pausesMs: [0, 0] }

describe('the upload of a rendition', () => {
  useNock()
  const folder = useTemporaryFolder()

  async function renditionOf(content: string, target: unknown, embedded = false) {
    const path = folder.pathTo('rendition0.txt')
    await writeFile(path, content)
    return {
      path,
      target,
      shouldEmbedInIOEvent: () => embedded,
      contentType: async () => 'text/plain; charset=utf-8',
    }
  }

  const uploads = (...statuses: number[]): nock.Scope[] =>
    statuses.map((status) =>
      nock(HOST, {
        reqheaders: { 'content-type': 'text/plain; charset=utf-8', 'content-length': '0' },
      })
        .put('/text.txt', '')
        .query({ sig: 'secret' })
        .reply(status),
    )

  const targets: [title: string, target: unknown][] = [
    ['a URL', TARGET],
    ['several URLs', { urls: [TARGET, `${HOST}/other`], minPartSize: 1, maxPartSize: 100 }],
  ]
  for (const [title, target] of targets) {
    it(`is done for one without bytes and ${title}, and leaves nothing to the SDK`, async () => {
      const [put] = uploads(201)
      const rendition = await renditionOf('', target)
      await prepareUpload(rendition)
      assert.ok(put?.isDone())
      assert.equal(rendition.target, undefined)
    })
  }

  const MEGABYTE = 1024 * 1024
  const urls = Array.from({ length: 10 }, (_, part) => `${HOST}/${part}`)
  const parts: { title: string; megabytes: number; target: object; partSize?: number }[] = [
    { title: '8 MB', megabytes: 1, target: { urls, maxPartSize: 100 * MEGABYTE }, partSize: 8 },
    { title: '8 MB without a limit of the target', megabytes: 1, target: { urls }, partSize: 8 },
    {
      title: 'as much as the number of URLs demands',
      megabytes: 200,
      target: { urls, maxPartSize: 100 * MEGABYTE },
      partSize: 20,
    },
    {
      title: 'at least as much as the target wants',
      megabytes: 1,
      target: { urls, minPartSize: 10 * MEGABYTE, maxPartSize: 100 * MEGABYTE },
      partSize: 10,
    },
    { title: 'what the target takes at most', megabytes: 1, target: { urls, maxPartSize: 1000 } },
  ]
  for (const { title, megabytes, target, partSize } of parts) {
    it(`has parts of ${title}`, async () => {
      const rendition = await renditionOf('', target)
      await truncate(rendition.path, megabytes * MEGABYTE)
      await prepareUpload(rendition)
      const expected =
        partSize === undefined ? target : { ...target, maxPartSize: partSize * MEGABYTE }
      assert.deepEqual(rendition.target, expected)
    })
  }

  const long: [title: string, target: unknown, most: string][] = [
    ['a URL', TARGET, 'one URL takes at most 104857600'],
    ['one URL in parts', { urls: [TARGET] }, 'one URL takes at most 104857600'],
    ['two', { urls: [TARGET, TARGET] }, '2 URLs take at most 209715200'],
  ]
  for (const [title, target, most] of long) {
    it(`is refused for more than ${title} may have, without a local path`, async () => {
      const rendition = await renditionOf('', target)
      await truncate(rendition.path, 300 * MEGABYTE)
      await assert.rejects(prepareUpload(rendition), {
        reason: 'RenditionTooLarge',
        message: `rendition size of 314572800 for a target is too large: ${most} bytes`,
      })
    })
  }

  const others: [title: string, content: string, target: unknown, embedded: boolean][] = [
    ['one that has bytes', 'text', TARGET, false],
    ['one that comes in its event', '', TARGET, true],
    ['one without a target', '', {}, false],
  ]
  for (const [title, content, target, embedded] of others) {
    it(`is left to the SDK for ${title}`, async () => {
      const rendition = await renditionOf(content, target, embedded)
      await prepareUpload(rendition)
      assert.equal(rendition.target, target)
    })
  }

  it('is tried again when the server is in trouble', async () => {
    const puts = uploads(503, 429, 200)
    await prepareUpload(await renditionOf('', TARGET), AT_ONCE)
    assert.ok(puts.every((put) => put.isDone()))
  })

  const faults: [title: string, statuses: number[], what: string][] = [
    ['the target refuses it', [403], 'the target answered 403'],
    ['the target redirects it', [302], 'the target answered 302'],
    ['the trouble lasts', [500, 500, 500], 'the target answered 500'],
    ['there is nobody', [], 'there is no connection'],
  ]
  for (const [title, statuses, what] of faults) {
    it(`fails when ${title}`, async () => {
      uploads(...statuses)
      await assert.rejects(prepareUpload(await renditionOf('', TARGET), AT_ONCE), {
        reason: 'GenericError',
        message: `The rendition, which is empty, could not be uploaded: ${what}.`,
      })
    })
  }
})
