import { formatBytes } from '../strings.ts'
import type { KnownTask } from './job.ts'
import { viewWords } from './view-words.ts'

const words = viewWords.story

/** The members of payloads that say where a file comes from or goes to, such as a bucket. */
const PLACES = ['url', 'host', 'bucket', 'container', 'storage_account', 'region', 'path', 'key']

/**
 * Says what the service itself does and did for a task that brings files in or out, which no action knows of.
 *
 * @param now - the end of what has not ended, in milliseconds since 1970
 * @returns undefined for a task that actions work for
 */
export function storyOfTask(known: KnownTask, now: number): string | undefined {
  const { task, facts } = known
  const { operation, status, code } = task
  if (!/^(?:import|export)\//.test(operation)) return undefined
  if (operation === 'import/upload' && status === 'waiting') return words.waitsForUpload
  if (facts.startedAt === undefined && operation !== 'import/upload') {
    return code === 'INPUT_TASK_FAILED' ? words.skipped : words.waits
  }
  const time = (facts.endedAt ?? now) - (facts.startedAt ?? facts.createdAt)
  const files = filesOf(known)
  const place = placeOf(known)
  if (status === 'error') return words.failedAt(place, time)
  if (operation === 'import/upload') return words.uploaded(files)
  if (operation === 'import/base64' || operation === 'import/raw') return words.decoded(files)
  if (operation === 'export/url') return words.linked(files)
  if (operation.startsWith('import/')) {
    return status === 'finished' ? words.fetched(files, place, time) : words.fetching(place)
  }
  return status === 'finished' ? words.sent(files, place, time) : words.sending(place)
}

function filesOf({ facts: { files } }: KnownTask): string {
  const [first, ...more] = files
  if (first === undefined) return words.nothing
  const size = formatBytes(files.reduce((sum, file) => sum + file.size, 0))
  return more.length === 0 ? words.oneFile(first.name, size) : words.manyFiles(files.length, size)
}

function placeOf({ task: { operation }, facts: { options } }: KnownTask): string {
  const told = PLACES.flatMap((name) => (typeof options[name] === 'string' ? options[name] : []))
  const [, kind = operation] = operation.split('/')
  return told.length === 0 ? kind : `${kind === 'url' ? '' : `${kind}: `}${told.join(' ')}`
}
