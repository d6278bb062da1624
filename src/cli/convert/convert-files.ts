import { failedTask, type JobAnswer, remarkOf } from '../../client/jobs/job-answer.ts'
import type { JobsClient } from '../../client/jobs/jobs-client.ts'
import { ServiceRefusal } from '../../client/refusal.ts'
import { createQueue } from '../../tasks/queue.ts'
import { UsageError } from '../arguments.ts'
import { SIDE_BY_SIDE } from '../concurrency.ts'
import { explainFailure } from '../explain-failure.ts'
import type { GivenFile } from '../given-files/find-files.ts'
import { placesOf, savePlaced } from '../jobs-api/save-exports.ts'
import { createNamesWithin } from '../jobs-api/saved-names.ts'
import type { ConversionOutcome } from './conversion-outcome.ts'
import type { ConvertCall } from './convert-options.ts'

/** What is to be converted, and where it goes. */
export type ConversionCall = Pick<ConvertCall, 'sources' | 'payload' | 'out' | 'force'> &
  Partial<Pick<ConvertCall, 'concurrency'>>

/**
 * Converts every file by a job of its own, and saves what is made of it. One that fails is told of, and the others go on.
 *
 * @param onProgress - called after every change with all outcomes, in the order of the command line, and with the one that has
 * ended
 * @throws {UsageError} when the service says that an option is wrong
 * @throws {ServiceRefusal} when it creates no job for another reason
 */
export async function convertFiles(
  client: JobsClient,
  call: ConversionCall,
  onProgress: (
    outcomes: readonly ConversionOutcome[],
    changed: ConversionOutcome | undefined,
  ) => void,
  interrupted?: AbortSignal,
): Promise<ConversionOutcome[]> {
  const { sources, payload, out, force, concurrency = SIDE_BY_SIDE } = call
  const stop = new AbortController()
  const signal =
    interrupted === undefined ? stop.signal : AbortSignal.any([stop.signal, interrupted])
  const namesWithin = createNamesWithin(out)
  const queue = createQueue(concurrency)
  const outcomes = sources.map(({ title }): ConversionOutcome => ({
    source: title,
    state: 'waiting',
    files: [],
  }))
  onProgress(outcomes, undefined)

  function reach(outcome: ConversionOutcome, state: ConversionOutcome['state']): void {
    outcome.state = state
    delete outcome.percent
    onProgress(outcomes, state === 'converted' || state === 'failed' ? outcome : undefined)
  }

  function fail(outcome: ConversionOutcome, code: string, message: string): void {
    Object.assign(outcome, { code, message })
    reach(outcome, 'failed')
  }

  /** @param isTurn - so that of two files of one name it is always the same that gets it */
  async function convert(
    { file, within }: GivenFile,
    outcome: ConversionOutcome,
    isTurn: Promise<unknown>,
  ): Promise<void> {
    const started = performance.now()
    const created = await create(client, payload)
    let step = 'UPLOAD_FAILED'
    try {
      reach(outcome, 'uploading')
      await uploadTo(client, created, file, signal)
      step = 'FOLLOWING_FAILED'
      reach(outcome, 'converting')
      const job = await client.follow(
        created,
        ({ name, percent }) => {
          if (name !== 'convert' || typeof percent !== 'number' || percent >= 100) return
          outcome.percent = percent
          onProgress(outcomes, undefined)
        },
        signal,
      )
      const failed = failedTask(job)
      if (failed !== undefined) {
        fail(outcome, failed.code ?? 'FAILED', failed.message ?? 'The service does not say why.')
        return
      }
      await isTurn
      step = 'SAVING_FAILED'
      const placed = placesOf(job, await namesWithin(within))
      reach(outcome, 'downloading')
      outcome.files = await savePlaced(client, placed, { force, signal })
      const remarks = job.tasks.flatMap((task) => remarkOf(task) ?? [])
      if (remarks.length > 0) outcome.remarks = remarks
      outcome.milliseconds = Math.round(performance.now() - started)
      reach(outcome, 'converted')
    } catch (error) {
      // A job that waits for its file would wait for hours.
      if (step === 'UPLOAD_FAILED') await client.remove(created.id).catch(() => undefined)
      signal.throwIfAborted()
      fail(outcome, step, explainFailure(error))
    }
  }

  let before: Promise<unknown> = Promise.resolve()
  const conversions = sources.flatMap((source, index) => {
    const { [index]: outcome } = outcomes
    if (outcome === undefined) return []
    const isTurn = before
    const conversion = queue.run(index, () => convert(source, outcome, isTurn), signal)
    before = conversion.catch(() => undefined)
    return conversion
  })
  try {
    await Promise.all(conversions)
    return outcomes
  } catch (error) {
    stop.abort()
    await Promise.allSettled(conversions)
    throw error
  }
}

async function create(client: JobsClient, payload: ConvertCall['payload']): Promise<JobAnswer> {
  const tasks = {
    import: { operation: 'import/upload' },
    convert: { ...payload, operation: 'convert', input: 'import' },
    export: { operation: 'export/url', input: 'convert' },
  }
  try {
    return await client.create({ tasks })
  } catch (error) {
    if (!(error instanceof ServiceRefusal) || error.status !== 422) throw error
    const sentences = Object.values(error.fields).flat()
    throw new UsageError(sentences.length === 0 ? error.sentence : sentences.join('\n'), {
      cause: error,
    })
  }
}

async function uploadTo(
  client: JobsClient,
  { tasks }: JobAnswer,
  source: string,
  signal: AbortSignal,
): Promise<void> {
  const task = tasks.find(({ name }) => name === 'import')
  if (task === undefined)
    throw new Error('The service has created a job without its task "import".')
  await client.upload(task, source, signal)
}
