import type { Packet } from '../packet/packet.ts'

/** What a source says of itself. */
export interface SourceMetadata {
  /** The packet that is in the source; undefined when there is none, or none that is well-formed. */
  readonly packet?: Packet | undefined
  /** What the source says elsewhere: what comes first counts more. */
  readonly others?: readonly Packet[]
  /** Width and height of the picture, in pixels. */
  readonly size?: { readonly width: number; readonly height: number } | undefined
  /** Where the content tells the media type better than its first bytes. */
  readonly mediaType?: string | undefined
  /** What there is and could not be read, a sentence each. */
  readonly remarks?: readonly string[]
}
