import { ARGUMENT_FILES, SOURCE } from './run-exiftool.ts'

/** What stands between the items of a list that was one text. */
const BETWEEN_ITEMS = '##'

/** The items of a text that semicolons part, as Windows has them. */
function itemsOf(tag: string): string {
  return `\${${tag};s/\\s*;\\s*/${BETWEEN_ITEMS}/g}`
}

/** What ExifTool's own files leave out: from a group and tag to a property of XMP. What comes later counts more. */
const COPIES = [
  'dc:Title<EXIF:XPTitle',
  `dc:Creator<${itemsOf('EXIF:XPAuthor')}`,
  `dc:Subject<${itemsOf('EXIF:XPKeywords')}`,
  'dc:Description<EXIF:XPSubject',
  'dc:Description<EXIF:XPComment',
  'dc:Title<PNG:Title',
  'dc:Creator<PNG:Author',
  'dc:Description<PNG:Description',
  'dc:Rights<PNG:Copyright',
  'xmp:CreatorTool<PNG:Software',
  'xmp:CreateDate<PNG:CreationTime',
  'dc:Title<RTF:Title',
  'dc:Creator<RTF:Author',
  'dc:Description<RTF:Subject',
  'pdf:Keywords<RTF:Keywords',
  'xmp:CreateDate<RTF:CreateDate',
  'xmp:ModifyDate<RTF:ModifyDate',
  'dc:Title<PostScript:Title',
  'dc:Creator<PostScript:Author',
  'xmp:CreatorTool<PostScript:Creator',
  'dc:Title<RIFF:Title',
  'xmpDM:Artist<RIFF:Artist',
  'dc:Rights<RIFF:Copyright',
  'xmp:CreateDate<RIFF:DateTimeOriginal',
  'dc:Title<ID3:Title',
  'xmpDM:Artist<ID3:Artist',
  'xmpDM:Album<ID3:Album',
  'xmpDM:Genre<ID3:Genre',
  'dc:Title<QuickTime:Title',
  'xmpDM:Artist<QuickTime:Artist',
  'xmpDM:Album<QuickTime:Album',
  'dc:Description<QuickTime:Description',
  'dc:Rights<QuickTime:Copyright',
  'xmp:CreateDate<QuickTime:CreateDate',
  'xmp:ModifyDate<QuickTime:ModifyDate',
  'xmpTPg:NPages<PDF:PageCount',
]

/** What turns tags into XMP in a new file. The dates of movies are in universal time. */
const INTO_XMP = ['-q', '-api', 'QuickTimeUTC=1', '-tagsFromFile', SOURCE] as const

/**
 * Arguments that write what a source says into new files of XMP, of which the first counts most: Exif before IPTC, as the
 * Metadata Working Group has it (Guidelines 2.0, 5.2), and in the first what is XMP before Exif. That is for sources
 * whose packet is not well-formed, of which ExifTool reads what can be read.
 */
export const COPIES_TO_XMP: readonly (readonly string[])[] = [
  // "all" twice, or Dublin Core becomes what Photoshop has instead of it.
  [...INTO_XMP, ...argumentFile('exif2xmp'), '-XMP:all:all'],
  [
    ...INTO_XMP,
    '-sep',
    BETWEEN_ITEMS,
    ...COPIES.map((copy) => `-XMP-${copy}`),
    ...argumentFile('pdf2xmp'),
    ...argumentFile('iptc2xmp'),
  ],
]

function argumentFile(name: string): readonly string[] {
  return ['-@', `${ARGUMENT_FILES}/${name}.args`]
}

/** The tags that tell of a file what metadata do not. */
export const FACTS: readonly string[] = [
  'File:FileType',
  'File:MIMEType',
  'ImageWidth',
  'ImageHeight',
  'Error',
].map((tag) => `-${tag}`)
