import { messageOf } from '../../commands/notices.ts'
import { sortDropped } from '../../model/dropped-items.ts'
import { addressOf } from '../../router.ts'
import { urlOf } from '../../service.ts'
import type { Store } from '../../state.ts'
import { strings } from '../../strings.ts'
import type { AssetUpload } from '../images-state.ts'
import { changeImages, companyOf, folderOf, isCatalogue, loadImages } from './catalogue-commands.ts'
import { sendFile, UploadRefusedError } from './send-file.ts'
import { changeUpload, nextUploads } from './upload-queue.ts'

const words = strings.images

/** What is done with a file whose name an asset has. */
type OnTaken = 'refuse' | 'replace' | 'number'

let lastId = 0

/** Brings what was dropped or pasted into the catalogue, into the folder that is looked at. */
export function dropAssets(store: Store, items: DataTransferItemList): void {
  const { files, folders } = sortDropped(items)
  if (folders.length > 0) {
    store.change({ notice: { kind: 'negative', text: words.folders(folders) } })
  }
  addAssets(store, files)
}

/** Brings files into the catalogue, into the folder that is looked at. */
export function addAssets(store: Store, files: readonly File[]): void {
  if (files.length === 0) return
  const { images, route } = store.state()
  if (!isCatalogue(route)) location.hash = addressOf({ view: 'images' })
  const place = { company: companyOf(images), folder: folderOf(store) }
  const added = files.map((file): AssetUpload => {
    lastId += 1
    return { id: lastId, file, ...place, state: 'waiting', progress: 0 }
  })
  changeImages(store, { uploads: [...images.uploads, ...added] })
  advance(store)
}

/** Sends one again that failed. */
export function sendAgain(store: Store, upload: AssetUpload, onTaken: OnTaken): void {
  void send(store, upload, onTaken)
}

/** Gives one up that failed. */
export function dismissUpload(store: Store, id: number): void {
  const { uploads } = store.state().images
  changeImages(store, { uploads: uploads.filter((upload) => upload.id !== id) })
}

function advance(store: Store): void {
  for (const upload of nextUploads(store.state().images.uploads)) void send(store, upload, 'refuse')
}

async function send(store: Store, upload: AssetUpload, onTaken: OnTaken): Promise<void> {
  const { id, file, company, folder } = upload
  const change = (changes: Partial<AssetUpload>): void => {
    const { uploads } = store.state().images
    changeImages(store, { uploads: changeUpload(uploads, id, changes) })
  }
  change({ state: 'sending', progress: 0, problem: undefined, isTaken: undefined })
  const query = new URLSearchParams({ company, folder, name: file.name, taken: onTaken }).toString()
  try {
    const url = `${urlOf('images', 'assets')}?${query}`
    await sendFile(url, file, (progress) => change({ progress }))
    dismissUpload(store, id)
  } catch (error) {
    const isTaken = error instanceof UploadRefusedError && error.status === 409
    change({ state: 'failed', problem: messageOf(error), isTaken })
  }
  advance(store)
  if (store.state().images.uploads.every(({ state }) => state === 'failed')) await loadImages(store)
}
