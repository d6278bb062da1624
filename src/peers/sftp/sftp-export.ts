import * as z from 'zod/mini'
import { readPart } from '../parts.ts'
import { telling } from '../peer-error.ts'
import type { ExportPeer, OutgoingFile, PutContext } from '../peer.ts'
import { persist } from '../persist.ts'
import { secretsOf } from '../secrets.ts'
import { AHEAD, PIECE_BYTES } from './read-ahead.ts'
import { pathIn, SFTP_SECRETS, type SftpOptions, sftpOptions } from './sftp-options.ts'
import { openSession, type SftpSession } from './sftp-session.ts'

const CLEANUP_MS = 10_000

/** Files onto an SFTP server. One that breaks off is written on from where the server has it. */
export const sftpExport: ExportPeer = {
  options: sftpOptions,
  secrets: SFTP_SECRETS,
  async put(given, file, context) {
    const options = z.parse(sftpOptions, given)
    const { host, path = '' } = options
    const target = options.file ?? pathIn(path, file.name)
    const tell = {
      what: `“${target}” could not be put onto ${host}`,
      secrets: secretsOf(given, SFTP_SECRETS),
    }
    await telling(tell, () => putFile(target, file, options, context))
  },
}

async function putFile(
  path: string,
  file: OutgoingFile,
  options: SftpOptions,
  context: PutContext,
): Promise<void> {
  // What the server has said that it has; undefined before there is a file.
  let written: number | undefined
  const attempt = async () => {
    const session = await openSession(options, context)
    try {
      const flags = written === undefined ? 'w' : 'r+'
      const handle = await session.ask<Buffer>((sftp, done) => sftp.open(path, flags, done))
      written ??= 0
      await writeAhead(session, handle, {
        file,
        from: written,
        onWritten(bytes) {
          written = bytes
          context.progress(bytes)
        },
      })
      await session.ask<void>((sftp, done) => sftp.close(handle, (error) => done(error, undefined)))
    } finally {
      session.close()
    }
  }
  try {
    await persist(attempt, context)
  } catch (error) {
    if (written !== undefined) await remove(path, options, context)
    throw error
  }
}

interface Writing {
  readonly file: OutgoingFile
  readonly from: number
  /** Called with how many bytes are there without a gap. */
  readonly onWritten: (bytes: number) => void
}

/** Writes a file with requests ahead of what the server has confirmed. */
async function writeAhead(
  session: SftpSession,
  handle: Buffer,
  { file, from, onWritten }: Writing,
): Promise<void> {
  const waiting: { end: number; done: Promise<void> }[] = []
  const confirmFirst = async () => {
    const first = waiting.shift()
    await first?.done
    if (first !== undefined) onWritten(first.end)
  }
  let position = from
  onWritten(from)
  for await (const chunk of readPart(
    file,
    { start: from, size: file.size - from },
    () => undefined,
  )) {
    for (let offset = 0; offset < chunk.length; offset += PIECE_BYTES) {
      const piece = Buffer.from(chunk.subarray(offset, offset + PIECE_BYTES))
      const at = position
      const done = session.ask<void>((sftp, callback) =>
        sftp.write(handle, piece, 0, piece.length, at, (error) => callback(error, undefined)),
      )
      // It may fail while nobody waits for it yet.
      done.catch(() => undefined)
      position += piece.length
      waiting.push({ end: position, done })
      if (waiting.length >= AHEAD) await confirmFirst()
    }
  }
  while (waiting.length > 0) await confirmFirst()
}

/** A part of a file would look like a whole one. */
async function remove(path: string, options: SftpOptions, context: PutContext): Promise<void> {
  try {
    const signal = AbortSignal.timeout(CLEANUP_MS)
    const session = await openSession(options, { ...context, signal })
    await session.ask<void>((sftp, done) => sftp.unlink(path, (error) => done(error, undefined)))
    session.close()
  } catch {
    // What counts is why it could not be put there.
  }
}
