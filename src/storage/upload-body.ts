import { ServiceError } from '../base/errors.ts'

/** What a body may be and what it was said to be, in bytes. */
export interface BodySize {
  /** The longest body to accept. */
  max?: number | undefined
  /** The length that the sender announced. */
  announced?: number | undefined
}

/**
 * The body of an upload, chunk by chunk, which fails rather than end when the body is not what it should be.
 *
 * @throws {@link ServiceError} 400 for a body that broke off or has not the announced length, 413 for one that is too long
 */
export async function* checkedChunks(
  body: AsyncIterable<Uint8Array> | null,
  { max, announced }: BodySize,
): AsyncGenerator<Uint8Array, void, void> {
  let received = 0
  for await (const chunk of readBody(body)) {
    received += chunk.byteLength
    if (max !== undefined && received > max) throw tooLong(max)
    yield chunk
  }
  if (announced !== undefined && received !== announced) {
    throw new ServiceError(
      'invalid',
      `The upload has ${received} bytes, but its Content-Length is ${announced}; nothing was stored.`,
    )
  }
}

async function* readBody(body: AsyncIterable<Uint8Array> | null) {
  if (body === null) return
  try {
    yield* body
  } catch (cause) {
    throw new ServiceError('invalid', 'The upload broke off before its end; nothing was stored.', {
      cause,
    })
  }
}

/** The refusal of a body longer than `max` bytes. */
export function tooLong(max: number): ServiceError {
  return new ServiceError(
    'too_large',
    `The upload is longer than the ${max} bytes that this URL allows.`,
  )
}
