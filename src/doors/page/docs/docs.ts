import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** A document about Darkroom. */
export interface Doc {
  /** That of its file, without the extension. */
  readonly name: string
  /** Its heading. */
  readonly title: string
  /** In Markdown. */
  readonly text: string
}

/** What comes first, in this order; the others follow by their titles. */
const FIRST = ['write-a-worker', 'running', 'jobs-api', 'image-serving', 'export-job']

/** Reads the documents of a folder; none where there is no such folder. */
export function readDocs(folder: string): readonly Doc[] {
  return namesIn(folder)
    .filter((file) => file.endsWith('.md'))
    .map((file) => {
      const name = path.basename(file, '.md')
      const text = readFileSync(path.join(folder, file), 'utf8')
      return { name, text, title: /^# +(.+)$/m.exec(text)?.[1] ?? name }
    })
    .toSorted((one, other) => placeOf(one) - placeOf(other) || (one.title < other.title ? -1 : 1))
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function placeOf({ name }: Doc): number {
  const place = FIRST.indexOf(name)
  return place === -1 ? FIRST.length : place
}
