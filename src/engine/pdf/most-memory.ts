/** The most memory of PDFium and of qpdf, in bytes: what a few kilobytes of a PDF inflate to has no other limit. */
export const MOST_MEMORY = 1024 ** 3
