/** What the system says of a file that cannot be used, in words. */
const WORDS: Readonly<Record<string, string>> = {
  EACCES: 'its permissions keep this user out',
  EPERM: 'its permissions keep this user out',
  EROFS: 'its disk can only be read',
  ENOSPC: 'its disk is full',
  EDQUOT: 'its disk has no more room for this user',
  EEXIST: 'a file is in its place',
  ENOTDIR: 'a file is in the place of one of its folders',
  EMFILE: 'too many files are open',
  EIO: 'its disk cannot be read or written',
}

/**
 * The error that names the file, for the person at this machine: neither SQLite nor every call of the system does so.
 *
 * @param file - or what else cannot be used, as the subject of the sentence
 */
export function fileTrouble(file: string, error: unknown): Error {
  const why = error instanceof Error ? error.message : String(error)
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return new Error(`${file} cannot be used: ${WORDS[code] ?? why}.`, { cause: error })
}
