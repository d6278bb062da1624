import type { DevtoolRequest, ListedRequest } from '../../src/doors/page/api.ts'
import type { ShownPicture } from '../elements/shown-picture.ts'
import { nameOf } from '../model/request-summary.ts'
import { urlOf } from '../service.ts'
import { strings } from '../strings.ts'
import { pictureOf, picturesOf, type ShownFile } from './shown-file.ts'
import { fileOfSource } from './source-file.ts'

/** What was made of a rendition, as a file that can be looked at; undefined as long as there is none. */
export function fileOfRendition(
  { id, renditions }: Pick<ListedRequest, 'id' | 'renditions'>,
  position: number,
): ShownFile | undefined {
  const rendition = renditions[position]
  if (rendition?.file === undefined) return undefined
  const { shownAs, size } = rendition.file
  return {
    name: nameOf(rendition, position),
    shownAs,
    size,
    at: (form) => urlOf('requests', id, 'renditions', position, form),
  }
}

/** What a picture can be compared with: the source, and the other pictures that were made of it. */
export function comparedWith(request: DevtoolRequest, position: number): readonly ShownPicture[] {
  const { source, renditions } = request
  const others = renditions.flatMap((_, index) =>
    index === position ? [] : (fileOfRendition(request, index) ?? []),
  )
  if (source === undefined) return picturesOf(others)
  const { src } = pictureOf(fileOfSource(source))
  return [{ src, name: strings.rendition.sourceNamed(source.name) }, ...picturesOf(others)]
}
