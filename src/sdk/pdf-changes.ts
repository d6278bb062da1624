import { type PageSpan, parsePageRange } from '../base/page-range.ts'
import type { Instructions } from '../contract/instructions/instruction.ts'
import { PDF_INSTRUCTIONS } from '../contract/instructions/table.ts'
import type { PdfChanges } from '../engine/pdf-tools/pdf-changes.ts'
import { LANGUAGE_CODES, type Language, languageOf } from '../programs/tesseract.ts'
import { readInstruction } from './parameters.ts'
import { RenditionError } from './rendition-error.ts'

/**
 * What the instructions of a rendition have done to a PDF; undefined for nothing.
 *
 * @throws {@link RenditionError} naming the bad field, its value and what was expected
 */
export function readPdfChanges(instructions: Instructions): PdfChanges | undefined {
  const { pages, rotate, optimize, quality, flattenSignatures, standard, linearize } =
    PDF_INSTRUCTIONS
  const { decrypt, encrypt, targetSize, colorspace } = PDF_INSTRUCTIONS
  const size = readInstruction('targetSize', targetSize, instructions)
  const wanted = readInstruction('optimize', optimize, instructions)
  const profile = wanted ?? (size === undefined ? undefined : 'web')
  const colours = readInstruction('colorspace', colorspace, instructions)
  const kept = readInstruction('pages', pages, instructions)
  const turned = readInstruction('rotate', rotate, instructions)
  const locked = readInstruction('encrypt', encrypt, instructions)
  const changes: PdfChanges = {
    pages: kept === undefined ? undefined : parsePageRange(kept),
    rotate: turned === undefined ? undefined : toTurn(turned),
    ocr: readRecognition(instructions),
    colours: colours === 'unchanged' ? undefined : colours,
    optimize: profile && {
      profile,
      quality: readInstruction('quality', quality, instructions),
      targetSize: size,
      flattenSignatures: readInstruction('flattenSignatures', flattenSignatures, instructions),
    },
    standard: readInstruction('standard', standard, instructions),
    linearize: readInstruction('linearize', linearize, instructions) || undefined,
    decrypt: readInstruction('decrypt', decrypt, instructions) || undefined,
    encrypt: locked && { ...locked, password: locked.password ?? '' },
  }
  if (locked !== undefined && changes.decrypt) {
    throw new RenditionError('GenericError', 'encrypt and decrypt must not be given together.')
  }
  if (locked !== undefined && changes.standard !== undefined) {
    const sentence = `encrypt must not be given with standard, since no ${changes.standard} file is encrypted.`
    throw new RenditionError('GenericError', sentence)
  }
  if (size !== undefined && changes.standard !== undefined) {
    const sentence =
      'targetSize must not be given with standard, as the size follows from what the standard wants.'
    throw new RenditionError('GenericError', sentence)
  }
  return Object.values(changes).some((each) => each !== undefined) ? changes : undefined
}

/**
 * How the text of scans is to be recognised; undefined when it is not.
 *
 * @throws {@link RenditionError} naming what is wrong with it
 */
export function readRecognition(instructions: Instructions): PdfChanges['ocr'] {
  const wanted = readInstruction('ocr', PDF_INSTRUCTIONS.ocr, instructions)
  if (wanted === undefined || wanted === false) return undefined
  const { languages, autoOrient } = wanted === true ? USUAL_RECOGNITION : wanted
  return { languages: languages.map(requireLanguage), autoOrient }
}

const USUAL_RECOGNITION = { languages: ['eng'], autoOrient: true }

function requireLanguage(code: string): Language {
  const language = languageOf(code)
  if (language !== undefined) return language
  const sentence = `ocr.languages must be among ${LANGUAGE_CODES.join(', ')}, but one is ${JSON.stringify(code)}.`
  throw new RenditionError('GenericError', sentence)
}

type Turn = number | { readonly degrees: number; readonly pages?: string | undefined }

/** @returns undefined when nothing is turned */
function toTurn(turn: Turn): PdfChanges['rotate'] {
  const { degrees, pages } = typeof turn === 'number' ? { degrees: turn, pages: undefined } : turn
  const right = ((degrees % 360) + 360) % 360
  if (right !== 90 && right !== 180 && right !== 270) return undefined
  const spans: PageSpan[] | undefined = pages === undefined ? undefined : parsePageRange(pages)
  return { degrees: right, pages: spans }
}
