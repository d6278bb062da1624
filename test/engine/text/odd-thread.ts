import { writeFileSync } from 'node:fs'
import type { Extracted, TextExtraction } from '../../../src/engine/text/extract-here.ts'
import { serveThread } from '../../../src/tasks/serve-thread.ts'

/** Writes a part of a text, and does then what the source is called. */
function work({ source, textPath }: TextExtraction): Extracted {
  const { path: sourcePath } = source
  writeFileSync(textPath, 'part')
  if (sourcePath.endsWith('stuck')) for (;;);
  if (sourcePath.endsWith('throwing')) throw new Error('odd')
  if (sourcePath.endsWith('exiting')) process.exit()
  if (sourcePath.endsWith('exhausted')) {
    throw Object.assign(new Error('limit'), { code: 'ERR_WORKER_OUT_OF_MEMORY' })
  }
  return { outcome: 'written', remarks: [] }
}

serveThread({ work })
