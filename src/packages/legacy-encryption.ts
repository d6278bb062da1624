/** An office format of before 2007, which is a compound file of streams. */
export type LegacyFormat = 'doc' | 'xls' | 'ppt'

/** `fEncrypted` among the flags of the FIB ([MS-DOC] 2.5.2), in the second of their bytes. */
const DOC_FLAGS = 11
const DOC_ENCRYPTED = 0x01

/** The record `FilePass` ([MS-XLS] 2.4.117) stands among the first ones of a workbook. */
const FILE_PASS = 0x2f
const MOST_RECORDS = 8
const RECORD_HEAD_BYTES = 4

/** `headerToken` of the atom of the current user ([MS-PPT] 2.3.2). */
const PPT_TOKEN = 12
const PPT_ENCRYPTED = 0xf3d1c4df

/** Gives a stream of a document by its name; undefined when there is none. */
export type Streams = (name: string) => Buffer | undefined

const TELLERS: Readonly<Record<LegacyFormat, (streams: Streams) => boolean>> = {
  doc: (streams) => ((streams('WordDocument')?.[DOC_FLAGS] ?? 0) & DOC_ENCRYPTED) > 0,
  xls: (streams) => hasFilePass(streams('Workbook') ?? streams('Book') ?? Buffer.alloc(0)),
  ppt(streams) {
    const user = streams('Current User') ?? Buffer.alloc(0)
    return user.length >= PPT_TOKEN + 4 && user.readUInt32LE(PPT_TOKEN) === PPT_ENCRYPTED
  },
}

/** Whether a document says that it takes a password to read it; what is not as it should be says nothing. */
export function isLocked(format: LegacyFormat, streams: Streams): boolean {
  return TELLERS[format](streams)
}

function hasFilePass(workbook: Buffer): boolean {
  let at = 0
  for (let record = 0; record < MOST_RECORDS; record += 1) {
    if (at + RECORD_HEAD_BYTES > workbook.length) return false
    if (workbook.readUInt16LE(at) === FILE_PASS) return true
    at += RECORD_HEAD_BYTES + workbook.readUInt16LE(at + 2)
  }
  return false
}
