import { posix } from 'node:path'
import type { FileEntry, Stats } from 'ssh2'
import * as z from 'zod/mini'
import { retrying } from '../../fetching/resume.ts'
import { tooMany } from '../listing.ts'
import { nameOf } from '../name-of.ts'
import { type Telling, telling, tellingContent } from '../peer-error.ts'
import type { ImportPeer, PeerContext, PeerFile } from '../peer.ts'
import { persist } from '../persist.ts'
import { Refusal } from '../refusal.ts'
import { secretsOf } from '../secrets.ts'
import { readAhead } from './read-ahead.ts'
import { pathIn, SFTP_SECRETS, type SftpOptions, sftpOptions } from './sftp-options.ts'
import { openSession, type SftpSession } from './sftp-session.ts'

/** Files of an SFTP server: one, or those that are directly in a folder. */
export const sftpImport: ImportPeer = {
  options: sftpOptions,
  secrets: SFTP_SECRETS,
  async find(given, context) {
    const options = z.parse(sftpOptions, given)
    const { host, file, path = '', filename } = options
    const secrets = secretsOf(given, SFTP_SECRETS)
    const tellOf = (what: string) => ({
      what: `“${what}” could not be fetched from ${host}`,
      secrets,
    })
    const where = file ?? path
    const found = await telling(tellOf(where), () =>
      persist(async () => {
        const session = await openSession(options, context)
        try {
          return file === undefined
            ? await listFolder(session, path, context.mostFiles)
            : [{ path: file, size: await sizeOf(session, file) }]
        } finally {
          session.close()
        }
      }, context),
    )
    return found.map((entry) => {
      const name = nameOf(file === undefined ? posix.basename(entry.path) : (filename ?? file))
      return sftpFile({ ...entry, name }, options, { tell: tellOf(entry.path), context })
    })
  },
}

interface Found {
  readonly path: string
  readonly size: number
}

async function sizeOf(session: SftpSession, path: string): Promise<number> {
  const stats = await session.ask<Stats>((sftp, done) => sftp.stat(path, done))
  if (!stats.isFile()) throw new Refusal('failed', 'it is no file')
  return stats.size
}

async function listFolder(
  session: SftpSession,
  folder: string,
  most: number | undefined,
): Promise<readonly Found[]> {
  const entries = await session.ask<readonly FileEntry[]>((sftp, done) =>
    sftp.readdir(folder, done),
  )
  const files = entries.filter(({ attrs }) => isFile(attrs.mode))
  if (files.length > (most ?? 1000)) throw tooMany(most)
  return files.map(({ filename, attrs }) => ({
    path: pathIn(folder, posix.basename(filename)),
    size: attrs.size,
  }))
}

/** The type of a file is in the upper bits of its mode, as POSIX has it (S_IFREG). */
function isFile(mode: number): boolean {
  return (mode & 0o170000) === 0o100000
}

function sftpFile(
  { name, size, path }: Found & { readonly name: string },
  options: SftpOptions,
  { tell, context }: { readonly tell: Telling; readonly context: PeerContext },
): PeerFile {
  const openAgain = retrying(async (_url, { from, signal }) => {
    const session = await openSession(options, { ...context, signal })
    try {
      const handle = await session.ask<Buffer>((sftp, done) => sftp.open(path, 'r', done))
      const { size: whole, mtime } = await session.ask<Stats>((sftp, done) =>
        sftp.fstat(handle, done),
      )
      return {
        content: readAndClose(session, handle, from),
        size: whole,
        date: new Date(mtime * 1000),
        start: from,
        version: String(mtime),
      }
    } catch (error) {
      session.close()
      throw error
    }
  }, context)
  return {
    name,
    size,
    contentType: undefined,
    async open(from, signal) {
      const either = AbortSignal.any([context.signal, signal])
      return await telling(tell, async () => {
        const { content } = await openAgain(path, { from, signal: either })
        return tellingContent(tell, content)
      })
    },
  }
}

async function* readAndClose(
  session: SftpSession,
  handle: Buffer,
  from: number,
): AsyncGenerator<Uint8Array> {
  try {
    yield* readAhead(session, handle, from)
  } finally {
    session.close()
  }
}
