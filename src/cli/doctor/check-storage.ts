import { probeStore } from '../../storage/elsewhere/probe-store.ts'
import type { StorageSettings } from '../../storage/storage-url.ts'
import { type Finding, remark, sound, wrong } from './finding.ts'

const RULE = 'AbortIncompleteMultipartUpload, 7 days'

/**
 * Tries the object store elsewhere, and looks for the lifecycle rule that its bucket should have. The service needs no other one, since it
 * removes by itself what is old; and no rules for pages of other origins, as its own page sends files to the service alone.
 *
 * @param now - the clock, in milliseconds of the epoch
 */
export async function* checkStorage(
  settings: StorageSettings,
  now: () => number,
): AsyncGenerator<Finding> {
  const { where, failure, rule } = await probeStore(settings, now)
  if (failure !== undefined) {
    yield wrong(`STORAGE_URL: ${where} does not do what the service needs: ${failure}.`)
    return
  }
  yield sound(
    `STORAGE_URL: ${where} answers; objects can be written, read by URLs, listed and removed.`,
  )
  if (rule.is === 'there') {
    yield sound('The bucket lets go of uploads in parts that were never ended.')
  } else if (rule.is === 'untold') {
    yield remark(
      `The bucket does not tell its lifecycle rules (${rule.why}); one should end uploads in parts that were never ended (${RULE}).`,
    )
  } else if (rule.is === 'missing') {
    yield remark(
      `The bucket keeps uploads in parts that were never ended, which nobody sees; a lifecycle rule should end them (${RULE}).`,
      {
        action: `Add a lifecycle rule to the bucket that ends unfinished uploads (${RULE})`,
        isAlone: false,
        run: rule.add,
      },
    )
  }
}
