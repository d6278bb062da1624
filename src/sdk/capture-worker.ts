import type { Action, WorkerParams } from '@adobe/asset-compute-sdk'
import * as z from 'zod/mini'
import { readFormat } from '../contract/actions.ts'
import { CAPTURE_INSTRUCTIONS } from '../contract/instructions/capture-instruction.ts'
import type { Instructions } from '../contract/instructions/instruction.ts'
import type { CaptureOptions } from '../engine/capture/capture-options.ts'
import { createCapture } from '../engine/capture/capture.ts'
import { missingProgram } from '../programs/missing-program.ts'
import { createBuiltInAction } from './built-in-action.ts'
import { readInstruction, readParameters } from './parameters.ts'
import { readReach } from './reach.ts'
import { RenditionError } from './rendition-error.ts'
import { makeRendition, prepareJob, requireSource } from './rendition-job.ts'

/** Inputs of the action: paths of programs, empty where there is none. */
const inputsSchema = z.object({
  DARKROOM_CHROMIUM: z.optional(z.string()),
  DARKROOM_BWRAP: z.optional(z.string()),
})

/** The `main` of the action that captures pages of the web, and files as such pages. */
export function createCaptureWorker(): Action {
  return createBuiltInAction('capture_worker', async (source, rendition, params) => {
    const { instructions } = rendition
    const options = readCaptureOptions(instructions)
    const sources =
      options.url === undefined
        ? [
            {
              path: requireSource(source, 'A capture without a url'),
              name: source?.name,
              mediaType: source?.type,
            },
          ]
        : []
    await makeRendition(prepare(params), prepareJob(rendition, sources), options, rendition)
  })
}

function prepare(params: WorkerParams) {
  const { DARKROOM_CHROMIUM: chromium, DARKROOM_BWRAP: bwrap } = readParameters(inputsSchema, {
    DARKROOM_CHROMIUM: params['DARKROOM_CHROMIUM'],
    DARKROOM_BWRAP: params['DARKROOM_BWRAP'],
  })
  return createCapture({
    chromium,
    bwrap,
    // Whoever develops may have a server on this machine. What pages open does not reach it.
    reach: readReach('machine'),
    missing: () => missingProgram('chromium', 'A capture of a page'),
  })
}

function readCaptureOptions(instructions: Instructions): CaptureOptions {
  const format = { pdf: 'pdf', png: 'png', jpg: 'jpg', jpeg: 'jpg' } as const
  const fmt = readFormat(instructions['fmt'])
  if (fmt !== 'pdf' && fmt !== 'png' && fmt !== 'jpg' && fmt !== 'jpeg') {
    throw new RenditionError(
      'RenditionFormatUnsupported',
      `fmt must be pdf, png or jpg, which is all that this worker makes, but it is ${JSON.stringify(fmt)}.`,
    )
  }
  const { capture } = CAPTURE_INSTRUCTIONS
  return { format: format[fmt], ...readInstruction('capture', capture, instructions) }
}
