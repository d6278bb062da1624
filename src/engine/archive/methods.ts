/**
 * How entries are stored, with the numbers that ZIP has for it: as they are, or deflated.
 */
export const METHODS = { stored: 0, deflated: 8 } as const

/** A number of {@link METHODS}. */
export type Method = (typeof METHODS)[keyof typeof METHODS]

/** Kinds that deflating makes a fraction of what they are. */
const SHRINKING = new Set(
  (
    'asc atom bmp cfg conf css csv dae dtd dxf eps fnt geojson gltf gpx htm html ics ini js json jsonl kml ldif less ' +
    'log map md mjs mtl obj plist ply po ps rdf rss rtf scss sql srt ssml stl svg tex toml ts tsv ttml txt usda vcf ' +
    'vtt vrml wsdl xhtml xmp xml xsd xsl xslt yaml yml'
  ).split(' '),
)

/** Deflating adds more bytes than it could save. */
const TOO_SHORT_BYTES = 32

/**
 * Chooses the method for a file by the extension of its path. Pictures, films, sounds, documents and archives are
 * compressed by nature, and most of what is archived is one of them: deflating them takes twenty times as long as storing
 * and saves next to nothing. So only texts and a few bare formats are deflated, and whatever is unknown is stored.
 *
 * @param size - in bytes, when it is known
 */
export function chooseMethod(path: string, size: number | undefined): Method {
  if (size !== undefined && size < TOO_SHORT_BYTES) return METHODS.stored
  const extension = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? ''
  return SHRINKING.has(extension) ? METHODS.deflated : METHODS.stored
}
