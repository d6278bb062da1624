import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { openPageDatabase } from '../../src/doors/page/page-database.ts'
import { openHistory } from '../../src/doors/page/requests/request-history.ts'
import { createUpdates } from '../../src/doors/page/update-channel.ts'
import { rendition, requestOf } from '../page/known-run.ts'

const NAMES = ['cqdam.text.txt', '48.png', '140.png', '319.png', '1280.jpeg', 'zoom.webp']

/**
 * Writes into the state folder of a service, before it starts, that the page has run so many sources at once; of every tenth nothing
 * could be made.
 */
export function writeHistory(home: string, sources: number): void {
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const database = openPageDatabase(path.join(home, 'devtool.sqlite'))
  const history = openHistory(database, createUpdates())
  for (let position = 0; position < sources; position += 1) {
    const state = position % 10 === 9 ? 'failed' : 'created'
    const renditions = NAMES.map((name) =>
      rendition(state, {
        instructions: { name: `cq5dam.thumbnail.${name}`, fmt: 'png', width: 319, height: 319 },
        spans: (['queue', 'download', 'render', 'upload', 'event'] as const).map((step, at) => ({
          step,
          start: 1_700_000_000_000 + at,
          end: 1_700_000_000_001 + at,
        })),
      }),
    )
    const request = requestOf('many', position, `photo-${position}.jpg`, ...renditions)
    const run = { ...request.run, renditions: sources * NAMES.length }
    history.begin({ ...request, run })
    history.accept(request.id)
  }
  database.close()
}
