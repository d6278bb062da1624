/** A process of {@link createRenderProcesses}: makes pictures, one at a time. */

import { findAttention } from '../engine/layers/attention.ts'
import { makeView, openLayerFile } from '../engine/layers/make-view.ts'
import type { Made, WorkMessage } from './messages.ts'
import type { RenderResult, RenderWork } from './render-work.ts'
import { serveWork } from './serve-work.ts'

serveWork<RenderWork, RenderResult>(render)

async function render({ work, folder }: WorkMessage<RenderWork>): Promise<Made<RenderResult>> {
  const { maxPixels } = work
  // It is given up with the process.
  const { signal } = new AbortController()
  if (work.kind === 'attention') {
    const picture = await openLayerFile(work.file, { folder, maxPixels, signal, number: 1 })
    return { result: { kind: 'attention', parts: await findAttention(picture, work.shapes) } }
  }
  const { bytes, ...extents } = await makeView(work.order, { folder, maxPixels, signal })
  return { result: { kind: 'view', ...extents }, bytes }
}
