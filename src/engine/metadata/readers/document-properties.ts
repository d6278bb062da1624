import type { Properties } from '../packet/write-properties.ts'

/** What somebody has entered as keywords, in one text or in several. */
export function mapKeywords(texts: readonly string[]): Properties {
  const keywords = texts.flatMap((text) => text.split(/[,;]/)).map((keyword) => keyword.trim())
  return { 'dc:subject': { bag: keywords }, 'pdf:Keywords': { text: texts.join(', ') } }
}

/** When a document was made and changed last; what is no date is left out. */
export function mapDates(created: string | undefined, modified: string | undefined): Properties {
  const [creation, change] = [created, modified].map((text) => {
    // OpenDocument has nanoseconds, XMP any number of digits, and its readers three.
    const date = text?.replace(/(\.\d{3})\d+/, '$1')
    return date !== undefined && isDate(date) ? date : undefined
  })
  return { 'xmp:CreateDate': { text: creation }, 'xmp:ModifyDate': { text: change } }
}

/** A date of XMP (ISO 16684-1, 8.2.1.2), which every one of these formats has as well. */
export function isDate(text: string): boolean {
  return (
    /^\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?)?)?$/.test(
      text,
    ) && !Number.isNaN(Date.parse(text))
  )
}

/** A number of pages. Writers that do not count say 0. */
export function toCount(text: string | number | undefined): number | undefined {
  const count = Number(text)
  return Number.isSafeInteger(count) && count > 0 ? count : undefined
}

/** Says that a document keeps its properties for whoever has its password. */
export function tellLocked(title: string): string {
  return `Not read: the properties of the ${title}, which is encrypted, and no password was given.`
}
