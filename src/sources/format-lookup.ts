import { type FormatId, KNOWN_FORMATS } from './formats.ts'

const BY_EXTENSION: ReadonlyMap<string, FormatId> = index((id) => KNOWN_FORMATS[id].extensions)
const BY_MEDIA_TYPE: ReadonlyMap<string, FormatId> = index((id) => {
  const format = KNOWN_FORMATS[id]
  const others = 'otherMediaTypes' in format ? format.otherMediaTypes : []
  return [format.mediaType, ...others]
})

/** Whether there is a format of this id. */
export function isFormatId(name: string): name is FormatId {
  return Object.hasOwn(KNOWN_FORMATS, name)
}

/** Every format there is. */
export function formatIds(): FormatId[] {
  return Object.keys(KNOWN_FORMATS).filter(isFormatId)
}

/** The format of files with an extension, which is given without its dot and in small letters. */
export function formatOfExtension(extension: string): FormatId | undefined {
  return BY_EXTENSION.get(extension)
}

/** The format of a media type, which is given without parameters and in small letters. */
export function formatOfMediaType(mediaType: string): FormatId | undefined {
  return BY_MEDIA_TYPE.get(mediaType)
}

function index(namesOf: (id: FormatId) => readonly string[]): ReadonlyMap<string, FormatId> {
  return new Map(
    formatIds().flatMap((id) =>
      namesOf(id).map((name): [string, FormatId] => [name.toLowerCase(), id]),
    ),
  )
}
