import { existsSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { OperationError } from '../base/operation-error.ts'
import { drawPostScript } from '../engine/postscript/draw-postscript.ts'
import { identifySource } from '../sources/identify.ts'
import type { LayOut } from './office-pages.ts'
import { readPostScriptPrograms } from './parameters.ts'
import { prepareJob } from './rendition-job.ts'

/**
 * Has PostScript files drawn as a PDF by the Ghostscript of the machine, in bubblewrap. Without either, and when Ghostscript does
 * not get through a file, the file is taken as it is: then the engine shows the preview in it, or says that there is none.
 */
export const layOutPostScript: LayOut = async ({ path, name, type }, rendition, params) => {
  const programs = readPostScriptPrograms(params)
  // An action that is deployed may have the paths of another machine.
  if (!existsSync(programs.gs) || !existsSync(programs.bwrap)) return path
  const { content } = await identifySource(path, { name, mimetype: type })
  if (content !== 'eps') return path
  const { signal, folder } = prepareJob(rendition, [])
  try {
    const own = await mkdtemp(join(folder, 'postscript-'))
    return await drawPostScript(path, { programs, folder: own, signal })
  } catch (error) {
    if (!(error instanceof OperationError)) throw error
    console.log(`Ghostscript did not draw the source: ${error.message}`)
    return path
  }
}
