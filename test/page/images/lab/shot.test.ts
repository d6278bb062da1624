import assert from 'node:assert/strict'
import { type Camera, takeShot } from '../../../../page/images/lab/shot.ts'

const { signal } = new AbortController()

/** A camera whose service answers with these by URL, and whose browser shows only what begins with `image/p`. */
function camera(answers: Readonly<Record<string, Response>>): Camera {
  let now = 0
  return {
    fetch: (url) => {
      const answer = answers[url]
      return answer ? Promise.resolve(answer) : Promise.reject(new TypeError('nobody is there'))
    },
    now: () => (now += 25),
    measure: ({ type }) =>
      Promise.resolve(type.startsWith('image/p') ? { width: 40, height: 30 } : undefined),
    keep: ({ type, size }) => `blob:${type}:${size}`,
  }
}

const answer = (type: string, body: string, status = 200): Response =>
  new Response(body, { status, headers: { 'content-type': type } })

describe('A picture of the lab', () => {
  it('has its size, bytes, media type and time', async () => {
    const shot = await takeShot('/p?a', signal, camera({ '/p?a': answer('image/png', 'abcd') }))
    assert.deepEqual(shot, {
      picture: {
        url: '/p?a',
        src: 'blob:image/png:4',
        width: 40,
        height: 30,
        bytes: 4,
        mediaType: 'image/png',
        milliseconds: 25,
        isSubstitute: false,
      },
    })
  })

  it('is shown as PNG where the browser does not know its format, and told of as it is', async () => {
    const answers = {
      '/p?fmt=tif-alpha': answer('image/tiff', 'abcdefgh'),
      '/p?fmt=tif-alpha&fmt=png-alpha': answer('image/png', 'ab'),
    }
    const shot = await takeShot('/p?fmt=tif-alpha', signal, camera(answers))
    assert.ok('picture' in shot)
    const { src, bytes, mediaType, isSubstitute } = shot.picture
    assert.deepEqual(
      { src, bytes, mediaType, isSubstitute },
      { src: 'blob:image/png:2', bytes: 8, mediaType: 'image/tiff', isSubstitute: true },
    )
  })

  it('is the sentence of the service when it refuses', async () => {
    const answers = { '/p': answer('text/plain', 'wid=x is wrong.\n', 403) }
    assert.deepEqual(await takeShot('/p', signal, camera(answers)), {
      problem: 'wid=x is wrong.',
      url: '/p',
    })
  })

  it('is a text where one was asked for', async () => {
    const answers = { '/p': answer('text/plain; charset=utf-8', '#S7Z OK') }
    assert.deepEqual(await takeShot('/p', signal, camera(answers)), { text: '#S7Z OK', url: '/p' })
  })

  it('tells that nobody answers', async () => {
    const shot = await takeShot('/p', signal, camera({}))
    assert.deepEqual(shot, { problem: 'The service does not answer.', url: '/p' })
  })

  it('is nothing when it was given up', async () => {
    await assert.rejects(takeShot('/p', AbortSignal.abort(), camera({})), TypeError)
  })
})
