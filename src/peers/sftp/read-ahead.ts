import type { SftpSession } from './sftp-session.ts'

/** In bytes: what every server gives and takes at once. */
export const PIECE_BYTES = 32 * 1024
/** How many requests are under way at a time; 2 MB fill a wide and long line. */
export const AHEAD = 64

/** Reads an open file from a byte on, with requests ahead of what has been read. */
export async function* readAhead(
  session: SftpSession,
  handle: Buffer,
  from: number,
): AsyncGenerator<Uint8Array> {
  let next = from
  const pieces: Promise<Buffer>[] = []

  async function readPiece(position: number): Promise<Buffer> {
    const piece = Buffer.allocUnsafe(PIECE_BYTES)
    let bytes = 0
    while (bytes < piece.length) {
      const read = await session.ask<number>((sftp, done) => {
        const count = piece.length - bytes
        sftp.read(handle, piece, bytes, count, position + bytes, (error, got) =>
          // The end of the file is the one failure that is none.
          isEnd(error) ? done(undefined, 0) : done(error, got),
        )
      })
      if (read === 0) break
      bytes += read
    }
    return piece.subarray(0, bytes)
  }

  for (;;) {
    while (pieces.length < AHEAD) {
      const piece = readPiece(next)
      // It may fail while nobody waits for it yet.
      piece.catch(() => undefined)
      pieces.push(piece)
      next += PIECE_BYTES
    }
    const piece = await pieces.shift()
    if (piece === undefined || piece.length === 0) return
    yield piece
    if (piece.length < PIECE_BYTES) return
  }
}

function isEnd(error: Error | undefined): boolean {
  return error !== undefined && 'code' in error && error.code === 1
}
