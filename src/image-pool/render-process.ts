/** A process of {@link createRenderProcesses}: makes pictures, one at a time. */

import { writeFile } from 'node:fs/promises'
import { findAttention } from '../engine/layers/attention.ts'
import { makeView, openLayerFile } from '../engine/layers/make-view.ts'
import { readPdfInfo } from '../engine/pdf/pdf.ts'
import type { Made, WorkMessage } from './messages.ts'
import type { RenderResult, RenderWork } from './render-work.ts'
import { serveWork } from './serve-work.ts'

serveWork<RenderWork, RenderResult>(render)

async function render({ work, folder }: WorkMessage<RenderWork>): Promise<Made<RenderResult>> {
  const { maxPixels } = work
  // It is given up with the process.
  const { signal } = new AbortController()
  if (work.kind === 'pages') {
    const { pages } = await readPdfInfo({ path: work.file.path, password: undefined }, signal)
    return { result: { kind: 'pages', pages } }
  }
  if (work.kind === 'attention') {
    const picture = await openLayerFile(work.file, { folder, maxPixels, signal, number: 1 })
    return { result: { kind: 'attention', parts: await findAttention(picture, work.shapes) } }
  }
  const { bytes, ...extents } = await makeView(work.order, { folder, maxPixels, signal })
  const result = { kind: 'view', ...extents } as const
  if (work.to === undefined || bytes === undefined) return { result, bytes }
  await writeFile(work.to, bytes, { mode: 0o600 })
  return { result }
}
