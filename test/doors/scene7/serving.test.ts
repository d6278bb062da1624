import assert from 'node:assert/strict'
import { mkdir, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { OperationError } from '../../../src/base/operation-error.ts'
import { ATTRIBUTES } from '../../../src/doors/scene7/catalogue/attributes.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { type OpenedDoor, openDoor } from './open-door.ts'

describe('Image Serving', () => {
  const temporary = useTemporaryFolder()
  let opened: OpenedDoor

  before(async () => {
    const folder = temporary.pathTo('assets')
    await mkdir(`${folder}/summer/deep`, { recursive: true })
    await mkdir(`${folder}/.hidden`)
    const outside = temporary.pathTo('outside.jpg')
    await Promise.all([
      writeFile(outside, 'secret'),
      writeFile(`${folder}/shoe.jpg`, 'a shoe'),
      writeFile(`${folder}/shoe.txt`, 'about a shoe'),
      writeFile(`${folder}/two words.png`, 'words'),
      writeFile(`${folder}/summer/hat.png`, 'a hat'),
      writeFile(`${folder}/summer/deep/coat.png`, 'a coat'),
      writeFile(`${folder}/page.html`, '<script>'),
      writeFile(`${folder}/film.mp4`, '0123456789'),
      writeFile(`${folder}/.secret.jpg`, 'secret'),
      writeFile(`${folder}/.hidden/secret.jpg`, 'secret'),
    ])
    await symlink(outside, `${folder}/link.jpg`)
    await symlink(temporary.pathTo(''), `${folder}/up`)
    opened = await openDoor(temporary.pathTo('home'), { assetsFolder: folder })
  })
  after(() => opened.door.close?.())

  const get = async (path: string, init?: RequestInit) => opened.app.request(path, init)

  it('says that it is there', async () => {
    const answer = await get('/is/image')
    assert.equal(answer.status, 200)
    assert.match(await answer.text(), /^#S7Z OK\n/)
  })

  it('asks for pictures in the name of their company', async () => {
    await get('/is/image/acme/shoe?wid=7')
    assert.equal(opened.renderer.jobs.at(-1)?.client, 'acme')
  })

  describe('of a mounted folder', () => {
    const names: [name: string, object: string][] = [
      ['acme/shoe', 'acme/shoe'],
      ['acme/shoe.jpg', 'acme/shoe'],
      ['shoe', 'acme/shoe'],
      ['acme/two%20words', 'acme/two words'],
      ['acme/hat', 'acme/hat'],
      ['acme/summer/hat.png', 'acme/hat'],
      ['acme/summer/hat', 'acme/hat'],
      ['acme/summer/deep/coat', 'acme/coat'],
      ['acme/shoe/', 'acme/shoe'],
    ]
    for (const [name, object] of names) {
      it(`finds ${name}`, async () => {
        const answer = await get(`/is/image/${name}?wid=${name.length}`)
        assert.equal(answer.status, 200, await answer.clone().text())
        assert.equal(answer.headers.get('content-type'), 'image/jpeg')
        assert.deepEqual(Object.keys(opened.renderer.jobs.at(-1)?.files ?? {}), [object])
      })
    }

    const absent = [
      'acme/nothing',
      'acme/Shoe',
      'acme/..%2foutside',
      'acme/..%2foutside.jpg',
      'acme/..%5coutside.jpg',
      'acme/summer%2f..%2f..%2foutside',
      'acme/%2e%2e%2foutside.jpg',
      'acme/shoe%00',
      'acme/shoe.jpg%00.png',
      'acme/%2fetc%2fpasswd',
      'acme//etc/passwd',
      '%2fetc%2fpasswd',
      'acme/link',
      'acme/link.jpg',
      'acme/up/outside.jpg',
      'acme/.secret',
      'acme/.secret.jpg',
      'acme/.hidden/secret.jpg',
      'acme/secret',
      'acme/%ff%fe',
      'acme/%',
      'acme/summer',
      'acme/shoe:Wide',
      `acme/${'a'.repeat(3000)}`,
    ]
    for (const context of ['image', 'content']) {
      for (const name of absent) {
        it(`has no ${context} ${name.slice(0, 60)}`, async () => {
          const answer = await get(`/is/${context}/${name}`)
          assert.equal(answer.status, 404)
          assert.match(answer.headers.get('content-type') ?? '', /^text\/plain/)
          assert.equal((await answer.text()).includes('secret\n'), false)
        })
      }
    }

    it('shows what changes at once', async () => {
      const file = temporary.pathTo('assets/new.png')
      assert.equal((await get('/is/image/acme/new')).status, 404)
      await writeFile(file, 'one')
      const one = await get('/is/image/acme/new')
      assert.equal(one.status, 200)
      await writeFile(temporary.pathTo('next'), 'another')
      await rename(temporary.pathTo('next'), file)
      const two = await get('/is/image/acme/new')
      assert.notEqual(two.headers.get('etag'), one.headers.get('etag'))
      await utimes(file, 1e9, 1e9)
      const three = await get('/is/image/acme/new')
      assert.notEqual(three.headers.get('etag'), two.headers.get('etag'))
      await rm(file)
      assert.equal((await get('/is/image/acme/new')).status, 404)
    })
  })

  it('makes a picture once, and has it the next time', async () => {
    const before = opened.renderer.jobs.length
    const one = await get('/is/image/acme/shoe?wid=77&fmt=png')
    const two = await get('/is/image/acme/shoe.jpg?fmt=png&wid=70&wid=77')
    assert.equal(await one.text(), await two.text())
    assert.equal(one.headers.get('etag'), two.headers.get('etag'))
    assert.equal(opened.renderer.jobs.length, before + 1)
  })

  it('makes a picture once for all who ask for it at the same time', async () => {
    const before = opened.renderer.jobs.length
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => get('/is/image/acme/shoe?wid=78')),
    )
    const texts = new Set(await Promise.all(answers.map((answer) => answer.text())))
    assert.equal(texts.size, 1)
    assert.equal(opened.renderer.jobs.length, before + 1)
  })

  it('gives a picture up only when the last one who waits for it has gone', async () => {
    const { renderer } = opened
    const asked = Promise.withResolvers<void>()
    const fresh = await openDoor(temporary.pathTo('home-gone'), {
      assetsFolder: temporary.pathTo('assets'),
    })
    fresh.renderer.answerWith(
      (_job, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason), { once: true })
          asked.resolve()
        }),
    )
    const [first, second] = [new AbortController(), new AbortController()]
    const url = 'http://localhost/is/image/acme/shoe?wid=79'
    const one = fresh.app.request(new Request(url, { signal: first.signal }))
    const two = fresh.app.request(new Request(url, { signal: second.signal }))
    await asked.promise
    first.abort()
    assert.equal((await one).status, 499)
    assert.deepEqual(fresh.renderer.ended, [])
    second.abort()
    assert.equal((await two).status, 499)
    assert.equal(fresh.renderer.ended.length, 1)
    assert.equal(fresh.renderer.jobs.length, 1)
    assert.deepEqual(fresh.errors, [])
    assert.notEqual(renderer, fresh.renderer)
    await fresh.door.close?.()
  })

  it('answers 304 to whoever has the picture', async () => {
    const answer = await get('/is/image/acme/shoe?wid=80')
    const etag = answer.headers.get('etag') ?? ''
    assert.match(answer.headers.get('last-modified') ?? '', /GMT$/)
    assert.equal(answer.headers.get('cache-control'), 'public, no-cache')
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await get('/is/image/acme/shoe?wid=80', { headers: { 'if-none-match': known } })
      assert.equal(again.status, 304, known)
      assert.equal(again.headers.get('etag'), etag)
    }
    const other = await get('/is/image/acme/shoe?wid=81', { headers: { 'if-none-match': etag } })
    assert.equal(other.status, 200)
  })

  it('answers HEAD as GET, without the picture', async () => {
    const [head, whole] = [
      await get('/is/image/acme/shoe?wid=80', { method: 'HEAD' }),
      await get('/is/image/acme/shoe?wid=80'),
    ]
    assert.equal(await head.text(), '')
    assert.equal(head.headers.get('content-length'), String((await whole.text()).length))
    assert.equal(head.headers.get('etag'), whole.headers.get('etag'))
  })

  it('keeps nothing of what is asked for with cache=off', async () => {
    const before = opened.renderer.jobs.length
    for (let turn = 0; turn < 2; turn += 1) {
      const answer = await get('/is/image/acme/shoe?wid=82&cache=off')
      assert.equal(answer.headers.get('cache-control'), 'no-store')
    }
    assert.equal(opened.renderer.jobs.length, before + 2)
  })

  it('makes a picture anew with cache=update, and has that the next time', async () => {
    const url = '/is/image/acme/shoe?wid=83'
    const texts: string[] = []
    for (const commands of ['', '&cache=update', '', '&cache=validate']) {
      texts.push(await (await get(`${url}${commands}`)).text())
    }
    const [first, updated, ...others] = texts
    assert.notEqual(updated, first)
    assert.deepEqual(others, [updated, updated])
  })

  it('may be shown by pages of other sites', async () => {
    const { headers } = await get('/is/image/acme/shoe?wid=80')
    assert.equal(headers.get('access-control-allow-origin'), '*')
    assert.equal(headers.get('cross-origin-resource-policy'), 'cross-origin')
    assert.equal(headers.get('x-content-type-options'), 'nosniff')
  })

  it('refuses whatever is no GET', async () => {
    const answer = await get('/is/image/acme/shoe', { method: 'POST', body: 'a' })
    assert.equal(answer.status, 405)
    assert.equal(answer.headers.get('allow'), 'GET, HEAD')
  })

  describe('an error', () => {
    const requests: [query: string, sentence: RegExp][] = [
      ['wid=wide', /wid=wide/],
      ['fit=crop', /fit=crop needs wid or hei/],
      ['req=fly', /req=fly/],
      ['$nothing$', /no preset or macro called nothing/],
      ['fmt=heic', /HEIC/],
      [`.${'a'.repeat(17_000)}`, /at most 16384 letters/],
      ['fmt=constructor', /fmt=constructor is not fmt=/],
      ['icc=constructor', /icc=constructor is no profile/],
      ['icc=__proto__', /icc=__proto__ is no profile/],
      ['req=constructor', /req=constructor is not one of/],
      ['$__proto__$', /no preset or macro called __proto__/],
      ['$a=$a$&wid=$a$', /wid=\$a\$/],
      ['text={\\rtf1 {{{{&size=9,9', /no } closes/],
      ['src=http://localhost/x', /no asset|another server/],
      ['layer=1&src=(http://localhost/)', /another server/],
    ]
    for (const [query, sentence] of requests) {
      it(`is a sentence about ${query.slice(0, 40)}`, async () => {
        const answer = await get(`/is/image/acme/shoe?${query}`)
        assert.ok(answer.status === 403 || answer.status === 404)
        assert.match(await answer.text(), sentence)
        assert.equal(answer.headers.get('content-type'), 'text/plain; charset=utf-8')
        assert.equal(answer.headers.get('x-content-type-options'), 'nosniff')
      })
    }

    it('of the renderer is a refusal, and none of the service', async () => {
      opened.renderer.answerWith(async () => {
        throw new OperationError('source_corrupt', { title: 'JPEG' })
      })
      const answer = await get('/is/image/acme/shoe?wid=99')
      assert.equal(answer.status, 403)
      assert.match(await answer.text(), /JPEG/)
      assert.deepEqual(opened.errors, [])
    })

    const failures: [failure: OperationError, sentence: RegExp][] = [
      [new OperationError('source_no_picture', { taken: ['JPEG'] }), /\/is\/content has the file/],
      [new OperationError('size_unreachable', { bytes: 5, least: 9 }), /5 bytes of jpegSize/],
      [
        new OperationError('side_too_long', {
          title: 'WebP',
          most: 16383,
          width: 17000,
          height: 5,
        }),
        /set wid and hei, or another fmt/,
      ],
    ]
    for (const [failure, sentence] of failures) {
      it(`of the renderer has the words of requests: ${failure.code}`, async () => {
        opened.renderer.answerWith(async () => {
          throw failure
        })
        const answer = await get('/is/image/acme/shoe?wid=98')
        assert.equal(answer.status, 403)
        assert.match(await answer.text(), sentence)
      })
    }

    for (const [errorDetail, expected] of [
      [0, /^What was asked for is not there\.\n$/],
      [1, /^What was asked for is not there\.\n$/],
      [2, /^There is no asset called acme\/none\.\n$/],
      [3, /^There is no asset called acme\/none\.\n\nMissingObjectError/],
    ] as const) {
      it(`tells as much as detail ${errorDetail} lets it`, async () => {
        const { app, door } = await openDoor(temporary.pathTo(`detail${errorDetail}`), {
          attributes: { ...ATTRIBUTES, errorDetail },
        })
        assert.match(await (await app.request('/is/image/acme/none')).text(), expected)
        await door.close?.()
      })
    }
  })

  describe('the content of an asset', () => {
    it('is the file as it is', async () => {
      const answer = await get('/is/content/acme/film')
      assert.equal(answer.status, 200)
      assert.equal(answer.headers.get('content-type'), 'video/mp4')
      assert.equal(answer.headers.get('content-length'), '10')
      assert.equal(answer.headers.get('content-security-policy'), null)
      assert.equal(await answer.text(), '0123456789')
    })

    const ranges: [range: string, status: number, body: string][] = [
      ['bytes=2-4', 206, '234'],
      ['bytes=7-', 206, '789'],
      ['bytes=-2', 206, '89'],
      ['bytes=3-99', 206, '3456789'],
      ['bytes=4-2', 200, '0123456789'],
      ['bytes=1-2,4-5', 200, '0123456789'],
    ]
    for (const [range, status, body] of ranges) {
      it(`has a part: ${range}`, async () => {
        const answer = await get('/is/content/acme/film', { headers: { range } })
        assert.equal(answer.status, status)
        assert.equal(await answer.text(), body)
      })
    }

    it('has no part outside of it', async () => {
      const answer = await get('/is/content/acme/film', { headers: { range: 'bytes=10-' } })
      assert.equal(answer.status, 416)
      assert.equal(answer.headers.get('content-range'), 'bytes */10')
    })

    it('is sent whole when it is another one than whoever asks has a part of', async () => {
      const headers = { range: 'bytes=2-4', 'if-range': '"other"' }
      assert.equal((await get('/is/content/acme/film', { headers })).status, 200)
    })

    it('is not sent to whoever has it', async () => {
      const etag = (await get('/is/content/acme/film')).headers.get('etag') ?? ''
      const headers = { 'if-none-match': etag }
      assert.equal((await get('/is/content/acme/film', { headers })).status, 304)
    })

    it('runs no script under this origin', async () => {
      const { headers } = await get('/is/content/acme/page.html')
      assert.match(headers.get('content-security-policy') ?? '', /^sandbox;/)
      assert.equal(headers.get('x-content-type-options'), 'nosniff')
    })
  })
})
