import assert from 'node:assert/strict'
import type { ExportPeer, ImportPeer } from '../../src/peers/peer.ts'
import type { PeerFailure } from '../../src/peers/refusal.ts'
import type { BreakingProxy } from './breaking-proxy.ts'
import { contextOf, dataOf, MIB, outgoing, peerError, readFile } from './peer-fixture.ts'

/** Options, as a client sends them. */
export type Options = Readonly<Record<string, unknown>>

/** How a peer calls a failure. */
interface Expected {
  readonly failure: PeerFailure
  readonly reason?: string
  readonly message?: RegExp
}

/** A peer that is there for tests, behind a proxy that breaks connections. */
export interface TestedPeer {
  readonly imports: ImportPeer
  readonly exports: ExportPeer
  readonly proxy: BreakingProxy
  /** Options that name one file. */
  one(name: string): Options
  /** Options that name all below a folder. */
  below(folder: string): Options
  /** The same options with credentials that do not do. */
  wrong(options: Options): Options
  upload(name: string, data: Buffer): Promise<void>
  download(name: string): Promise<Buffer>
  /** A name with whatever this peer can have in one. */
  readonly odd?: string
  /** What may not be in any sentence. */
  readonly secrets: readonly string[]
  readonly missing: Expected
  readonly denied: Expected
}

const ODD = "a b +&%#?=;ü日本 (1)'!~.txt"

/** Says for a peer what is so of each of them. */
export function itIsAPeer(peerOf: () => TestedPeer): void {
  it('gives the one file that is named', async () => {
    const peer = peerOf()
    await peer.upload('one/a.txt', Buffer.from('abc'))
    const [file, ...others] = await peer.imports.find(peer.one('one/a.txt'), contextOf())
    assert.deepEqual([file?.name, file?.size, others.length], ['a.txt', 3, 0])
    assert.equal(String(await readFile(file)), 'abc')
  })

  it('gives a file from a byte on, and nothing from its end on', async () => {
    const peer = peerOf()
    await peer.upload('one/digits.txt', Buffer.from('0123456789'))
    const [file] = await peer.imports.find(peer.one('one/digits.txt'), contextOf())
    assert.equal(String(await readFile(file, 4)), '456789')
    assert.equal(String(await readFile(file, 10)), '')
  })

  it('gives all files below a prefix', async () => {
    const peer = peerOf()
    await peer.upload('many/a.txt', Buffer.from('a'))
    await peer.upload('many/b.txt', Buffer.from('bb'))
    await peer.upload('many.txt', Buffer.from('other'))
    const files = await peer.imports.find(peer.below('many/'), contextOf())
    const read = await Promise.all(
      files.map(async (file) => [file.name, file.size, String(await readFile(file))]),
    )
    assert.deepEqual(
      read.toSorted(([a], [b]) => String(a).localeCompare(String(b))),
      [
        ['a.txt', 1, 'a'],
        ['b.txt', 2, 'bb'],
      ],
    )
  })

  it('refuses a prefix with more files than may be', async () => {
    const peer = peerOf()
    await peer.upload('too-many/a.txt', Buffer.from('a'))
    await peer.upload('too-many/b.txt', Buffer.from('b'))
    await assert.rejects(
      peer.imports.find(peer.below('too-many/'), contextOf({ mostFiles: 1 })),
      peerError({ failure: 'failed', message: /more than the 1 files/ }),
    )
  })

  it('gives a file without bytes, and takes one', async () => {
    const peer = peerOf()
    await peer.exports.put(peer.one('empty.txt'), outgoing('x', Buffer.alloc(0)), contextOf())
    assert.equal((await peer.download('empty.txt')).length, 0)
    const [file] = await peer.imports.find(peer.one('empty.txt'), contextOf())
    assert.equal(file?.size, 0)
    assert.equal((await readFile(file)).length, 0)
  })

  it('tells that a file is missing, in the words of the peer', async () => {
    const peer = peerOf()
    await assert.rejects(
      peer.imports.find(peer.one('none/there.txt'), contextOf()),
      peerError(peer.missing, peer.secrets),
    )
  })

  it('tells that credentials are wrong, and none of them', async () => {
    const peer = peerOf()
    for (const options of [peer.one('one/a.txt'), peer.below('one/')]) {
      await assert.rejects(
        peer.imports.find(peer.wrong(options), contextOf()),
        peerError(peer.denied, peer.secrets),
      )
    }
    await assert.rejects(
      peer.exports.put(
        peer.wrong(peer.one('denied.txt')),
        outgoing('denied.txt', Buffer.from('abc')),
        contextOf(),
      ),
      peerError(peer.denied, peer.secrets),
    )
  })

  it('takes a file under its whole name, or below a prefix under its own', async () => {
    const peer = peerOf()
    const file = outgoing('own.txt', Buffer.from('abc'))
    const sent: number[] = []
    const context = contextOf({ progress: (bytes) => sent.push(bytes) })
    await peer.exports.put(peer.one('out/whole.txt'), file, context)
    await peer.exports.put(peer.below('out/'), file, contextOf())
    assert.equal(String(await peer.download('out/whole.txt')), 'abc')
    assert.equal(String(await peer.download('out/own.txt')), 'abc')
    assert.equal(sent.at(-1), 3)
  })

  it('puts a file in place of one with its name', async () => {
    const peer = peerOf()
    await peer.upload('out/again.txt', Buffer.from('longer than the next'))
    await peer.exports.put(
      peer.one('out/again.txt'),
      outgoing('again.txt', Buffer.from('next')),
      contextOf(),
    )
    assert.equal(String(await peer.download('out/again.txt')), 'next')
  })

  it('keeps names with whatever is in them', async () => {
    const peer = peerOf()
    const { odd = ODD } = peer
    await peer.exports.put(peer.below('odd/'), outgoing(odd, Buffer.from('abc')), contextOf())
    assert.equal(String(await peer.download(`odd/${odd}`)), 'abc')
    const [file] = await peer.imports.find(peer.one(`odd/${odd}`), contextOf())
    assert.deepEqual([file?.name, String(await readFile(file))], [odd, 'abc'])
    const [listed] = await peer.imports.find(peer.below('odd/'), contextOf())
    assert.deepEqual([listed?.name, String(await readFile(listed))], [odd, 'abc'])
  })

  it('goes on where a connection broke that brought a file', async () => {
    const peer = peerOf()
    const data = dataOf(4 * MIB)
    await peer.upload('broken/in.bin', data)
    const [file] = await peer.imports.find(peer.one('broken/in.bin'), contextOf())
    const before = peer.proxy.received
    peer.proxy.breakAfter('down', 3 * MIB)
    assert.ok((await readFile(file)).equals(data))
    const received = peer.proxy.received - before
    assert.ok(received < 6 * MIB, `${received} bytes came for a file of ${data.length}`)
  })

  it('gives a file up that breaks off again and again', async () => {
    const peer = peerOf()
    await peer.upload('broken/always.bin', dataOf(MIB))
    const [file] = await peer.imports.find(peer.one('broken/always.bin'), contextOf())
    peer.proxy.breakAfter('down', 64 * 1024, 100)
    try {
      await assert.rejects(
        readFile(file)
          .then(async () => await readFile(file))
          .then(async () => await readFile(file)),
        peerError({ failure: 'unreachable' }, peer.secrets),
      )
    } finally {
      peer.proxy.breakAfter('down', 0, 0)
    }
  })

  it('sends again what was lost with a connection', async () => {
    const peer = peerOf()
    const data = dataOf(40 * MIB + 5)
    peer.proxy.breakAfter('up', 6 * MIB)
    const sent: number[] = []
    const context = contextOf({ progress: (bytes) => sent.push(bytes) })
    await peer.exports.put(peer.one('broken/out.bin'), outgoing('out.bin', data), context)
    assert.ok((await peer.download('broken/out.bin')).equals(data))
    assert.equal(sent.at(-1), data.length)
    assert.ok(sent.every((bytes) => bytes <= data.length))
  })

  it('ends at once when nobody wants it any more', async () => {
    const peer = peerOf()
    const data = dataOf(20 * MIB)
    await peer.upload('ended/in.bin', data)
    const why = new Error('nobody wants it')
    const isWhy = (error: unknown) =>
      error === why || (error instanceof Error && error.name === 'AbortError')

    const reading = new AbortController()
    const [file] = await peer.imports.find(peer.one('ended/in.bin'), contextOf())
    assert.ok(file)
    const content = await file.open(0, reading.signal)
    await assert.rejects(async () => {
      for await (const _ of content) reading.abort(why)
    }, isWhy)

    const writing = new AbortController()
    const progress = (bytes: number) => {
      if (bytes > MIB) writing.abort(why)
    }
    await assert.rejects(
      peer.exports.put(
        peer.one('ended/out.bin'),
        outgoing('out.bin', data),
        contextOf({ signal: writing.signal, progress }),
      ),
      isWhy,
    )
    await assert.rejects(
      peer.imports.find(peer.one('ended/out.bin'), contextOf()),
      peerError({ ...peer.missing, message: /./ }),
    )
  })

  it('fails with what fails the file that goes there', async () => {
    const peer = peerOf()
    const failure = new Error('the file is gone')
    const file = {
      ...outgoing('gone.bin', dataOf(20 * MIB)),
      async *open() {
        yield dataOf(MIB)
        throw failure
      },
    }
    await assert.rejects(
      peer.exports.put(peer.one('gone.bin'), file, contextOf()),
      (error) => error === failure,
    )
  })

  it('does not connect to a host out of reach', async () => {
    const peer = peerOf()
    const before = peer.proxy.connections
    await assert.rejects(
      peer.imports.find(peer.one('one/a.txt'), contextOf({ reach: 'internet' })),
      peerError({ failure: 'unreachable' }, peer.secrets),
    )
    assert.equal(peer.proxy.connections, before)
  })
}
