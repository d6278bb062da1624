/** PDFium and most readers look for the header no further, in bytes. */
const USUAL_BYTES = 1024

/** As ISO 32000-1 has it at the very beginning of a file, and as Acrobat takes it as well (its implementation note 14). */
const HEADER = /%PDF-\d\.\d\s/
const POSTSCRIPT_HEADER = /^%!PS-Adobe-[\w.]{1,8} PDF-\d\.\d/

/** An object, before which there are comments at the most. */
const HEADLESS = /^(?:\s|%(?!FDF)[^\r\n]*[\r\n])*\d+ \d+ obj\s*<</

const OBJECT = /\d \d+ obj\b/

/** Whether a file that begins like this is a PDF which calls itself PostScript. */
export function isPostScriptPdf(start: Buffer): boolean {
  return POSTSCRIPT_HEADER.test(start.toString('latin1', 0, 40))
}

/** Whether a file that begins like this has its header where all readers find it. Any data may come before it. */
export function hasPdfHeader(start: Buffer): boolean {
  return start.subarray(0, USUAL_BYTES).includes('%PDF-')
}

/** Whether a file that begins like this is a PDF to readers that repair: with much before its header, or without one. */
export function isRepairablePdf(start: Buffer): boolean {
  const header = findPdfHeader(start)
  const text = start.toString('latin1', header)
  return header === undefined ? HEADLESS.test(text) : OBJECT.test(text)
}

/** Where the header of a PDF begins in the start of its file, in bytes; undefined when there is none. */
export function findPdfHeader(start: Buffer): number | undefined {
  const at = start.toString('latin1').search(HEADER)
  return at === -1 ? undefined : at
}
