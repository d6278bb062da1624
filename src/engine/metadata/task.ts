import type { Failure } from '../../base/operation-error.ts'
import type { XmpExtraction } from './extract-xmp.ts'
import type { PacketWriting } from './write-xmp.ts'

/** A task for the thread, with a folder that its result comes into; see `tools.ts`. */
export type MetadataTask = (XmpExtraction | PacketWriting) & { readonly folder: string }

/** What has become of it. */
export type MetadataOutcome =
  | {
      readonly outcome: 'written'
      /** The media type of the source. */
      readonly mediaType: string
    }
  | { readonly outcome: 'failed'; readonly failure: Failure }

/** What the thread does. */
export type MetadataWork = (task: MetadataTask) => Promise<MetadataOutcome>
