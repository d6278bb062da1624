import { RenditionError } from '../base/errors.ts'

/** What text is made of, for sentences. */
const READ_KINDS =
  'DOCX, PPTX, XLSX, OpenDocument, EPUB, PDF, RTF, HTML, XML, Markdown, CSV and plain text'

/** The error for a file whose parts do not hold together. `title` is what people call such files. */
export function corruptDocument(title: string, options?: ErrorOptions): RenditionError {
  return new RenditionError(
    'SourceCorrupt',
    `The source is a damaged or incomplete ${title} file.`,
    options,
  )
}

/** The error for a file that is of no kind that text is made of; `what` it is ends the first half of the sentence. */
export function unreadKind(what: string): RenditionError {
  return new RenditionError(
    'SourceUnsupported',
    `The source is ${what}; text is made of ${READ_KINDS}.`,
  )
}

/** The error for a document that cannot be opened with the password there is. */
export function encryptedDocument(title: string, password: string | undefined): RenditionError {
  return new RenditionError(
    'SourceUnsupported',
    password === undefined
      ? `The ${title} source is encrypted; set password to open it.`
      : `The ${title} source is encrypted; set password to the one that opens it.`,
  )
}

/** The error for a document that has what cannot be done, or too much of something. */
export function unsupported(what: string): RenditionError {
  return new RenditionError('SourceUnsupported', `The source has ${what}.`)
}
