import { closeSync, ftruncateSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { tooLarge } from '../../packages/document-errors.ts'

/** As many characters as are collected before they are written. */
const PIECE_CHARACTERS = 65_536

/** How far back a place is looked for at which text may be cut. No word of any language has as many marks. */
const LONGEST_CLUSTER = 256

const LINE_ENDS = /\r\n?|[\v\f\u0085\u2028\u2029]/g

// Byte order marks belong to encodings. In text they are remains of files that were put together.
// oxlint-disable-next-line no-control-regex
const CONTROLS = /[\0-\x08\x0e-\x1f\x7f-\x9f\ufeff]/g

/** Characters that may combine with the one before them: marks, and the later letters of a Korean syllable. */
const JOINING = /[\p{M}\u1160-\u11ff\udc00-\udfff]/u

/** More marks in a row than writing needs (Unicode Standard Annex 15 says 30), of which sorting takes too long. */
const PILED_MARKS = /\p{M}{64}/u

/**
 * Writes a text file: UTF-8 without a byte order mark, lines that end with `\n`, NFC, no control characters but tabs, and
 * one line end after the last line. Without any visible character the file is empty.
 *
 * @param mostBytes - how long the file may become
 * @param produce - calls `write` with pieces of the text, cut anywhere
 * @throws {@link OperationError} when the file would become longer; a part of it is there then
 */
export async function writeTextFile(
  path: string,
  mostBytes: number,
  produce: (write: (text: string) => void) => Promise<void>,
): Promise<void> {
  const descriptor = openSync(path, 'w')
  try {
    let pending = ''
    let size = 0
    let visibleSize = 0

    const flush = (text: string): void => {
      const clean = toPlainText(text)
      const bytes = Buffer.from(clean)
      if (size + bytes.length > mostBytes) {
        throw tooLarge(mostBytes, 'of text that is written')
      }
      writeFileSync(descriptor, bytes)
      size += bytes.length
      const visible = clean.trimEnd()
      if (visible !== '') visibleSize = size - Buffer.byteLength(clean.slice(visible.length))
    }

    await produce((text) => {
      pending += text
      if (pending.length < PIECE_CHARACTERS) return
      const end = findCut(pending)
      flush(pending.slice(0, end))
      pending = pending.slice(end)
    })
    flush(pending)
    ftruncateSync(descriptor, visibleSize)
    if (visibleSize > 0) writeSync(descriptor, '\n', visibleSize)
  } finally {
    closeSync(descriptor)
  }
}

function toPlainText(text: string): string {
  const clean = text.replace(LINE_ENDS, '\n').replace(CONTROLS, '').toWellFormed()
  return PILED_MARKS.test(clean) ? clean : clean.normalize('NFC')
}

/** Where `text` can be cut so that both parts can be normalised on their own. */
function findCut(text: string): number {
  for (let at = text.length - 1; at > text.length - LONGEST_CLUSTER; at -= 1) {
    const character = text.charAt(at)
    if (character > '\r' && !JOINING.test(character)) return at
  }
  return text.length - LONGEST_CLUSTER
}
