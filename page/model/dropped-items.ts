/** An item that was dropped or pasted, as far as it matters here: a file, a folder, or a text. */
export interface DroppedItem<F> {
  readonly kind: string
  readonly getAsFile: () => F | null
  readonly webkitGetAsEntry: () => { readonly isDirectory: boolean; readonly name: string } | null
}

/** Parts the files of a drop from its folders, of which the browser knows the name alone. */
export function sortDropped<F>(items: Iterable<DroppedItem<F>>): {
  readonly files: readonly F[]
  readonly folders: readonly string[]
} {
  const files: F[] = []
  const folders: string[] = []
  for (const item of items) {
    if (item.kind !== 'file') continue
    const entry = item.webkitGetAsEntry()
    if (entry?.isDirectory === true) {
      folders.push(entry.name)
      continue
    }
    const file = item.getAsFile()
    if (file !== null) files.push(file)
  }
  return { files, folders }
}
