import { OperationError } from '../../base/operation-error.ts'
import { serveThread } from '../../tasks/serve-thread.ts'
import { loadExifTool } from './exiftool/load.ts'
import { readPerl } from './exiftool/perl.ts'
import { extract } from './extract-xmp.ts'
import { readTags } from './read-tags.ts'
import type { MetadataOutcome, MetadataTask } from './task.ts'
import type { Done, Tools } from './tools.ts'
import { writeTags } from './write-tags.ts'
import { write } from './write-xmp.ts'

// WASI is called experimental by Node, which is no news to whoever reads the log of an action.
process.removeAllListeners('warning')
process.on('warning', (warning) => {
  if (warning.name !== 'ExperimentalWarning') console.warn(warning)
})

const perl = await loadExifTool(await readPerl())

/** Does a task; what is wrong with its source is an outcome, since errors lose their class between threads. */
async function work(task: MetadataTask): Promise<MetadataOutcome> {
  try {
    return { outcome: 'written', ...(await start(task, { perl, folder: task.folder })) }
  } catch (error) {
    if (!(error instanceof OperationError)) throw error
    const { code, fields, cause } = error
    return { outcome: 'failed', failure: { code, fields, cause } }
  }
}

function start(task: MetadataTask, tools: Tools): Promise<Done> {
  if (task.task === 'extract xmp') return extract(task, tools)
  if (task.task === 'write xmp') return write(task, tools)
  return task.task === 'read tags' ? readTags(task, tools) : writeTags(task, tools)
}

serveThread({ work })
