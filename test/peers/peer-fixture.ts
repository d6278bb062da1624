import assert from 'node:assert/strict'
import { buffer } from 'node:stream/consumers'
import { PeerError } from '../../src/peers/peer-error.ts'
import type { OutgoingFile, PeerFile, PutContext } from '../../src/peers/peer.ts'
import type { PeerFailure } from '../../src/peers/refusal.ts'

export const MIB = 1024 * 1024

/** Bytes of which no two places are alike. */
export function dataOf(size: number): Buffer {
  const data = Buffer.alloc(Math.ceil(size / 4) * 4)
  for (let index = 0; index < data.length; index += 4) data.writeUInt32LE(index, index)
  return data.subarray(0, size)
}

/** A file to be sent, and how often it has been opened. */
export function outgoing(name: string, data: Uint8Array): OutgoingFile & { opened: number } {
  const file = {
    name,
    size: data.length,
    contentType: 'text/plain',
    opened: 0,
    async *open(from: number): AsyncGenerator<Uint8Array> {
      file.opened += 1
      const step = 64 * 1024
      for (let at = from; at < data.length; at += step) yield data.subarray(at, at + step)
    },
  }
  return file
}

/** A context that reaches this machine, and does not wait between attempts. */
export function contextOf(more: Partial<PutContext> = {}): PutContext {
  const { signal } = new AbortController()
  return { signal, reach: 'machine', pause: doNothing, progress: () => undefined, ...more }
}

async function doNothing(): Promise<void> {}

/** All of a file, from a byte on. */
export async function readFile(file: PeerFile | undefined, from = 0): Promise<Buffer> {
  assert.ok(file)
  return await buffer(await file.open(from, new AbortController().signal))
}

/** Checks what a failure at a peer tells, and that it keeps secrets. */
export function peerError(
  expected: { failure: PeerFailure; reason?: string | undefined; message?: RegExp },
  secrets: readonly string[] = [],
): (error: unknown) => true {
  return (error) => {
    assert.ok(error instanceof PeerError, String(error))
    assert.deepEqual(
      { failure: error.failure, reason: error.reason },
      { failure: expected.failure, reason: expected.reason },
      error.message,
    )
    assert.match(error.message, expected.message ?? /./)
    assert.match(error.message, /^[A-Z“][^\n]*\.$/)
    for (const secret of secrets) assert.ok(!error.message.includes(secret), error.message)
    return true
  }
}
