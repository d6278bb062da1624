import type * as z from 'zod/mini'
import { check } from '../../../base/validation.ts'
import { PeerError } from '../../../peers/peer-error.ts'
import type { ExportPeer, ImportPeer } from '../../../peers/peer.ts'
import { EXPORT_PEERS, IMPORT_PEERS } from '../../../peers/peers.ts'
import { TaskError } from '../tasks/task-error.ts'
import type { Payload } from '../tasks/task-store.ts'
import type { Transfer, TransferOperation } from './operation.ts'

/** They have no credentials among their options. */
const STRICT: readonly string[] = ['import/url', 'export/upload']

/** Files from elsewhere: `import/url`, `import/s3` and so on. */
export const PEER_IMPORTS: readonly TransferOperation[] = Object.entries(IMPORT_PEERS).map(
  ([name, peer]) => importing(`import/${name}`, peer),
)

/** Files to elsewhere: `export/s3` and so on. */
export const PEER_EXPORTS: readonly TransferOperation[] = Object.entries(EXPORT_PEERS).map(
  ([name, peer]) => exporting(`export/${name}`, peer),
)

function importing(name: string, peer: ImportPeer): TransferOperation {
  const { options, secrets } = peer
  return {
    kind: 'transfer',
    // As CloudConvert answers it; its clients know no other.
    name: name === 'import/azure/blob' ? 'import/azure-blob' : name,
    inputs: 'none',
    options,
    secrets,
    lenient: !STRICT.includes(name),
    async run(payload, { signal, store, progress, reachable }) {
      checkOptions(options, payload)
      try {
        const found = await peer.find(payload, { signal, ...reachable })
        const files = []
        for (const [index, file] of found.entries()) {
          const { name: called, contentType, size } = file
          const tell = (bytes: number): void => {
            // Of a file whose size nobody knows only the end is progress.
            const done = size === undefined || size === 0 ? 0 : Math.min(bytes / size, 1)
            progress((index + done) / found.length, `Importing ${called}`)
          }
          tell(0)
          const content = counted(await file.open(0, signal), tell)
          files.push(await store({ name: called, contentType, content }))
        }
        return { files }
      } catch (error) {
        throw toTaskError(error)
      }
    },
  }
}

function exporting(name: string, peer: ExportPeer): TransferOperation {
  const { options, secrets } = peer
  return {
    kind: 'transfer',
    name,
    inputs: 'required',
    options,
    secrets,
    lenient: !STRICT.includes(name),
    async run(payload, transfer) {
      checkOptions(options, payload)
      try {
        await putAll(transfer, (file, context) => peer.put(payload, file, context))
        return { files: transfer.inputs }
      } catch (error) {
        throw toTaskError(error)
      }
    },
  }
}

function checkOptions(options: z.ZodMiniType<object>, payload: Payload): void {
  const checked = check(options, payload, 'The task')
  if (!checked.ok) throw new TaskError('INVALID_OPTIONS', checked.message)
}

async function putAll(
  { inputs, signal, read, progress, reachable }: Transfer,
  put: (
    ...given: Parameters<ExportPeer['put']> extends [unknown, ...infer Rest] ? Rest : never
  ) => Promise<void>,
): Promise<void> {
  const all = inputs.reduce((sum, { size }) => sum + size, 0)
  let before = 0
  for (const file of inputs) {
    const { filename, size, contentType } = file
    const open = (from: number): AsyncIterable<Uint8Array> => read(file, from)
    await put(
      { name: filename, size, contentType, open },
      {
        signal,
        ...reachable,
        progress: (bytes) =>
          progress(all === 0 ? 1 : (before + bytes) / all, `Exporting ${filename}`),
      },
    )
    before += size
  }
}

/** The same bytes; it is told of how many there were. */
async function* counted(content: AsyncIterable<Uint8Array>, tell: (bytes: number) => void) {
  let bytes = 0
  for await (const chunk of content) {
    yield chunk
    bytes += chunk.length
    tell(bytes)
  }
}

function toTaskError(error: unknown): unknown {
  if (!(error instanceof PeerError)) return error
  return new TaskError(error.failure.toUpperCase(), error.message, { cause: error })
}
