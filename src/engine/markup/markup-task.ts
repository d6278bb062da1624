import type { Failure } from '../../base/operation-error.ts'
import type { IdentifiedSource } from '../../sources/identify.ts'
import type { Bookmark } from '../pdf/outline/read-outline.ts'
import type { TextKind } from '../text/text-kind.ts'

/** What becomes markup: a document, or the file that has the text of a PDF by its tags, or with where it stands. */
export type MarkupSubject =
  | {
      readonly kind: 'document'
      readonly source: IdentifiedSource
      readonly read: Exclude<TextKind, 'PDF'>
      readonly password: string | undefined
    }
  | {
      readonly kind: 'tags'
      readonly tagsPath: string
      readonly bookmarks: readonly Bookmark[]
    }
  | {
      readonly kind: 'pages'
      readonly positionsPath: string
      readonly bookmarks: readonly Bookmark[]
    }

/** What is made of it. */
export interface MarkupTask {
  readonly subject: MarkupSubject
  readonly to: 'md' | 'html'
  readonly outputPath: string
}

/** What has become of it. */
export type MarkupOutcome =
  | {
      readonly outcome: 'written'
      /** What could not be read, a sentence each. */
      readonly remarks: readonly string[]
    }
  | { readonly outcome: 'failed'; readonly failure: Failure }

/** What the thread does. */
export type MarkupWork = (task: MarkupTask) => Promise<MarkupOutcome>
