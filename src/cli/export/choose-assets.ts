import { existsSync } from 'node:fs'
import path from 'node:path'

/** An asset that may be exported. */
export interface ListedAsset {
  readonly handle: string
  readonly name: string
  /** Of the company, without slashes at its ends; empty for the topmost. */
  readonly folder: string
}

/** What was chosen, and what of the call there is nothing of. */
export interface ChosenAssets {
  readonly handles: readonly string[]
  /** A sentence each. */
  readonly missing: readonly string[]
}

/**
 * Chooses assets by their names, by patterns of names, with or without the folder before them, or by a folder, with those below
 * it. A name goes before a folder that is called the same, unless there is a slash behind it.
 */
export function chooseAssets(
  subjects: readonly string[],
  assets: readonly ListedAsset[],
): ChosenAssets {
  const handles = new Set<string>()
  const missing: string[] = []
  for (const subject of subjects) {
    const found = findAssets(subject, assets)
    for (const { handle } of found) handles.add(handle)
    if (found.length === 0) missing.push(`${subject}: ${tellMissing(subject)}`)
  }
  return { handles: [...handles], missing }
}

function findAssets(subject: string, assets: readonly ListedAsset[]): readonly ListedAsset[] {
  const named = assets.filter(({ name }) => name === subject)
  if (named.length > 0) return named
  const folder = subject.replace(/^\/+|\/+$/g, '')
  const within = assets.filter((each) => `${each.folder}/`.startsWith(`${folder}/`))
  if (within.length > 0 && folder !== '') return within
  return assets.filter(({ name, folder: place }) => {
    const base = path.posix.basename(name)
    return [name, base, path.posix.join(place, base)].some((each) =>
      path.posix.matchesGlob(each, subject),
    )
  })
}

function tellMissing(subject: string): string {
  return existsSync(subject)
    ? 'there is no such asset; --files exports files of this machine.'
    : 'there is no asset and no folder of this name; npm run assets -- list tells what there is.'
}
