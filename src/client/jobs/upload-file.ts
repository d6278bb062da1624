import { openAsBlob } from 'node:fs'
import path from 'node:path'
import { refuseBad } from '../refusal.ts'
import type { TaskAnswer } from './job-answer.ts'

/**
 * Sends a file to an `import/upload` task that waits for it, by the task's form; the file is read as it goes.
 *
 * @throws {ServiceRefusal} what the service says of the form or the file
 */
export async function uploadFile(
  task: TaskAnswer,
  file: string,
  signal?: AbortSignal,
): Promise<void> {
  const form = task.result?.form
  if (form === undefined) {
    throw new Error(`The task ${task.name ?? task.id} takes no file: it is ${task.status}.`)
  }
  const body = new FormData()
  for (const [name, value] of Object.entries(form.parameters)) body.append(name, value)
  body.append('file', await openAsBlob(file), path.basename(file))
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
