import assert from 'node:assert/strict'
import nock from 'nock'
import { fetchWatermark } from '../../../src/engine/pictures/fetch-watermark.ts'
import { openUrl } from '../../../src/fetching/open-url.ts'
import { useNock } from '../../support/nock.ts'

const HOST = 'https://marks.example.com'
const FILE = `${HOST}/logo.png?sig=secret`

describe('the download of a watermark', () => {
  useNock()

  const { signal } = new AbortController()
  const download = (url: string): Promise<Buffer> => fetchWatermark(url, { fetch: openUrl, signal })

  it('reads a data: URL', async () => {
    assert.equal(String(await download('data:image/png;base64,YWJj')), 'abc')
  })

  it('fetches over https:', async () => {
    nock(HOST).get('/logo.png').query({ sig: 'secret' }).reply(200, 'abc')
    assert.equal(String(await download(FILE)), 'abc')
  })

  it('follows redirects to https:, also relative ones', async () => {
    nock(HOST).get('/logo.png').query(true).reply(302, '', { location: '/b.png' })
    nock(HOST).get('/b.png').reply(307, '', { location: 'https://cdn.example.com/c.png' })
    nock('https://cdn.example.com').get('/c.png').reply(200, 'abc')
    assert.equal(String(await download(FILE)), 'abc')
  })

  const faults: { title: string; prepare: () => void; url?: string; what: string }[] = [
    {
      title: 'the server has no such file',
      prepare: () => nock(HOST).get('/logo.png').query(true).reply(404, 'no such thing'),
      what: 'the server answered 404',
    },
    {
      title: 'a redirect leaves https:',
      prepare: () =>
        nock(HOST).get('/logo.png').query(true).reply(301, '', { location: 'http://10.0.0.1/' }),
      what: 'it redirects to a URL that is not https:',
    },
    {
      title: 'a redirect leads nowhere',
      prepare: () =>
        nock(HOST).get('/logo.png').query(true).reply(301, '', { location: 'https://' }),
      what: 'it redirects to a URL that is not https:',
    },
    {
      title: 'redirects go on and on',
      prepare: () =>
        nock(HOST).get('/logo.png').query(true).times(9).reply(302, '', { location: FILE }),
      what: 'it redirects more than 5 times',
    },
    {
      title: 'the file is too large',
      prepare: () => nock(HOST).get('/logo.png').query(true).reply(200, Buffer.alloc(33_554_433)),
      what: 'it has more than 33554432 bytes',
    },
    {
      title: 'the connection breaks',
      prepare: () => nock(HOST).get('/logo.png').query(true).replyWithError('reset'),
      what: 'there is no connection',
    },
  ]
  for (const { title, prepare, what } of faults) {
    it(`fails when ${title}, without telling the signature`, async () => {
      prepare()
      await assert.rejects(download(FILE), {
        code: 'watermark_unavailable',
        message: `The watermark could not be fetched from ${HOST}/logo.png: ${what}.`,
      })
    })
  }

  it('fails when the data of a URL is none', async () => {
    await assert.rejects(download('data:image/png'), {
      message: 'The watermark could not be fetched from its data URL: there is no data in it.',
    })
  })
})
