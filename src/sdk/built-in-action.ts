import type { Action, RenditionCallback } from '@adobe/asset-compute-sdk'
import { isRecord } from '../base/json.ts'
import { type BuiltInWorker, chooseBuiltInWorker } from '../contract/actions.ts'
import { findUnknownInstructions } from '../contract/instructions/unknown-instructions.ts'
import { tellIdle } from './idle-instructions.ts'
import { beginReports } from './progress-report.ts'
import { blamePromise } from './promised-format.ts'
import { remark } from './remarks.ts'
import { RenditionError } from './rendition-error.ts'
import { createSdkAction } from './sdk-action.ts'
import { toSdkError } from './sdk-errors.ts'
import { requireTestMark } from './test-files.ts'

/**
 * Makes the `main` of an action of this project.
 *
 * @param location - a short text to search logs and metrics for, such as `image_worker`
 */
export function createBuiltInAction(location: string, callback: RenditionCallback): Action {
  const action = createSdkAction(
    async (source, rendition, params) => {
      beginReports(rendition, params)
      const { instructions } = rendition
      requireTestMark(instructions)
      const unknown = findUnknownInstructions(instructions).map(({ message }) => message)
      const idle = tellIdle(instructions)
      remark(rendition, idle === undefined ? unknown : [...unknown, idle])
      try {
        return await callback(source, rendition, params)
      } catch (error) {
        throw await blamePromise(error, source, params['source'])
      }
    },
    (error) => toSdkError(error, location),
  )
  return (params) => {
    hideSecrets(params)
    return action(params)
  }
}

/**
 * Refuses a `fmt` that is none of a worker's own.
 *
 * @param made - what would be right, such as "zip, which is all that this worker makes"
 * @throws {@link RenditionError} RenditionFormatUnsupported
 */
export function requireFormat(fmt: unknown, worker: BuiltInWorker, made: string): void {
  if (chooseBuiltInWorker({ fmt }) === worker) return
  throw new RenditionError(
    'RenditionFormatUnsupported',
    fmt === undefined
      ? `fmt is missing; it must be ${made}.`
      : `fmt must be ${made}, but it is ${JSON.stringify(fmt)}.`,
  )
}

/** What opens something: an encrypted source or rendition, presigned URLs, or the headers of a page. */
const SECRETS = ['password', 'files', 'encrypt', 'capture']

/**
 * Has secrets left out wherever the SDK copies the instructions of a rendition: into its log, its events and its metrics,
 * as it does itself with the `target`. A web call passes its renditions on to the activation that does the work, so there
 * nothing is hidden yet.
 */
function hideSecrets(params: unknown): void {
  if (!isRecord(params) || '__ow_method' in params || !Array.isArray(params['renditions'])) return
  const renditions: unknown[] = params['renditions']
  for (const instructions of renditions.filter(isRecord)) {
    for (const name of SECRETS.filter((secret) => secret in instructions)) {
      Object.defineProperty(instructions, name, { enumerable: false })
    }
  }
}
