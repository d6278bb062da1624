import { nameUrl } from '../../base/redact.ts'
import type { CaptureLimits, CaptureOptions } from './capture-options.ts'
import type { CommandLine } from './confinement.ts'
import type { DocumentKind } from './document-kind.ts'

/** What is captured: a page of the web, or a file, which sees no network. */
export type Subject =
  | {
      readonly kind: 'page'
      readonly url: string
      readonly headers: Readonly<Record<string, string>>
    }
  | { readonly kind: 'document'; readonly path: string; readonly document: DocumentKind }

/** What a subject is called: the URL without what is secret in it. */
export function placeOf(subject: Subject): string {
  return subject.kind === 'page' ? nameUrl(subject.url) : 'The source'
}

/** What the process of a capture is told. */
export interface CaptureTask {
  readonly subject: Subject
  readonly options: CaptureOptions
  readonly limits: CaptureLimits
  /** How Chromium is started; and how, should its own sandbox not work inside of another, it is started without its own. */
  readonly browser: CommandLine
  readonly inOtherSandbox: CommandLine | undefined
  readonly environment: Readonly<Record<string, string>>
  readonly proxy: {
    readonly server: string
    readonly username: string
    readonly password: string
  }
  readonly output: string
  /** What goes with the process, should nobody be left who removes it. */
  readonly folder: string
}
