import type { ExportLine, ShownEntry, ShownExport } from './export-shapes.ts'

/** How the assets of an export become files. */
interface Commands {
  readonly fmt: 'orig' | 'convert'
  readonly modifier?: string | undefined
  readonly macro?: string | undefined
}

/** An export that is asked for. */
export interface WishedExport extends Commands {
  readonly company: string
  /** By their names. */
  readonly assets: readonly string[]
  readonly emailSetting: string
}

/** Who asks for something. */
interface Call {
  /** Of this service, such as `https://localhost:9443`. */
  readonly origin: string
  readonly signal: AbortSignal
}

/** A job that exports, as the door of Scene7 has it. Times are milliseconds of the epoch. */
export interface ExportFacts extends Pick<
  ShownExport,
  'number' | 'company' | 'by' | 'execTime' | 'started' | 'fmt' | 'modifier' | 'macro' | 'zip'
> {
  readonly name: string
  readonly state: 'waiting' | 'running' | 'done'
  readonly isPaused: boolean
  /** Whether it came to no end of its own. */
  readonly isFatal: boolean
  readonly submitted: number
  readonly ended?: number | undefined
  readonly total: number
  readonly successes: number
  readonly errors: number
  readonly warnings: number
  readonly handles: readonly string[]
  readonly emailSetting: string
}

/** A line of its log. */
export interface ExportLineFacts extends ExportLine {
  /** Which of its assets it is about, counted from 0, and when that was worked on. */
  readonly item?: number
  readonly spent?: { readonly start: number; readonly end: number }
}

/** Where the mail about a job is. */
export type MailFacts =
  | {
      readonly place: 'file'
      readonly to: string
      readonly subject: string
      readonly text: string
      readonly html: string
    }
  | { readonly place: 'server' | 'nowhere' | 'later' | 'due' | 'unwanted' }

/** The exports of Scene7's IPS. What is refused is so with a `ServiceError` and its sentence. */
export interface InspectedExports {
  /** Tells of each job that has changed, by its number; undefined when it may be any. Returns what ends it. */
  readonly listen: (listener: (job: number | undefined) => void) => () => void
  /** Newest first. */
  readonly list: () => Promise<readonly ExportFacts[]>
  readonly find: (number: number) => Promise<ExportFacts | undefined>
  readonly detail: (number: number) => Promise<
    | {
        readonly job: ExportFacts
        /** The names that its assets have now. */
        readonly assets: readonly (string | undefined)[]
        readonly lines: readonly ExportLineFacts[]
        readonly mail: MailFacts
      }
    | undefined
  >
  readonly preview: (
    wish: WishedExport,
    many: number,
    signal: AbortSignal,
  ) => Promise<{
    readonly handles: readonly string[]
    readonly entries: readonly ShownEntry[]
    readonly problem?: string
  }>
  readonly draw: (
    company: string,
    asset: string,
    commands: Commands,
    signal: AbortSignal,
  ) => Promise<{ readonly bytes: Uint8Array; readonly mediaType: string }>
  readonly submit: (wish: WishedExport & { readonly name: string }, call: Call) => Promise<number>
  readonly act: (
    number: number,
    deed: 'stop' | 'pause' | 'resume' | 'begin' | 'delete',
    call: Call,
  ) => Promise<void>
}
