import { fileTypeFromBuffer } from 'file-type'
import { readByteOrderMark } from './charset.ts'
import type { Content } from './signatures.ts'

/** What the library is believed, by the extension it answers with. */
const BELIEVED: Readonly<Record<string, Content>> = {
  jpg: 'jpeg',
  webp: 'webp',
  psd: 'psd',
  wav: 'wav',
  mp4: 'mp4',
  mov: 'mov',
  m4v: 'm4v',
  m4a: 'm4a',
  // Whatever else the first brand of a movie says, it is read as one.
  m4p: 'mp4',
  m4b: 'mp4',
  f4v: 'mp4',
  f4p: 'mp4',
  f4a: 'mp4',
  f4b: 'mp4',
  '3gp': 'mp4',
  '3g2': 'mp4',
  cr3: 'mp4',
  cfb: 'compound',
}

/** As many bytes of words tell that a file is a text: sizes and versions of binary formats are among its first ones. */
const WORDS = /^[\t\n\f\r -~]{0,12}$/

/**
 * Tells what a file is by the signatures of the library `file-type`. What begins with words is not shown to it, since "wide"
 * behind four letters is a movie to it.
 *
 * @param start - the first bytes of the file; nothing else is read
 * @returns undefined when it knows nothing of the kind, or something that this project has no use for
 */
export async function askLibrary(start: Buffer): Promise<Content | undefined> {
  if (readByteOrderMark(start) !== undefined || WORDS.test(start.toString('latin1', 0, 12))) {
    return undefined
  }
  try {
    const told = await fileTypeFromBuffer(start)
    return told && BELIEVED[told.ext]
  } catch {
    // Damage that its authors did not think of is no reason to fail: whoever reads the file will say more.
    return undefined
  }
}
