import type { Action, Rendition, Source } from '@adobe/asset-compute-sdk'
import { readFormat } from '../contract/actions.ts'
import type { Instructions } from '../contract/instructions/instruction.ts'
import { OFFICE_INSTRUCTIONS } from '../contract/instructions/office-instructions.ts'
import { SOURCE_INSTRUCTIONS } from '../contract/instructions/source-instructions.ts'
import { createOffice } from '../engine/office/office.ts'
import type { OfficeOptions } from '../engine/office/options.ts'
import type { Operation } from '../engine/operation.ts'
import { formatOfExtension } from '../sources/format-lookup.ts'
import { OFFICE_TARGETS, type OfficeTargetId } from '../sources/office-formats.ts'
import { createBuiltInAction } from './built-in-action.ts'
import { readInstruction, readOfficePrograms } from './parameters.ts'
import { RenditionError } from './rendition-error.ts'
import { makeRendition, prepareJob, requireSource } from './rendition-job.ts'

/** The `main` of the action that makes other formats of office files, PDF above all, by the LibreOffice of the machine. */
export function createOfficeWorker(): Action {
  // The inputs of an action are the same each time.
  let office: Operation<OfficeOptions> | undefined
  return createBuiltInAction('office_worker', async (source, rendition, params) => {
    office ??= createOffice({ programs: readOfficePrograms(params) })
    await makeOffice(office, source, rendition)
  })
}

async function makeOffice(
  office: Operation<OfficeOptions>,
  source: Source | undefined,
  rendition: Rendition,
): Promise<void> {
  const options = readOfficeOptions(rendition.instructions)
  const path = requireSource(source, 'A rendition of an office file')
  const job = prepareJob(rendition, [{ path, name: source?.name, mediaType: source?.type }])
  await makeRendition(office, job, options, rendition)
}

function readOfficeOptions(instructions: Instructions): OfficeOptions {
  const { pages, pdfA, includeMarkup, bookmarks, optimizePrint, fitSheets, includeNotes } =
    OFFICE_INSTRUCTIONS
  return {
    format: readTarget(instructions['fmt']),
    password: readInstruction('password', SOURCE_INSTRUCTIONS.password, instructions),
    pages: readInstruction('pages', pages, instructions),
    pdfA: readInstruction('pdfA', pdfA, instructions),
    includeMarkup: readInstruction('includeMarkup', includeMarkup, instructions),
    bookmarks: readInstruction('bookmarks', bookmarks, instructions),
    optimizePrint: readInstruction('optimizePrint', optimizePrint, instructions),
    fitSheets: readInstruction('fitSheets', fitSheets, instructions),
    includeNotes: readInstruction('includeNotes', includeNotes, instructions),
  }
}

function readTarget(fmt: unknown): OfficeTargetId {
  const asked = readFormat(fmt)
  const id = asked === 'text' ? asked : formatOfExtension(asked)
  const target = OFFICE_TARGETS.find((each) => each === id)
  if (target !== undefined) return target
  const named = `fmt must be one of ${OFFICE_TARGETS.join(', ')}, which this worker makes`
  throw new RenditionError(
    'RenditionFormatUnsupported',
    fmt === undefined ? `${named}; it is missing.` : `${named}, but it is ${JSON.stringify(fmt)}.`,
  )
}
