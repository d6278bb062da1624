/** A folder on the way from the topmost to one of those below it. */
export interface FolderStep {
  readonly name: string
  /** Its whole path. */
  readonly path: string
}

/** The folders on the way to a folder, which is the last of them; none for the topmost. */
export function stepsOf(folder: string): readonly FolderStep[] {
  if (folder === '') return []
  const names = folder.split('/')
  return names.map((name, index) => ({ name, path: names.slice(0, index + 1).join('/') }))
}

/**
 * Reads what somebody types as a folder; slashes around it and blanks do not count.
 *
 * @returns undefined for what is no path of a folder
 */
export function readFolder(typed: string): string | undefined {
  const names = typed
    .split('/')
    .map((name) => name.trim())
    .filter((name) => name !== '')
  return names.some((name) => name === '.' || name === '..' || name.includes('\\'))
    ? undefined
    : names.join('/')
}

/** Whether an asset may be called so. */
export function isAssetName(name: string): boolean {
  return name
    .split('/')
    .every((part) => part !== '' && part !== '.' && part !== '..' && !part.includes('\\'))
}
