import type { PdfChanges } from '../pdf-changes.ts'

/** A standard that a PDF is written as. */
export type Standard = NonNullable<PdfChanges['standard']>

/** How Ghostscript is told of a standard. */
interface StandardFacts {
  /** The colours of the profile that is in the file, which all others become. */
  readonly colours: 'srgb' | 'cmyk'
  readonly channels: 3 | 4
  readonly options: readonly string[]
  /** The kind of what the file is meant for (ISO 32000-1, 14.11.5). */
  readonly intent: string
  readonly condition: string
  /** What is in a file that Ghostscript did write so; it writes others as well, and says so on the side. */
  readonly marks: readonly RegExp[]
}

/** Whatever cannot be had in a standard is left out. */
const LEAVE_OUT = '-dPDFACompatibilityPolicy=1'

function archive(part: 1 | 2 | 3): StandardFacts {
  return {
    colours: 'srgb',
    channels: 3,
    options: [`-dPDFA=${part}`, LEAVE_OUT, '-sColorConversionStrategy=RGB'],
    intent: 'GTS_PDFA1',
    condition: 'sRGB',
    marks: [new RegExp(`pdfaid:part\\s*(?:=\\s*['"]|>)\\s*${part}`), /GTS_PDFA1/],
  }
}

/** Ghostscript's manual, "Creating a PDF/A document" and "Creating a PDF/X document". */
export const STANDARDS: Readonly<Record<Standard, StandardFacts>> = {
  'PDF/A-1b': archive(1),
  'PDF/A-2b': archive(2),
  'PDF/A-3b': archive(3),
  'PDF/X-3': {
    colours: 'cmyk',
    channels: 4,
    options: ['-dPDFX', '-sColorConversionStrategy=CMYK'],
    intent: 'GTS_PDFX',
    condition: 'Custom',
    marks: [/GTS_PDFXVersion/, /GTS_PDFX\b/],
  },
}

/**
 * The program in PostScript that has Ghostscript put a profile into the file.
 *
 * @param profilePath - of the ICC profile
 */
export function describeIntent(standard: Standard, profilePath: string): string {
  const { channels, intent, condition } = STANDARDS[standard]
  const path = profilePath.replaceAll(/[\\()]/g, '\\$&')
  const isForPrint = intent === 'GTS_PDFX'
  const print = '[/GTS_PDFXVersion (PDF/X-3:2002)/Title (Untitled)/Trapped /False/DOCINFO pdfmark'
  return [
    '%!',
    isForPrint ? print : '',
    '[/_objdef {Profile}/type /stream/OBJ pdfmark',
    `[{Profile}<</N ${channels}>>/PUT pdfmark`,
    `[{Profile}(${path})(r) file/PUT pdfmark`,
    '[/_objdef {Intent}/type /dict/OBJ pdfmark',
    `[{Intent}<</Type/OutputIntent/S/${intent}/DestOutputProfile {Profile}/OutputConditionIdentifier (${condition})/Info (${condition})>>/PUT pdfmark`,
    '[{Catalog}<</OutputIntents[{Intent}]>>/PUT pdfmark',
    '',
  ].join('\n')
}
