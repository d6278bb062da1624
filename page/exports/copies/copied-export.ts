import type { ExportDetail, ExportPreview } from '../../../src/doors/page/exports/export-shapes.ts'
import { nameOfDraft, wishOf } from '../draft/draft-rules.ts'
import type { ExportDraft } from '../exports-state.ts'

/** The namespace of IPS without a date, in which the header is. */
export const UNDATED = 'http://www.scene7.com/IpsApi/xsd'

/** What of an export becomes a message or a program that submits it. */
export interface CopiedExport {
  readonly name: string
  readonly company: string
  readonly handles: readonly string[]
  readonly fmt: string
  readonly modifier: string | undefined
  readonly macro: string | undefined
  readonly emailSetting: string
}

/** Copies a job that was submitted. */
export function copyOfJob({ job, assets }: ExportDetail): CopiedExport {
  const { title, company, fmt, modifier, macro, emailSetting } = job
  return {
    name: title,
    company,
    fmt,
    modifier,
    macro,
    emailSetting,
    handles: assets.map(({ id }) => id),
  }
}

/** Copies a draft, of whose assets the service has told the handles. */
export function copyOfDraft(draft: ExportDraft, { handles }: ExportPreview): CopiedExport {
  const { company, fmt, modifier, macro, emailSetting } = wishOf(draft)
  return { name: nameOfDraft(draft), company, fmt, modifier, macro, emailSetting, handles }
}

/** What it does, for a comment, which a line break would end. */
export function describeExport({ name, handles }: CopiedExport): string {
  const count = handles.length === 1 ? 'one asset' : `${handles.length} assets`
  return `Exports ${count} as ${JSON.stringify(name)}`.replaceAll(/\p{Cc}/gu, ' ')
}
