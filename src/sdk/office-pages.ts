import { existsSync } from 'node:fs'
import type { Rendition, Source, WorkerParams } from '@adobe/asset-compute-sdk'
import { OperationError } from '../base/operation-error.ts'
import type { OfficeOptions } from '../engine/office/options.ts'
import type { Operation } from '../engine/operation.ts'
import { identifySource } from '../sources/identify.ts'
import { readOfficePrograms, readSelection } from './parameters.ts'
import { prepareJob } from './rendition-job.ts'

/** What office files are in; what else is in these, the program refuses. Of texts nothing but their text is seen anyway. */
const CONTAINERS: readonly (string | undefined)[] = ['package', 'compound', 'rtf']

/** Lays a source out in pages where that takes a program; answers the path of the file that pictures are made of. */
export type LayOut = (source: Source, rendition: Rendition, params: WorkerParams) => Promise<string>

/**
 * Makes what lays office files out by the LibreOffice of the machine, as a PDF of the pages that are asked for. Without it,
 * and when it does not get through a file, the file is taken as it is: then the engine shows the preview in it, or its text,
 * or says what is wrong with it.
 */
export function createOfficePages(): LayOut {
  // The inputs of an action are the same each time.
  let office: Promise<Operation<OfficeOptions>> | undefined
  return async (source, rendition, params) => {
    const programs = readOfficePrograms(params)
    // An action that is deployed may have the path of another machine.
    if (!existsSync(programs.soffice)) return source.path
    const { path, name, type: mediaType } = source
    const { content } = await identifySource(path, { name, mimetype: mediaType })
    if (!CONTAINERS.includes(content)) return path
    office ??= openOffice(programs)
    const job = prepareJob(rendition, [{ path, name, mediaType }])
    const { pages, password } = readWanted(params)
    try {
      const [made] = (await office).run({ ...job, wanted: [{ format: 'pdf', pages, password }] })
      const [file] = (await made) ?? []
      return file?.path ?? path
    } catch (error) {
      if (error instanceof OperationError) return path
      throw error
    }
  }
}

async function openOffice(
  programs: ReturnType<typeof readOfficePrograms>,
): Promise<Operation<OfficeOptions>> {
  // Loaded only now: most sources are no office files.
  const { createOffice } = await import('../engine/office/office.ts')
  return createOffice({ programs })
}

/** Up to the last page that any rendition shows, and what opens the source; what cannot be read, its rendition tells. */
function readWanted({ renditions }: WorkerParams): { pages: string; password: string | undefined } {
  const selections = renditions.flatMap((instructions) => {
    try {
      return [readSelection(instructions)]
    } catch {
      return []
    }
  })
  return {
    pages: `1-${Math.max(1, ...selections.map(({ page }) => page))}`,
    password: selections.find(({ password }) => password !== undefined)?.password,
  }
}
