import type { Failure } from '../../base/operation-error.ts'
import type { XmpExtraction } from './extract-xmp.ts'
import type { TagReading } from './read-tags.ts'
import type { Done } from './tools.ts'
import type { TagWriting } from './write-tags.ts'
import type { PacketWriting } from './write-xmp.ts'

/** What the thread is asked for. */
export type MetadataRequest =
  | ({ readonly task: 'extract xmp' } & XmpExtraction)
  | ({ readonly task: 'write xmp' } & PacketWriting)
  | ({ readonly task: 'read tags' } & TagReading)
  | ({ readonly task: 'write tags' } & TagWriting)

/** A task for the thread, with a folder that its result comes into; see `tools.ts`. */
export type MetadataTask = MetadataRequest & { readonly folder: string }

/** What has become of it. */
export type MetadataOutcome =
  | ({ readonly outcome: 'written' } & Done)
  | { readonly outcome: 'failed'; readonly failure: Failure }

/** What the thread does. */
export type MetadataWork = (task: MetadataTask) => Promise<MetadataOutcome>
