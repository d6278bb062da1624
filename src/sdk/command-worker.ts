import type { Action, Rendition, WorkerParams } from '@adobe/asset-compute-sdk'
import * as z from 'zod/mini'
import { readFormat } from '../contract/actions.ts'
import { COMMAND_INSTRUCTIONS } from '../contract/instructions/command-instructions.ts'
import type { Instructions } from '../contract/instructions/instruction.ts'
import { type CommandOptions, createCommand } from '../engine/command/command.ts'
import type { OutputFile } from '../engine/operation.ts'
import { createBuiltInAction } from './built-in-action.ts'
import { readInstruction } from './parameters.ts'
import { RenditionError } from './rendition-error.ts'
import { deliver, prepareJob, startJob } from './rendition-job.ts'

const program = z.catch(z.optional(z.string()), undefined)

/** The inputs of the action: where the programs are, or nothing. */
const inputsSchema = z.object({
  DARKROOM_BWRAP: program,
  DARKROOM_FFMPEG: program,
  DARKROOM_IMAGEMAGICK: program,
  DARKROOM_GRAPHICSMAGICK: program,
})

/**
 * The `main` of the action that runs commands in a sandbox, on the machine of the service alone: a rendition with the `fmt`
 * tar is what a command leaves, one with json what it says. Those of one activation that ask for the same command are of
 * one run.
 */
export function createCommandWorker(): Action {
  // An activation is known by its params.
  const activations = new WeakMap<WorkerParams, readonly Promise<OutputFile>[]>()

  return createBuiltInAction('command_worker', async (_source, rendition, params) => {
    const files = activations.get(params) ?? startCommands(rendition, params)
    activations.set(params, files)
    const file = files[rendition.index]
    if (file === undefined) throw new RangeError(`the request has no rendition ${rendition.index}`)
    await deliver(await file, rendition)
  })
}

function startCommands(rendition: Rendition, params: WorkerParams): readonly Promise<OutputFile>[] {
  const inputs = z.parse(inputsSchema, params)
  const command = createCommand({
    programs: {
      bwrap: inputs.DARKROOM_BWRAP ?? '',
      ffmpeg: inputs.DARKROOM_FFMPEG ?? '',
      imagemagick: inputs.DARKROOM_IMAGEMAGICK ?? '',
      graphicsmagick: inputs.DARKROOM_GRAPHICSMAGICK ?? '',
    },
  })
  const job = prepareJob(rendition, [])
  return startJob(command, job, params.renditions, readCommandOptions)
}

function readCommandOptions(instructions: Instructions): CommandOptions {
  const { command, arguments: args, files } = COMMAND_INSTRUCTIONS
  const format = readFormat(instructions['fmt'])
  if (format !== 'tar' && format !== 'json') {
    const message = `fmt must be tar, for what the command leaves, or json, for what it says, but it is ${JSON.stringify(instructions['fmt'])}.`
    throw new RenditionError('RenditionFormatUnsupported', message)
  }
  const wanted = readInstruction('command', command, instructions)
  if (wanted === undefined) throw new RangeError('what is required is there')
  return {
    command: wanted,
    args: readInstruction('arguments', args, instructions) ?? [],
    files: readInstruction('files', files, instructions) ?? [],
    result: format === 'tar' ? 'files' : 'report',
  }
}
