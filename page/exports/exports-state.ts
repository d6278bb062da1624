import type {
  ExportDetail,
  ExportPreview,
  ShownExport,
  WishedExport,
} from '../../src/doors/page/exports/export-shapes.ts'

/** An export that is being put together. */
export interface ExportDraft {
  /** Whose assets it has; empty as long as it has none. */
  readonly company: string
  /** Their names, in the order in which they were picked. */
  readonly assets: readonly string[]
  readonly fmt: WishedExport['fmt']
  /** Commands of Image Serving, one a line. */
  readonly lines: string
  /** The name of a preset; empty for none. */
  readonly preset: string
  readonly emailSetting: WishedExport['emailSetting']
  /** What the job is called; undefined as long as nobody has said so. */
  readonly name: string | undefined
}

/** What the page knows of exports. */
export interface ExportsState {
  /** As lists and updates have told, newest first. */
  readonly known: readonly ShownExport[]
  /** Whether there are older ones; undefined until they were asked for. */
  readonly more?: boolean | undefined
  /** Whether a page of the list is on its way. */
  readonly loading?: boolean | undefined
  /** Why the list could not be had. */
  readonly problem?: string | undefined
  /** The one that was looked at last, with all that is known of it. */
  readonly detail?: ExportDetail | undefined
  /** The one that was asked for last and could not be had, and why. */
  readonly missing?: { readonly number: number; readonly why: string } | undefined
  readonly draft: ExportDraft
  /** What the draft would be, as it was when that was asked. */
  readonly preview?: ExportPreview | undefined
  /** Why that could not be had. */
  readonly previewProblem?: string | undefined
  /** Whether the draft has changed since. */
  readonly late: boolean
  /** Whether the draft is being submitted. */
  readonly sending: boolean
}

/** A draft in which nothing is yet. */
export const EMPTY_DRAFT: ExportDraft = {
  company: '',
  assets: [],
  fmt: 'orig',
  lines: '',
  preset: '',
  emailSetting: 'None',
  name: undefined,
}

/** What is known at first. */
export const NO_EXPORTS: ExportsState = {
  known: [],
  draft: EMPTY_DRAFT,
  late: false,
  sending: false,
}
