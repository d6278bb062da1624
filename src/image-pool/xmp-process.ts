/** The process of {@link createRenderProcesses} that reads what files say of themselves, one file at a time. */

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { LayerFile } from '../engine/layers/view-order.ts'
import { metadata } from '../engine/metadata/metadata.ts'
import { identifySource } from '../sources/identify.ts'
import type { Made, WorkMessage } from './messages.ts'
import { serveWork } from './serve-work.ts'

// Whoever starts it has something to read, now or soon.
metadata.warm()
serveWork<LayerFile, string>(readXmp)

async function readXmp({ work, folder }: WorkMessage<LayerFile>): Promise<Made<string>> {
  const { path, name } = work
  const xmpPath = join(folder, 'metadata.xmp')
  await metadata.extractXmp({ source: await identifySource(path, { name }), xmpPath })
  return { result: await readFile(xmpPath, 'utf8') }
}
