import { html, type TemplateResult } from 'lit'
import type { DevtoolRequest } from '../../src/doors/page/api.ts'
import type { ShownPicture } from '../elements/zoom-picture.ts'
import { nameOf } from '../model/request-summary.ts'
import { urlOf } from '../service.ts'
import { strings } from '../strings.ts'
import '../elements/archive-entries.ts'
import '../elements/file-text.ts'
import '../elements/font-sample.ts'
import '../elements/media-player.ts'
import '../elements/picture-viewer.ts'

const words = strings.rendition

/** The file that was made, shown as what it is; or why there is none. */
export function renditionFileView(request: DevtoolRequest, position: number): TemplateResult {
  const rendition = request.renditions[position]
  if (rendition?.file === undefined) {
    return html`<p class="no-file">${words.noFile[rendition?.state ?? 'queued']}</p>`
  }
  const { shownAs, type, size } = rendition.file
  const name = nameOf(rendition, position)
  const at = (what: string): string => urlOf('requests', request.id, 'renditions', position, what)
  if (shownAs === 'picture') {
    return html`<picture-viewer
      .picture=${pictureOf(request, position)}
      .others=${othersOf(request, position)}
    ></picture-viewer>`
  }
  if (shownAs === 'text' || shownAs === 'xml') {
    return html`<file-text src=${at('file')} name=${name} size=${size} kind=${shownAs}></file-text>`
  }
  if (shownAs === 'archive') {
    return html`<archive-entries src=${at('entries')} name=${name}></archive-entries>`
  }
  if (shownAs === 'video' || shownAs === 'audio') {
    return html`<media-player src=${at('file')} name=${name} kind=${shownAs}></media-player>`
  }
  if (shownAs === 'font') return html`<font-sample src=${at('file')} name=${name}></font-sample>`
  return html`<p class="no-file">${words.notShown(type)}</p>`
}

/** What a picture can be compared with: the source, and the other pictures that were made of it. */
function othersOf(request: DevtoolRequest, position: number): readonly ShownPicture[] {
  const { source, renditions } = request
  return [
    ...(source === undefined
      ? []
      : [{ src: urlOf('sources', source.id, 'picture'), name: words.sourceNamed(source.name) }]),
    ...renditions.flatMap(({ file }, index) =>
      index !== position && file?.shownAs === 'picture' ? [pictureOf(request, index)] : [],
    ),
  ]
}

function pictureOf({ id, renditions }: DevtoolRequest, position: number): ShownPicture {
  const rendition = renditions[position]
  return {
    src: urlOf('requests', id, 'renditions', position, 'picture'),
    name: rendition === undefined ? '' : nameOf(rendition, position),
  }
}
