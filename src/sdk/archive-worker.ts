import type { Action, Rendition, Source, WorkerParams } from '@adobe/asset-compute-sdk'
import { isArchiveFormat, readFormat, UNWRITTEN_RAR } from '../contract/actions.ts'
import {
  ARCHIVE_INSTRUCTIONS,
  EXTRACT_INSTRUCTIONS,
} from '../contract/instructions/archive-instructions.ts'
import type { Instructions } from '../contract/instructions/instruction.ts'
import { SOURCE_INSTRUCTIONS } from '../contract/instructions/source-instructions.ts'
import { type ArchiveOptions, archive } from '../engine/archive/archive.ts'
import { type UnpackOptions, unpack } from '../engine/archive/unpack.ts'
import type { OutputFile } from '../engine/operation.ts'
import { createBuiltInAction, requireFormat } from './built-in-action.ts'
import { readInstruction } from './parameters.ts'
import { RenditionError } from './rendition-error.ts'
import { deliver, makeRendition, prepareJob, requireSource, startJob } from './rendition-job.ts'

const MADE =
  'zip, 7z, tar, tar.gz, tar.bz2 or tar.xz, which are the archives that this worker makes'

const FORMATS = {
  zip: 'zip',
  '7z': '7z',
  tar: 'tar',
  'tar.gz': 'gzip',
  tgz: 'gzip',
  'tar.bz2': 'bzip2',
  tbz2: 'bzip2',
  'tar.xz': 'xz',
  txz: 'xz',
} as const

/**
 * The `main` of the action that makes archives, and that takes files out of them. What goes into an archive is in the
 * instructions of the rendition, so a request needs no source then, and one that is there is not looked at. With `entry`,
 * or with the `fmt` json, the source is the archive.
 */
export function createArchiveWorker(): Action {
  // An activation is known by its params. However many entries it is to take out, the archive is read once.
  const activations = new WeakMap<WorkerParams, readonly Promise<OutputFile>[]>()

  return createBuiltInAction('archive_worker', async (source, rendition, params) => {
    const { instructions } = rendition
    if (isUnpacking(instructions)) {
      const files = activations.get(params) ?? startUnpacking(source, rendition, params)
      activations.set(params, files)
      const unpacked = params.renditions.filter(isUnpacking)
      const index = params.renditions.slice(0, rendition.index).filter(isUnpacking).length
      const file = files[index]
      if (file === undefined) throw new RangeError(`no entry of ${unpacked.length} is ${index}`)
      return deliver(await file, rendition)
    }
    const options = readArchiveOptions(instructions)
    const job = prepareJob(rendition, [], (sentence) => console.log(sentence))
    await makeRendition(archive, job, options, rendition)
  })
}

function isUnpacking({ fmt, entry, files }: Instructions): boolean {
  if (entry !== undefined && entry !== null && entry !== '') return true
  return readFormat(fmt) === 'json' && (files === undefined || files === null)
}

function startUnpacking(
  source: Source | undefined,
  rendition: Rendition,
  params: WorkerParams,
): readonly Promise<OutputFile>[] {
  const path = requireSource(source, 'A file of an archive')
  const wanted = params.renditions.filter(isUnpacking)
  return startJob(unpack, prepareJob(rendition, [{ path }]), wanted, readUnpackOptions)
}

function readUnpackOptions(instructions: Instructions): UnpackOptions {
  return {
    entry: readInstruction('entry', EXTRACT_INSTRUCTIONS.entry, instructions),
    password: readInstruction('password', SOURCE_INSTRUCTIONS.password, instructions),
  }
}

function readArchiveOptions(instructions: Instructions): ArchiveOptions {
  const { fmt } = instructions
  const format = readFormat(fmt)
  if (format === 'rar') {
    throw new RenditionError('RenditionFormatUnsupported', UNWRITTEN_RAR)
  }
  requireFormat(fmt, 'archive', MADE)
  const { files, duplicate } = ARCHIVE_INSTRUCTIONS
  return {
    format: isArchiveFormat(format) ? FORMATS[format] : 'zip',
    files: (readInstruction('files', files, instructions) ?? []).map((file) =>
      typeof file === 'string' ? { url: file } : { url: file.url, path: file.path ?? undefined },
    ),
    duplicate: readInstruction('duplicate', duplicate, instructions) ?? 'refuse',
  }
}
