import { nameOf } from '../name-of.ts'
import { telling } from '../peer-error.ts'
import type { PeerContext, PeerFile } from '../peer.ts'
import { peerFile } from './peer-file.ts'
import type { Wire } from './wire.ts'

/** What a peer tells of a file. */
export interface FileFacts {
  /** In bytes; undefined when only its end will tell. */
  readonly size: number | undefined
  readonly contentType: string | undefined
}

/** A file in a listing. */
export interface ListedFile extends FileFacts {
  readonly key: string
}

/** A container or bucket that is signed in to. */
export interface Place {
  readonly wire: Wire
  /** Where the content of a file is. */
  readonly urlOf: (key: string) => URL
  /** What is told of one file. */
  readonly look: (key: string) => Promise<FileFacts>
  /** Those that begin with the prefix, without what only stands for a folder. */
  readonly list: () => Promise<readonly ListedFile[]>
}

/** Which files are wanted of a {@link Place}: one, or all that begin so. */
export interface Wanted {
  readonly key: string | undefined
  readonly prefix: string
  /** What the one is called here; its key unless given. */
  readonly filename: string | undefined
}

/**
 * Finds files at a peer that has them under keys.
 *
 * @param options.where - such as `the bucket “photos” at s3.example.com`, for sentences
 * @param options.enter - signs in, where that takes a request
 * @throws `PeerError`
 */
export async function findFiles(
  { key, prefix, filename }: Wanted,
  options: {
    where: string
    secrets: readonly string[]
    context: PeerContext
    enter: () => Place | Promise<Place>
  },
): Promise<readonly PeerFile[]> {
  const { where, secrets, context, enter } = options
  const tellOf = (wanted: string) => ({
    what: `“${wanted}” could not be fetched from ${where}`,
    secrets,
  })
  const toFile = ({ wire, urlOf }: Place, found: ListedFile, called: string): PeerFile => {
    const { size, contentType } = found
    const located = { name: nameOf(called), size, contentType, url: urlOf(found.key) }
    return peerFile(located, wire, { tell: tellOf(found.key), context })
  }
  if (key !== undefined) {
    return await telling(tellOf(key), async () => {
      const place = await enter()
      return [toFile(place, { key, ...(await place.look(key)) }, filename ?? key)]
    })
  }
  const tell = { what: `What begins with “${prefix}” could not be listed in ${where}`, secrets }
  return await telling(tell, async () => {
    const place = await enter()
    return (await place.list()).map((found) => toFile(place, found, found.key))
  })
}
