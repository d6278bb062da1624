import { open } from 'node:fs/promises'
import { ServiceError } from '../../../base/errors.ts'
import { parseRange, readSlices } from '../../../storage/file-slices.ts'
import { isKnown } from './conditional.ts'

/** A file that is answered with. */
export interface AnsweredFile {
  readonly path: string
  /** In bytes. */
  readonly size: number
  /** With its quotes. */
  readonly etag: string
  readonly headers: Readonly<Record<string, string>>
  /** What sentences call it. */
  readonly what: string
}

/**
 * Answers `GET` and `HEAD` with a file or a range of it.
 *
 * @throws {ServiceError} `range_not_satisfiable`, and `not_found` when the file cannot be read
 */
export async function answerFile(
  request: Request,
  { path, size, etag, headers: others, what }: AnsweredFile,
): Promise<Response> {
  const headers = { ...others, etag, 'accept-ranges': 'bytes' }
  if (isKnown(request.headers, etag)) return new Response(null, { status: 304, headers })
  const asked = request.headers.get('if-range')
  const range =
    asked === null || asked === etag
      ? parseRange(request.headers.get('range') ?? undefined, size)
      : undefined
  if (range === 'unsatisfiable') {
    throw new ServiceError(
      'range_not_satisfiable',
      `The file has ${size} bytes; the range is outside of them.`,
      { headers: { 'content-range': `bytes */${size}` } },
    )
  }
  const { start, end } = range ?? { start: 0, end: size }
  await checkOpens(path, what)
  const body =
    request.method === 'HEAD' ? null : readSlices([{ path, start, end }], async () => undefined)
  return new Response(body, {
    status: range ? 206 : 200,
    headers: {
      ...headers,
      'content-length': String(end - start),
      ...(range && { 'content-range': `bytes ${start}-${end - 1}/${size}` }),
    },
  })
}

/** What cannot be read is told before the answer begins. */
async function checkOpens(path: string, what: string): Promise<void> {
  try {
    const file = await open(path)
    await file.close()
  } catch (error) {
    throw new ServiceError('not_found', `${what} cannot be read.`, { cause: error })
  }
}
