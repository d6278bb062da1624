import type { FormatId } from '../../../sources/formats.ts'

/** For each name that people give, the tags of ExifTool that it is written to. */
type TagNames = Readonly<Record<string, readonly string[]>>

/** XMP of pictures. What people call the subject of a picture is its headline; its subjects in XMP are keywords. */
const XMP: TagNames = {
  Title: ['XMP-dc:Title'],
  Author: ['XMP-dc:Creator'],
  Subject: ['XMP-photoshop:Headline'],
  Description: ['XMP-dc:Description'],
  Keywords: ['XMP-dc:Subject'],
  Creator: ['XMP-xmp:CreatorTool'],
  Producer: ['XMP-pdf:Producer'],
  Copyright: ['XMP-dc:Rights'],
}

const EXIF: TagNames = {
  Author: ['EXIF:Artist'],
  Description: ['EXIF:ImageDescription'],
  Creator: ['EXIF:Software'],
  Copyright: ['EXIF:Copyright'],
}

const IPTC: TagNames = {
  Title: ['IPTC:ObjectName'],
  Author: ['IPTC:By-line'],
  Subject: ['IPTC:Headline'],
  Description: ['IPTC:Caption-Abstract'],
  Keywords: ['IPTC:Keywords'],
  Copyright: ['IPTC:CopyrightNotice'],
}

const PNG: TagNames = {
  Title: ['PNG:Title'],
  Author: ['PNG:Author'],
  Description: ['PNG:Description'],
  Creator: ['PNG:Software'],
  Copyright: ['PNG:Copyright'],
}

/**
 * The dictionary `Info` and what Acrobat has for it in XMP (ISO 32000-1, 14.3; ISO 16684-2). A description of its own comes
 * behind the subject, which is the description in XMP.
 */
const PDF: TagNames = {
  Title: ['PDF:Title', 'XMP-dc:Title'],
  Author: ['PDF:Author', 'XMP-dc:Creator'],
  Subject: ['PDF:Subject', 'XMP-dc:Description'],
  Description: ['XMP-dc:Description'],
  Keywords: ['PDF:Keywords', 'XMP-pdf:Keywords', 'XMP-dc:Subject'],
  Creator: ['PDF:Creator', 'XMP-xmp:CreatorTool'],
  Producer: ['PDF:Producer', 'XMP-pdf:Producer'],
  Copyright: ['XMP-dc:Rights'],
}

/** The list `ilst`, which players read in MP4 and in QuickTime's own files alike, and XMP. */
const QUICK_TIME: TagNames = {
  Title: ['QuickTime:Title'],
  Author: ['QuickTime:Artist'],
  Description: ['QuickTime:Description'],
  Copyright: ['QuickTime:Copyright'],
}

const BY_FORMAT: Partial<Readonly<Record<FormatId, TagNames>>> = {
  jpeg: combine(XMP, EXIF, IPTC),
  png: combine(XMP, EXIF, PNG),
  tiff: combine(XMP, EXIF, IPTC),
  webp: combine(XMP, EXIF),
  gif: XMP,
  psd: combine(XMP, IPTC),
  pdf: PDF,
  mp4: combine(XMP, QUICK_TIME),
  mov: combine(XMP, QUICK_TIME),
  m4v: combine(XMP, QUICK_TIME),
  m4a: combine(XMP, QUICK_TIME),
  '3gp': combine(XMP, QUICK_TIME),
}

/** Tags that hold a list; people write one with commas or semicolons. */
const LISTS: ReadonlySet<string> = new Set(['XMP-dc:Subject', 'IPTC:Keywords', 'PDF:Keywords'])

/** The names that files of a format can have, and the tags of each; undefined when none can be written into it. */
export function tagNamesOf(format: FormatId): TagNames | undefined {
  return BY_FORMAT[format]
}

/** The values of tags for names and texts, of which all are known; what comes later in the table of names counts more. */
export function toTagValues(
  names: TagNames,
  texts: Readonly<Record<string, string>>,
): Record<string, string | readonly string[]> {
  return Object.fromEntries(
    Object.entries(names).flatMap(([name, tags]) => {
      const text = texts[name]
      return text === undefined
        ? []
        : tags.map((tag) => [tag, LISTS.has(tag) ? toList(text) : text] as const)
    }),
  )
}

function toList(text: string): string | readonly string[] {
  const items = text
    .split(/[,;]/)
    .map((item) => item.trim())
    .filter((item) => item !== '')
  return items.length === 0 ? '' : items
}

function combine(...all: readonly TagNames[]): TagNames {
  const names = new Set(all.flatMap((each) => Object.keys(each)))
  return Object.fromEntries(
    Array.from(names, (name) => [name, all.flatMap((each) => each[name] ?? [])]),
  )
}
