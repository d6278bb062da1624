import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import { buffer } from 'node:stream/consumers'
import { makeCertificates } from '../../src/http/certificates.ts'
import { activate, embedded, outcome } from '../cases/activation.ts'
import { noise, readArchive, sha256, ZIP_TOOLS } from '../engine/archive/archive-fixture.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'
import { skipWithout } from '../support/tools.ts'

const action = new URL('../../actions/archive/index.ts', import.meta.url)

const MEGABYTE = 2 ** 20
const PICTURE = noise(3 * MEGABYTE)
const NOTES = 'a line\n'.repeat(1000)

// The largest rendition that the SDK puts into an event; it then uploads nothing.
const EMBEDDED = { target: {}, embedBinaryLimit: '32768' }

/** A data: URL of a text. */
function text(content: string): string {
  return `data:text/plain,${encodeURIComponent(content)}`
}

describe('the archive action under the SDK', function () {
  this.timeout(300_000)
  const folder = useTemporaryFolder()
  const uploads = new Map<string, Buffer>()
  let origin = ''
  let close: (() => void) | undefined

  /** Files to fetch under /picture.jpg and /notes.txt, places to upload to, and a few faults of each. */
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url?.replace(/\?.*/, '') ?? ''
    if (request.method === 'PUT' && path.includes('broken')) {
      request.once('data', () => request.socket.destroy())
    } else if (request.method === 'PUT') {
      uploads.set(path, await buffer(request))
      response.writeHead(201).end()
    } else if (path.endsWith('/picture.jpg')) response.end(PICTURE)
    else if (path.endsWith('/notes.txt')) response.end(NOTES)
    else if (path.endsWith('/http'))
      response.writeHead(302, { location: 'http://localhost/' }).end()
    else response.writeHead(404).end()
  }

  before(async function () {
    skipWithout(this, ...ZIP_TOOLS)
    const { ca, cert, key } = await makeCertificates(Date.now())
    await writeFile(folder.pathTo('ca.pem'), ca)
    const server = createServer({ cert, key }, (request, response) => void serve(request, response))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    assert.ok(typeof address === 'object' && address !== null)
    origin = `https://localhost:${address.port}`
    const { NODE_EXTRA_CA_CERTS: trusted } = process.env
    process.env['NODE_EXTRA_CA_CERTS'] = folder.pathTo('ca.pem')
    // The SDK would repeat a failed upload for a minute.
    process.env['ASSET_COMPUTE_DISABLE_RETRIES'] = 'true'
    close = () => {
      if (trusted === undefined) delete process.env['NODE_EXTRA_CA_CERTS']
      else process.env['NODE_EXTRA_CA_CERTS'] = trusted
      delete process.env['ASSET_COMPUTE_DISABLE_RETRIES']
      server.close()
      server.closeAllConnections()
    }
  })
  after(() => close?.())

  async function filesOf(archive: Buffer): Promise<[string, string][]> {
    await writeFile(folder.pathTo('archive.zip'), archive)
    return (await readArchive(folder.pathTo('archive.zip'))).map((file) => [file.path, file.sha256])
  }

  it('uploads an archive of files behind URLs, without a source', async () => {
    const files = [
      `${origin}/picture.jpg?sig=secret`,
      { url: `${origin}/notes.txt`, path: 'texts/notes.txt' },
      { url: text('abc'), path: 'texts/abc.txt' },
    ]
    const { events, log, exitCode } = await activate(action, {
      renditions: [{ fmt: 'zip', files, target: `${origin}/whole` }],
    })
    assert.equal(exitCode, 0)
    assert.deepEqual(events.map(outcome), ['rendition_created'])
    const archive = uploads.get('/whole') ?? Buffer.alloc(0)
    assert.deepEqual(await filesOf(archive), [
      ['picture.jpg', sha256(PICTURE)],
      ['texts/notes.txt', sha256(NOTES)],
      ['texts/abc.txt', sha256('abc')],
    ])
    assert.equal(events[0]?.metadata?.['dc:format'], 'application/zip')
    assert.equal(events[0]?.metadata?.['repo:size'], archive.length)
    for (const done of [1, 2, 3]) assert.match(log, new RegExp(`archived ${done} of 3 files, \\d`))
    assert.match(log, /archived 3 of 3 files, 3\.2 MB/)
  })

  it('uploads in parts', async () => {
    const urls = ['1', '2', '3', '4', '5'].map((part) => `${origin}/part${part}`)
    const target = { minPartSize: MEGABYTE, maxPartSize: MEGABYTE, urls }
    const { events } = await activate(action, {
      renditions: [{ fmt: 'zip', files: [`${origin}/picture.jpg`], target }],
    })
    assert.deepEqual(events.map(outcome), ['rendition_created'])
    const parts = urls.map((url) => uploads.get(new URL(url).pathname) ?? Buffer.alloc(0))
    assert.deepEqual(await filesOf(Buffer.concat(parts)), [['picture.jpg', sha256(PICTURE)]])
  })

  it('uploads in small parts where large ones are allowed, since the SDK holds them in memory', async () => {
    const urls = ['1', '2', '3', '4', '5'].map((part) => `${origin}/small${part}`)
    const target = { minPartSize: MEGABYTE, maxPartSize: 100 * MEGABYTE, urls }
    const files = Array.from({ length: 6 }, (_, index) => ({
      url: `${origin}/picture.jpg`,
      path: `${index}.jpg`,
    }))
    const { events } = await activate(action, { renditions: [{ fmt: 'zip', files, target }] })
    assert.deepEqual(events.map(outcome), ['rendition_created'])
    const parts = urls.flatMap((url) => uploads.get(new URL(url).pathname) ?? [])
    assert.deepEqual(
      parts.slice(0, -1).map(({ length }) => length),
      [8 * MEGABYTE, 8 * MEGABYTE],
    )
    assert.equal((await filesOf(Buffer.concat(parts))).length, 6)
  })

  it('reads instructions that came as texts', async () => {
    const files = [text('a'), { url: text('b'), path: 'b.txt' }, { url: text('c'), path: null }]
    const { events, log } = await activate(action, {
      renditions: [
        { ...EMBEDDED, fmt: ' ZIP ', files: JSON.stringify(files), duplicate: 'ignore' },
      ],
    })
    const [event] = events
    assert.ok(event && outcome(event) === 'rendition_created')
    assert.deepEqual(await filesOf(embedded(event)), [
      ['file', sha256('a')],
      ['b.txt', sha256('b')],
    ])
    assert.match(log, /left out files whose path another has: 1/)
  })

  it('tells of thousands of files how far it is without a line for each', async () => {
    const files = Array.from({ length: 1500 }, (_, index) => ({ url: text('a'), path: `${index}` }))
    const { log } = await activate(action, { renditions: [{ ...EMBEDDED, fmt: 'zip', files }] })
    assert.equal(log.match(/archived \d+ of 1500 files/g)?.length, 100)
    assert.match(log, /archived 1500 of 1500 files, 0\.0 MB/)
  })

  const A = { url: text('a'), path: 'a' }
  const expectedFiles =
    'an array of 1 to 100000 files, each a URL or an object with a url and, if need be, a path'
  const refusals = [
    {
      rendition: { fmt: 'png', files: [A] },
      outcome:
        'RenditionFormatUnsupported: fmt must be zip, 7z, tar, tar.gz, tar.bz2 or tar.xz, which are the archives that this worker makes, but it is "png".',
    },
    {
      rendition: { files: [A] },
      outcome:
        'RenditionFormatUnsupported: fmt is missing; it must be zip, 7z, tar, tar.gz, tar.bz2 or tar.xz, which are the archives that this worker makes.',
    },
    {
      rendition: { fmt: 'rar', files: [A] },
      outcome:
        'RenditionFormatUnsupported: RAR archives can be read but not written here, since its writer is proprietary; use 7z or zip.',
    },
    {
      rendition: { fmt: 'bin', entry: 1 },
      outcome: 'SourceUnsupported: A file of an archive needs a source; the request has none.',
    },
    {
      rendition: { fmt: 'zip' },
      outcome: `GenericError: files is missing; it must be ${expectedFiles}.`,
    },
    {
      rendition: { fmt: 'zip', files: [] },
      outcome: `GenericError: files must be ${expectedFiles}, but it is an empty array.`,
    },
    {
      rendition: { fmt: 'zip', files: 'https://example.com/a?sig=secret' },
      outcome: `GenericError: files must be ${expectedFiles}, but it is "https://example.com/a?…".`,
    },
    {
      rendition: { fmt: 'zip', files: [A, 1] },
      outcome:
        'GenericError: files[1] must be a URL or an object with a url and a path, but it is 1.',
    },
    {
      rendition: { fmt: 'zip', files: [A, { path: 'b' }] },
      outcome: 'GenericError: files[1].url is missing; it must be a text.',
    },
    {
      rendition: { fmt: 'zip', files: [A], duplicate: 'rename' },
      outcome:
        'GenericError: duplicate must be "ignore", or not given to have an error, but it is "rename".',
    },
    {
      rendition: { fmt: 'zip', files: [A, A] },
      outcome:
        'GenericError: files[0] and files[1] have the same path "a"; every file must have a path of its own, unless duplicate is "ignore".',
    },
    {
      rendition: { fmt: 'zip', files: ['http://example.com/a?sig=secret'] },
      outcome:
        'GenericError: The URL of files[0] must be an https: or data: URL, but it is http://example.com/a.',
    },
  ]
  it('reports what is wrong with the instructions, and makes the archives beside them', async () => {
    const { events } = await activate(action, {
      renditions: [...refusals.map(({ rendition }) => rendition), { fmt: 'zip', files: [A] }].map(
        (rendition) => ({ ...EMBEDDED, ...rendition }),
      ),
    })
    assert.deepEqual(events.map(outcome), [
      ...refusals.map((refusal) => refusal.outcome),
      'rendition_created',
    ])
  })

  it('reports a file that cannot be fetched, and uploads nothing', async () => {
    const names = ['none', 'http']
    const { events, log } = await activate(action, {
      renditions: names.map((name) => ({
        fmt: 'zip',
        files: [`${origin}/picture.jpg`, `${origin}/${name}?sig=secret`],
        target: `${origin}/never`,
      })),
    })
    assert.deepEqual(events.map(outcome), [
      `GenericError: files[1] could not be fetched from ${origin}/none: the server answered 404.`,
      `GenericError: files[1] could not be fetched from ${origin}/http: it redirects to a URL that is not https:.`,
    ])
    assert.equal(uploads.has('/never'), false)
    assert.doesNotMatch(log + JSON.stringify(events), /secret/)
  })

  it('reports an upload that breaks off, and never the rendition', async () => {
    const parts = { minPartSize: MEGABYTE, maxPartSize: MEGABYTE }
    const { events } = await activate(action, {
      renditions: [
        { target: `${origin}/broken` },
        {
          target: {
            ...parts,
            urls: ['p1', 'p2', 'broken', 'p4'].map((part) => `${origin}/${part}`),
          },
        },
      ].map((target) => ({ fmt: 'zip', files: [`${origin}/picture.jpg`], ...target })),
    })
    assert.deepEqual(
      events.map(({ type, errorReason }) => [type, errorReason]),
      [
        ['rendition_failed', 'GenericError'],
        ['rendition_failed', 'GenericError'],
      ],
    )
  })
})
