import { type KeptSource, keptSourceSchema, type Sample } from '../../src/doors/page/api.ts'
import { addressOf } from '../router.ts'
import { ask, urlOf } from '../service.ts'
import type { Store } from '../state.ts'
import { strings } from '../strings.ts'
import { tellProblem } from './notices.ts'

/** Brings files to the service and chooses them as sources, one after the other so that they stay in their order. */
export async function addFiles(
  store: Store,
  files: readonly File[],
  folders: readonly string[] = [],
): Promise<void> {
  if (folders.length > 0) {
    store.change({ notice: { kind: 'negative', text: strings.sources.folders(folders) } })
  }
  if (files.length === 0) return
  location.hash = addressOf({ view: 'run' })
  store.change({ uploading: [...store.state().uploading, ...files.map(({ name }) => name)] })
  for (const file of files) await add(store, file.name, () => upload(file))
}

/** Chooses a sample as a source, unless it is one. */
export async function addSample(store: Store, { name, size }: Sample): Promise<void> {
  const { sources, uploading } = store.state()
  const isChosen = sources.some((source) => source.name === name && source.size === size)
  if (isChosen || uploading.includes(name)) return
  store.change({ uploading: [...uploading, name] })
  await add(store, name, () => ask(keptSourceSchema, urlOf('samples', name), { method: 'POST' }))
}

/** Takes a source out of the next run. */
export function removeSource(store: Store, id: string): void {
  store.change({ sources: store.state().sources.filter((source) => source.id !== id) })
}

async function upload(file: File): Promise<KeptSource> {
  const url = `${urlOf('sources')}?${new URLSearchParams({ name: file.name })}`
  return ask(keptSourceSchema, url, { method: 'POST', body: file })
}

async function add(store: Store, name: string, read: () => Promise<KeptSource>): Promise<void> {
  try {
    const source = await read()
    const others = store.state().sources.filter(({ id }) => id !== source.id)
    store.change({ sources: [...others, source] })
  } catch (error) {
    tellProblem(store, error)
  } finally {
    const { uploading } = store.state()
    store.change({ uploading: uploading.toSpliced(uploading.indexOf(name), 1) })
  }
}
