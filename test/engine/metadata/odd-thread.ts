import { writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { MetadataOutcome, MetadataTask } from '../../../src/engine/metadata/task.ts'
import { serveThread } from '../../../src/tasks/serve-thread.ts'

serveThread({
  work({ source, folder }: MetadataTask): MetadataOutcome {
    writeFileSync(join(folder, 'result'), 'part of a result')
    const name = basename(source.path)
    if (name === 'stuck') for (;;);
    if (name === 'exiting') process.exit()
    if (name === 'throwing') throw new Error('odd')
    return { outcome: 'written', mediaType: 'text/plain' }
  },
})
