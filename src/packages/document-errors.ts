import { OperationError } from '../base/operation-error.ts'

/** What text is made of, for sentences. */
const READ_KINDS =
  'DOCX, PPTX, XLSX, DOC, PPT, XLS, OpenDocument, EPUB, PDF, RTF, HTML, XML, Markdown, CSV, plain text'.split(
    ', ',
  )

/**
 * The error for a file that is of no kind that text is made of.
 *
 * @param kind - what it is, with an article
 * @param saveAs - the extension of a kind that its program can save it as instead
 */
export function unreadKind(kind: string, saveAs?: string): OperationError<'source_no_text'> {
  return new OperationError('source_no_text', { kind, saveAs, taken: READ_KINDS })
}

/** The error for a document that cannot be opened with the password there is. */
export function encryptedDocument(
  title: string,
  password: string | undefined,
): OperationError<'source_encrypted'> {
  return new OperationError('source_encrypted', {
    title,
    password: password === undefined ? 'missing' : 'wrong',
  })
}

/** The error for a document that has what cannot be read; `feature` completes the sentence "The source has …". */
export function unsupported(feature: string): OperationError<'source_feature_unsupported'> {
  return new OperationError('source_feature_unsupported', { feature })
}

/** The error for a document that has too much of something, such as "elements within each other". */
export function tooMany(most: number, of: string): OperationError<'source_exceeds_limit'> {
  return new OperationError('source_exceeds_limit', { most, of })
}

/** The error for a document that is too long; `of` completes the sentence "… has more than the 64 MB …". */
export function tooLarge(mostBytes: number, of: string): OperationError<'source_too_large'> {
  return new OperationError('source_too_large', {
    megabytes: Math.floor(mostBytes / 1_000_000),
    of,
  })
}
