/** What is said of files that a document imports and that cannot be read. */
export const UNREAD_IMPORT =
  'Not read: a file that the document imports, which is damaged or of no kind that is read.'

/** See {@link UNREAD_IMPORT}; of one that is not there. */
export const MISSING_IMPORT =
  'A file that the document imports is missing, so that there is no text of it.'

/** See {@link UNREAD_IMPORT}; of one whose pages are not those of the document. */
export const IMPORTED_PDF = 'The document imports a PDF file, of which there is no text.'
