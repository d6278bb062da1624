import { addFiles } from './commands/source-commands.ts'
import { isCatalogue } from './images/catalogue/catalogue-commands.ts'
import { dropAssets } from './images/catalogue/upload-commands.ts'
import { sortDropped } from './model/dropped-items.ts'
import type { Route } from './router.ts'
import type { Store } from './state.ts'

/** The views that files may be dropped into. */
const TAKES_FILES: ReadonlySet<Route['view']> = new Set(['run', 'images', 'newExport'])

/**
 * Takes files that are dropped or pasted anywhere on the page, and Ctrl or Cmd with Enter in the views that run
 * something. A file that is dropped beside the view is not opened by the browser in place of the page.
 */
export function followInput(
  store: Store,
  onEnter: Readonly<Partial<Record<Route['view'], () => void>>>,
): void {
  const takesFiles = (): boolean => TAKES_FILES.has(store.state().route.view)
  addEventListener('dragover', (event) => {
    const { dataTransfer } = event
    if (dataTransfer?.types.includes('Files') !== true) return
    event.preventDefault()
    dataTransfer.dropEffect = takesFiles() ? 'copy' : 'none'
    if (takesFiles() && store.state().dragging !== true) store.change({ dragging: true })
  })
  addEventListener('dragleave', ({ relatedTarget }) => {
    // Otherwise only from one element of the page to the next.
    if (relatedTarget === null) store.change({ dragging: false })
  })
  addEventListener('drop', (event) => {
    store.change({ dragging: false })
    if (event.dataTransfer?.types.includes('Files') !== true) return
    event.preventDefault()
    if (takesFiles()) take(store, event.dataTransfer)
  })
  addEventListener('paste', ({ clipboardData }) => {
    if (clipboardData !== null) take(store, clipboardData)
  })
  // Captured: in an editor the same keys would begin a line.
  addEventListener(
    'keydown',
    (event) => {
      const { [store.state().route.view]: onRun } = onEnter
      const isAsked = event.key === 'Enter' && (event.ctrlKey || event.metaKey)
      // A dialog is about something else.
      if (!isAsked || onRun === undefined || document.querySelector('dialog[open]')) return
      event.preventDefault()
      event.stopPropagation()
      if (!event.repeat) onRun()
    },
    { capture: true },
  )
}

function take(store: Store, { items }: DataTransfer): void {
  if (isCatalogue(store.state().route)) {
    dropAssets(store, items)
    return
  }
  const { files, folders } = sortDropped(items)
  void addFiles(store, files, folders)
}
