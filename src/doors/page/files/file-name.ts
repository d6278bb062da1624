import path from 'node:path'

/** Longest name of a file on the systems of today, in bytes. */
const LONGEST_NAME_BYTES = 255

/**
 * Makes of whatever somebody calls a file a name that every system takes: without a folder and control characters, and
 * of at most 255 bytes, of which the extension stays.
 *
 * @returns undefined when nothing is left
 */
export function cleanFileName(text: string): string | undefined {
  const name = (text.split(/[/\\]/).at(-1) ?? '')
    .toWellFormed()
    .replaceAll(/[\p{Cc}\u2028\u2029]/gu, '')
    .trim()
  return name === '' || name === '.' || name === '..' ? undefined : shorten(name)
}

function shorten(name: string): string {
  const { name: stem, ext } = path.posix.parse(name)
  const extension = Buffer.byteLength(ext) > 32 ? '' : ext
  const room = LONGEST_NAME_BYTES - Buffer.byteLength(extension)
  let characters = Array.from(extension === '' ? name : stem)
  // A character has at most four bytes.
  characters = characters.slice(0, room)
  while (Buffer.byteLength(characters.join('')) > room) characters.pop()
  return characters.join('') + extension
}

/**
 * Tells the files of a list apart by their names, also on systems where `A.png` is `a.png`: of several with one name, the
 * second becomes `a-2.png`.
 */
export function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set<string>()
  return names.map((name) => {
    const { name: stem, ext } = path.posix.parse(name)
    let unique = name
    for (let number = 2; taken.has(unique.toLowerCase()); number += 1) {
      unique = `${stem}-${number}${ext}`
    }
    taken.add(unique.toLowerCase())
    return unique
  })
}
