import type { ChosenFont } from '../../typesetting/fonts/font-book.ts'

/** What stands in for a family that is not there. */
export interface Substitute {
  /** A family whose letters are exactly as wide, where somebody has installed it. */
  readonly twin?: string
  /** One that is there. */
  readonly family: 'Arial' | 'Times New Roman' | 'Courier New'
  /** How large letters of the latter are, so that lines are as long: in parts of the size that is asked for. */
  readonly size?: number
  /** How far lines reach above their baseline and below it, in the same parts, where that is known. */
  readonly reach?: readonly [ascent: number, descent: number]
}

/** Families that documents are often in. */
const KNOWN: Readonly<Record<string, Substitute>> = {
  calibri: { twin: 'Carlito', family: 'Arial', size: 0.917, reach: [0.952, 0.269] },
  'calibri light': { twin: 'Carlito', family: 'Arial', size: 0.91, reach: [0.952, 0.269] },
  cambria: { twin: 'Caladea', family: 'Times New Roman', size: 1.01, reach: [0.95, 0.222] },
  georgia: { twin: 'Gelasio', family: 'Times New Roman', size: 1.12, reach: [0.917, 0.219] },
  'arial narrow': { twin: 'Liberation Sans Narrow', family: 'Arial', size: 0.82 },
  'aptos narrow': { family: 'Arial', size: 0.9, reach: [0.939, 0.282] },
  aptos: { family: 'Arial', size: 0.98, reach: [0.939, 0.282] },
  'aptos display': { family: 'Arial', size: 0.96, reach: [0.939, 0.282] },
  verdana: { family: 'Arial', size: 1.14, reach: [1.005, 0.21] },
  tahoma: { family: 'Arial', size: 0.98, reach: [1, 0.207] },
  'segoe ui': { family: 'Arial', size: 0.98, reach: [1.079, 0.251] },
  'trebuchet ms': { family: 'Arial', size: 0.97, reach: [0.939, 0.222] },
  'century gothic': { family: 'Arial', size: 1.08, reach: [1.006, 0.22] },
  candara: { family: 'Arial', size: 0.94, reach: [0.952, 0.269] },
  corbel: { family: 'Arial', size: 0.93, reach: [0.952, 0.269] },
  'gill sans mt': { family: 'Arial', size: 0.91 },
  'franklin gothic book': { family: 'Arial', size: 0.94 },
  'open sans': { family: 'Arial', size: 1.05, reach: [1.069, 0.293] },
  'noto sans': { family: 'Arial', size: 1.06, reach: [1.069, 0.293] },
  roboto: { family: 'Arial', size: 1, reach: [0.928, 0.244] },
  lato: { family: 'Arial', size: 0.97, reach: [0.987, 0.213] },
  montserrat: { family: 'Arial', size: 1.13, reach: [0.968, 0.251] },
  'palatino linotype': { family: 'Times New Roman', size: 1.08 },
  'book antiqua': { family: 'Times New Roman', size: 1.08 },
  garamond: { family: 'Times New Roman', size: 0.94 },
  constantia: { family: 'Times New Roman', size: 1.06, reach: [0.952, 0.269] },
  'bookman old style': { family: 'Times New Roman', size: 1.2 },
  'century schoolbook': { family: 'Times New Roman', size: 1.12 },
  consolas: { family: 'Courier New', size: 0.916, reach: [0.906, 0.264] },
}

/** What names tell of other families. */
const BY_NAME: readonly (readonly [name: RegExp, substitute: Substitute])[] = [
  [/mono|courier|consol|typewriter|menlo|monaco|fixed|code\b/, { family: 'Courier New' }],
  [/sans|gothic|grotesk/, { family: 'Arial' }],
  [
    /serif|roman|times|cambria|georgia|garamond|palatino|antiqua|bookman|century|caslon|baskerville|bodoni|didot|minion|goudy|rockwell|perpetua|sylfaen|charter|utopia|mincho|song|simsun|ming\b/,
    { family: 'Times New Roman' },
  ],
]

const USUAL: Substitute = { family: 'Arial' }

/** Tells what stands in for a family that is not there. */
export function findSubstitute(name: string): Substitute {
  const wanted = name.trim().toLowerCase()
  if (Object.hasOwn(KNOWN, wanted)) return KNOWN[wanted] ?? USUAL
  return BY_NAME.find(([pattern]) => pattern.test(wanted))?.[1] ?? USUAL
}

/** A font whose letters and lines are made as large as those of the family that it stands in for. */
export function fitted(font: ChosenFont, { size = 1, reach }: Substitute): ChosenFont {
  const { face } = font
  const [ascent, descent] = reach ?? [face.ascent * size, face.descent * size]
  const unitsPerEm = face.unitsPerEm / size
  return {
    ...font,
    face: { ...face, unitsPerEm, drawnSize: face.drawnSize * size, ascent, descent },
  }
}
