import { OperationError } from '../../base/operation-error.ts'
import { serveThread } from '../../tasks/serve-thread.ts'
import { loadExifTool } from './exiftool/load.ts'
import { readPerl } from './exiftool/perl.ts'
import { extract } from './extract-xmp.ts'
import type { MetadataOutcome, MetadataTask } from './task.ts'
import { write } from './write-xmp.ts'

// WASI is called experimental by Node, which is no news to whoever reads the log of an action.
process.removeAllListeners('warning')
process.on('warning', (warning) => {
  if (warning.name !== 'ExperimentalWarning') console.warn(warning)
})

const perl = await loadExifTool(await readPerl())

/** Does a task; what is wrong with its source is an outcome, since errors lose their class between threads. */
async function work({ folder, ...task }: MetadataTask): Promise<MetadataOutcome> {
  const tools = { perl, folder }
  try {
    const { mediaType } = await ('packet' in task ? write(task, tools) : extract(task, tools))
    return { outcome: 'written', mediaType }
  } catch (error) {
    if (!(error instanceof OperationError)) throw error
    const { code, fields, cause } = error
    return { outcome: 'failed', failure: { code, fields, cause } }
  }
}

serveThread({ work })
