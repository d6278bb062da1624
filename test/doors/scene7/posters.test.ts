import assert from 'node:assert/strict'
import { readdir, writeFile } from 'node:fs/promises'
import { OperationError } from '../../../src/base/operation-error.ts'
import type { Posters } from '../../../src/image-pool/render-job.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { COMPANY, type OpenedDoor, openDoor, streamOf } from './open-door.ts'

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

describe('assets that are no pictures', () => {
  const temporary = useTemporaryFolder()
  let opened: OpenedDoor
  let made: string[] = []

  const makePoster: Posters['makePoster'] = async ({ name }, { kind, file }) => {
    made.push(`${kind} of ${name}`)
    if (name === 'broken.mp4') throw new OperationError('source_corrupt', { title: 'MP4' })
    await writeFile(file, 'a poster')
  }
  const add = (name: string, mediaType: string, text = 'a file') => {
    const [asset = ''] = name.split('.')
    return opened.door.kept.addFile(COMPANY, asset, { name, mediaType, body: streamOf(text) })
  }
  const get = async (path: string) => opened.app.request(`/is/image/${path}`)
  const shownFile = () => Object.values(opened.renderer.jobs.at(-1)?.files ?? {})[0]?.name ?? ''

  before(async () => {
    opened = await openDoor(temporary.pathTo('home'), { posters: { makePoster } })
    await add('film.mp4', 'video/mp4')
    await add('letter.docx', DOCX)
    await add('page.pdf', 'application/pdf')
    await add('broken.mp4', 'video/mp4')
  })
  beforeEach(() => {
    made = []
  })
  after(() => opened.door.close?.())

  const shown: [name: string, posters: string[], file: RegExp][] = [
    ['film', ['video of film.mp4'], /^\w+\.\w+\.png$/],
    ['letter', ['office of letter.docx'], /^\w+\.\w+\.pdf$/],
    ['page', [], /^page\.pdf$/],
  ]
  for (const [name, posters, file] of shown) {
    it(`are shown by a poster, which is made once: ${name}`, async () => {
      await Promise.all(
        ['wid=5', 'wid=6', 'req=props', 'req=imageprops'].map((query) =>
          get(`acme/${name}?${query}`),
        ),
      )
      assert.equal((await get(`acme/none?layer=0&src=acme/${name}&wid=7`)).status, 404)
      assert.equal((await get(`acme/page?layer=1&src=acme/${name}&wid=7`)).status, 200)
      assert.deepEqual(made, posters)
      assert.equal((await get(`acme/${name}?wid=8`)).status, 200)
      assert.match(shownFile(), file)
    })
  }

  it('have a poster of the file that there is now, and no other', async () => {
    await add('clip.mp4', 'video/mp4', 'one')
    const first = await get('acme/clip?wid=5')
    const before = await readdir(temporary.pathTo('home/scene7/posters'))
    await add('clip.mp4', 'video/mp4', 'two')
    const second = await get('acme/clip?wid=5')
    assert.deepEqual(made, ['video of clip.mp4', 'video of clip.mp4'])
    assert.notEqual(first.headers.get('etag'), second.headers.get('etag'))
    assert.equal((await readdir(temporary.pathTo('home/scene7/posters'))).length, before.length)
  })

  it('are refused with a sentence where none can be made', async () => {
    const answer = await get('acme/broken?wid=5')
    assert.equal(answer.status, 403)
    assert.match(await answer.text(), /MP4/)
    assert.deepEqual(opened.errors, [])
  })

  it('are files as they are at /is/content, with their own XMP', async () => {
    assert.equal(await (await opened.app.request('/is/content/acme/film')).text(), 'a file')
    assert.match(await (await get('acme/film?req=exists')).text(), /exists=1/)
    assert.equal((await get('acme/film?req=xmp')).status, 200)
    assert.deepEqual(made, [])
  })

  it('have no smart crops', async () => {
    assert.equal((await get('acme/film:Large?wid=5')).status, 404)
  })

  it('are given up when nobody waits for them any more', async () => {
    const ended = Promise.withResolvers<unknown>()
    const begun = Promise.withResolvers<void>()
    const waiting = await openDoor(temporary.pathTo('waiting'), {
      posters: {
        makePoster: (_source, { signal }) =>
          new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => {
              ended.resolve(signal.reason)
              reject(signal.reason)
            })
            begun.resolve()
          }),
      },
    })
    const body = streamOf('a film')
    await waiting.door.kept.addFile(COMPANY, 'film', {
      name: 'f.mp4',
      mediaType: 'video/mp4',
      body,
    })
    const gone = new AbortController()
    const request = new Request('http://localhost/is/image/acme/film', { signal: gone.signal })
    const answer = waiting.app.request(request)
    await begun.promise
    gone.abort()
    assert.equal((await answer).status, 499)
    assert.match(String(await ended.promise), /Nobody waits/)
    await waiting.door.close?.()
  })
})
