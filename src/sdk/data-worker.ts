import type { Action } from '@adobe/asset-compute-sdk'
import { readFormat } from '../contract/actions.ts'
import { DATA_INSTRUCTIONS } from '../contract/instructions/data-instructions.ts'
import type { Instructions } from '../contract/instructions/instruction.ts'
import { type DataOptions, data } from '../engine/data/data.ts'
import { DATA_CONVERSIONS, type DataFormat, type DataSource } from '../sources/data-conversions.ts'
import { formatOfExtension } from '../sources/format-lookup.ts'
import { createBuiltInAction } from './built-in-action.ts'
import { readInstruction } from './parameters.ts'
import { RenditionError } from './rendition-error.ts'
import { makeRendition, prepareJob, requireSource } from './rendition-job.ts'

/** The `main` of the action that converts tables, texts with markup and fonts, and makes drawings smaller. */
export function createDataWorker(): Action {
  return createBuiltInAction('data_worker', async (source, rendition) => {
    const path = requireSource(source, 'A rendition of data')
    const options = readDataOptions(rendition.instructions, source?.name ?? '')
    await makeRendition(data, prepareJob(rendition, [{ path }]), options, rendition)
  })
}

function readDataOptions(instructions: Instructions, name: string): DataOptions {
  const extension = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
  const told = readInstruction('from', DATA_INSTRUCTIONS.from, instructions) ?? extension
  const from = formatOfExtension(told)
  const to = readFormat(instructions['fmt'])
  const strip = readInstruction('strip', DATA_INSTRUCTIONS.strip, instructions)
  if (isDataSource(from) && isMadeOf(from, to)) return { from, to, strip }
  const made = isDataSource(from) ? DATA_CONVERSIONS[from].join(', ') : undefined
  const message =
    made === undefined
      ? `from must be one of ${Object.keys(DATA_CONVERSIONS).join(', ')}, but it is ${JSON.stringify(told)}.`
      : `fmt must be ${made} for a source that is ${told}, but it is ${JSON.stringify(to)}.`
  throw new RenditionError('RenditionFormatUnsupported', message)
}

function isDataSource(id: string | undefined): id is DataSource {
  return id !== undefined && Object.hasOwn(DATA_CONVERSIONS, id)
}

function isMadeOf(from: DataSource, to: string): to is DataFormat {
  return DATA_CONVERSIONS[from].some((each) => each === to)
}
