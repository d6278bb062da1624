import { splitName, toFileName } from '../../../base/file-name.ts'
import type { TaskFile } from '../tasks/records.ts'
import { TaskError } from '../tasks/task-error.ts'

/**
 * What the files are called that are made of one.
 *
 * @param options.filename - as the client wants it; `%d` in it stands for the number of the file, also as `%03d`
 * @param options.extension - without a dot
 * @param options.count - how many there are
 * @throws {TaskError} INVALID_FILENAME
 */
export function outputNames(
  source: Pick<TaskFile, 'filename'>,
  options: { filename: string | undefined; extension: string; count: number },
): string[] {
  const { filename, extension, count } = options
  const wanted = filename ?? `${splitName(source.filename).base}.${extension}`
  const name = toFileName(wanted)
  if (name === undefined) {
    const shown = JSON.stringify(wanted.slice(0, 60))
    const message = `filename must be the name of a file such as "photo.jpg", but it is ${shown}.`
    throw new TaskError('INVALID_FILENAME', message)
  }
  return Array.from({ length: count }, (_, index) => numbered(name, index + 1, count))
}

function numbered(name: string, number: number, count: number): string {
  const placeholder = /%(0?\d)?d/
  if (placeholder.test(name)) {
    return name.replace(placeholder, (_, digits: string | undefined) =>
      String(number)
        .padStart(Number(digits ?? 0), digits?.startsWith('0') ? '0' : ' ')
        .trim(),
    )
  }
  if (count === 1) return name
  const { base, extension } = splitName(name)
  return `${base}-${number}${extension}`
}

/** Names of which no two are equal: a second `a.jpg` becomes `a-1.jpg`. */
export function uniqueNames(files: readonly Pick<TaskFile, 'filename'>[]): string[] {
  const taken = new Set<string>()
  return files.map(({ filename }) => {
    const { base, extension } = splitName(filename)
    let name = filename
    for (let number = 1; taken.has(name); number += 1) name = `${base}-${number}${extension}`
    taken.add(name)
    return name
  })
}
