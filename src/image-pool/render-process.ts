/** A process of {@link createRenderProcesses}: does what it is told to, one work at a time. */

import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { keepCompiledCode } from '../base/compile-cache.ts'
import { OperationError } from '../base/operation-error.ts'
import { findAttention } from '../engine/layers/attention.ts'
import { makeView, openLayerFile } from '../engine/layers/make-view.ts'
import type { LayerFile } from '../engine/layers/view-order.ts'
import { readPdfInfo } from '../engine/pdf/pdf.ts'
import { identifySource } from '../sources/identify.ts'
import type { AnswerMessage, Result, WorkMessage } from './messages.ts'

process.on('message', (message: WorkMessage) => void answer(message))
// Whoever started it is gone, and nobody else wants its pictures.
process.on('disconnect', () => process.exit())

async function answer(message: WorkMessage): Promise<void> {
  const outcome = await work(message).then(
    (result) => ({ outcome: 'done', result }) as const,
    (error: unknown) => {
      if (error instanceof OperationError) {
        return { outcome: 'failed', failure: { code: error.code, fields: error.fields } } as const
      }
      const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
      const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
      return { outcome: 'broken', stack, code } as const
    },
  )
  const said: AnswerMessage = { ...outcome, held: process.memoryUsage().rss }
  process.send?.(said)
  // It is ended at a moment that it does not choose, and what it has compiled would be lost.
  keepCompiledCode()
}

async function work({ work: wanted, folder, maxPixels }: WorkMessage): Promise<Result> {
  try {
    if (wanted.kind === 'xmp') return { kind: 'xmp', xmp: await readXmp(wanted.file, folder) }
    // It is given up with the process.
    const { signal } = new AbortController()
    if (wanted.kind === 'pages') {
      const file = { path: wanted.file.path, password: undefined }
      return { kind: 'pages', pages: (await readPdfInfo(file, signal)).pages }
    }
    if (wanted.kind === 'attention') {
      const options = { folder, maxPixels, signal, number: 1 }
      const picture = await openLayerFile(wanted.file, options)
      return { kind: 'attention', parts: await findAttention(picture, wanted.shapes) }
    }
    const { job } = wanted
    const { encoding, files, xmpOf } = job
    const file = encoding === undefined || xmpOf === undefined ? undefined : files[xmpOf]
    const xmp = file && (await readXmp(file, folder))
    const order = { ...job, encoding: encoding && { ...encoding, xmp } }
    const view = await makeView(order, { folder, maxPixels, signal })
    if (job.to === undefined || view.bytes === undefined) return { kind: 'view', view }
    await writeFile(job.to, view.bytes, { mode: 0o600 })
    return { kind: 'view', view: { ...view, bytes: undefined } }
  } finally {
    for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true })
  }
}

async function readXmp({ path, name }: LayerFile, folder: string): Promise<string> {
  // Loaded only now: most pictures have none embedded.
  const { metadata } = await import('../engine/metadata/metadata.ts')
  const xmpPath = join(folder, 'metadata.xmp')
  await metadata.extractXmp({ source: await identifySource(path, { name }), xmpPath })
  return readFile(xmpPath, 'utf8')
}
