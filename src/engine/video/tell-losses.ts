import type { Decided } from './arguments.ts'
import type { MediaInfo } from './media-info.ts'
import type { OutputFormat } from './output-formats.ts'

/** What of a source is not in what is made of it though somebody may look for it, a sentence each. */
export function tellLosses(
  { video, isCoverUnread }: Pick<MediaInfo, 'video' | 'isCoverUnread'>,
  { videoCodec }: Decided,
  { title, hasCover, holdsTurn }: OutputFormat,
): string[] {
  return [
    ...(videoCodec === 'copy' && video?.isTurned === true && holdsTurn !== true
      ? [
          `The pictures are stored turned, which ${title} cannot say, so that copied ones are shown as they are stored.`,
        ]
      : []),
    ...(isCoverUnread && hasCover === true
      ? ['The cover is left out, since it cannot be read or has too many pixels.']
      : []),
  ]
}
