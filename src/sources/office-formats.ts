import type { FormatId } from './formats.ts'

interface FamilyFacts {
  /** The formats of files that are of it. */
  readonly from: readonly FormatId[]
  /** The formats that can be made of each of them. */
  readonly to: readonly FormatId[]
}

/**
 * What an office program makes of what, by the kinds of documents that it has: within a family each format becomes each
 * other one. EPUB is written and not read.
 */
export const OFFICE_FAMILIES = {
  text: {
    from: ['docx', 'doc', 'odt', 'rtf', 'html', 'xhtml', 'text'],
    to: ['pdf', 'docx', 'doc', 'odt', 'rtf', 'html', 'epub', 'text'],
  },
  sheet: {
    from: ['xlsx', 'xlsb', 'xls', 'ods', 'csv'],
    to: ['pdf', 'xlsx', 'xls', 'ods', 'csv', 'html'],
  },
  slides: { from: ['pptx', 'ppt', 'odp'], to: ['pdf', 'pptx', 'ppt', 'odp'] },
  drawing: { from: ['odg'], to: ['pdf'] },
} as const satisfies Readonly<Record<string, FamilyFacts>>

/** A kind of documents, see {@link OFFICE_FAMILIES}. */
export type OfficeFamily = keyof typeof OFFICE_FAMILIES

/** A format of files that an office program opens. */
export type OfficeSourceId = (typeof OFFICE_FAMILIES)[OfficeFamily]['from'][number]

/** A format that an office program writes. */
export type OfficeTargetId = (typeof OFFICE_FAMILIES)[OfficeFamily]['to'][number]

const FAMILIES: readonly OfficeFamily[] = ['text', 'sheet', 'slides', 'drawing']

/** All that an office program opens. */
export const OFFICE_SOURCES: readonly OfficeSourceId[] = FAMILIES.flatMap(
  (family) => OFFICE_FAMILIES[family].from,
)

/** All that an office program writes. */
export const OFFICE_TARGETS: readonly OfficeTargetId[] = [
  ...new Set(FAMILIES.flatMap((family): readonly OfficeTargetId[] => OFFICE_FAMILIES[family].to)),
]

/** Whether an office program opens files of a format. */
export function isOfficeSourceId(id: string | undefined): id is OfficeSourceId {
  return OFFICE_SOURCES.some((each) => each === id)
}

/** The kind of documents that a format is for. */
export function familyOf(id: OfficeSourceId): OfficeFamily {
  const of = FAMILIES.find((family) => OFFICE_FAMILIES[family].from.some((each) => each === id))
  if (of === undefined) throw new RangeError(`${id} is of no family`)
  return of
}

/** Whether an office program makes one format of another. */
export function isMadeByOffice(from: string | undefined, to: string): boolean {
  if (!isOfficeSourceId(from)) return false
  const { to: targets } = OFFICE_FAMILIES[familyOf(from)]
  return targets.some((each) => each === to)
}
