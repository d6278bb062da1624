import { openAsBlob } from 'node:fs'
import path from 'node:path'
import { refuseBad } from '../refusal.ts'
import type { TaskAnswer } from './job-answer.ts'
import { uploadInParts } from './upload-in-parts.ts'

/**
 * The largest file that goes in one request, in bytes. The service gives a request five minutes, which is enough for this at 7 MB a
 * second, and whatever breaks off has to be sent again from its beginning.
 */
const MOST_FORM_BYTES = 2 * 1024 ** 3

/**
 * Sends a file to an `import/upload` task that waits for it, by the task's form, or in parts when it is large and the service takes
 * them; the file is read as it goes.
 *
 * @throws {ServiceRefusal} what the service says of the form or the file
 */
export async function uploadFile(
  task: TaskAnswer,
  file: string,
  signal?: AbortSignal,
): Promise<void> {
  const { form, tus } = task.result ?? {}
  if (form === undefined) {
    throw new Error(`The task ${task.name ?? task.id} takes no file: it is ${task.status}.`)
  }
  const content = await openAsBlob(file)
  const filename = path.basename(file)
  if (content.size > MOST_FORM_BYTES && tus !== undefined) {
    return uploadInParts(tus.url, content, { filename, signal })
  }
  const body = new FormData()
  for (const [name, value] of Object.entries(form.parameters)) body.append(name, value)
  body.append('file', content, filename)
  const response = await refuseBad(
    await fetch(form.url, {
      method: 'POST',
      body,
      redirect: 'manual',
      ...(signal !== undefined && { signal }),
    }).then(acceptRedirect),
  )
  await response.body?.cancel()
}

/** A task may have a page to go to when the file has come, which is for browsers. */
function acceptRedirect(response: Response): Response {
  return response.status === 303 ? new Response(null) : response
}
