import { refusalSchema } from '../../../src/doors/page/api.ts'
import { RefusedError } from '../../service.ts'
import { strings } from '../../strings.ts'

/** A refusal with its status. */
export class UploadRefusedError extends RefusedError {
  readonly status: number

  constructor(message: string, status: number) {
    super(message)
    this.status = status
  }
}

/**
 * Sends a file as the body of a POST, and tells how far it is, which `fetch` does not.
 *
 * @param onProgress - is told parts from 0 to 1
 * @throws {UploadRefusedError} what the service has refused
 * @throws {Error} when it cannot be reached
 */
export async function sendFile(
  url: string,
  file: File,
  onProgress: (part: number) => void,
): Promise<void> {
  const request = new XMLHttpRequest()
  const ended = Promise.withResolvers<void>()
  request.upload.addEventListener('progress', ({ loaded, total }) => {
    onProgress(total === 0 ? 1 : loaded / total)
  })
  request.addEventListener('load', () => ended.resolve())
  for (const event of ['error', 'abort', 'timeout'] as const) {
    request.addEventListener(event, () => ended.reject(new Error(strings.app.offline)))
  }
  request.open('POST', url)
  request.send(file)
  await ended.promise
  const { status, responseText } = request
  if (status >= 200 && status < 300) return
  throw new UploadRefusedError(refusalOf(responseText) ?? strings.app.answered(status), status)
}

function refusalOf(text: string): string | undefined {
  try {
    return refusalSchema.parse(JSON.parse(text)).message
  } catch {
    return undefined
  }
}
