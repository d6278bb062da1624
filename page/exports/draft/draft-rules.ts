import type {
  ExportDetail,
  ExportPreview,
  WishedExport,
} from '../../../src/doors/page/exports/export-shapes.ts'
import { EMAIL_WISHES } from '../../../src/doors/page/exports/export-shapes.ts'
import { toLines, toQuery } from '../../images/lab/query-lines.ts'
import { exportWords as words } from '../export-words.ts'
import { EMPTY_DRAFT, type ExportDraft, type ExportsState } from '../exports-state.ts'

/** What is asked of the service for a draft. */
export function wishOf(draft: ExportDraft): WishedExport {
  const { company, assets, fmt, lines, preset, emailSetting } = draft
  const modifier = toQuery(lines)
  return {
    company,
    assets: [...assets],
    fmt,
    emailSetting,
    ...(fmt === 'convert' && modifier !== '' && { modifier }),
    ...(fmt === 'convert' && preset !== '' && { macro: `$${preset}$` }),
  }
}

/** What the job is called: as somebody says, or after its first asset. */
export function nameOfDraft({ name, assets }: Pick<ExportDraft, 'name' | 'assets'>): string {
  if (name !== undefined) return name
  const [first] = assets
  return first === undefined ? '' : words.draft.suggested(first, assets.length - 1)
}

/** The draft with assets picked or not; an export has those of one company, so that one of another begins anew. */
export function withAssets(
  draft: ExportDraft,
  company: string,
  names: readonly string[],
  isPicked: boolean,
): ExportDraft {
  const before = draft.company === company ? draft.assets : []
  const assets = isPicked
    ? [...new Set([...before, ...names])]
    : before.filter((each) => !names.includes(each))
  return { ...draft, company, assets }
}

/** Why a draft cannot be submitted yet, in a sentence. */
export function hindranceOf({
  draft,
  preview,
  previewProblem,
}: Pick<ExportsState, 'draft' | 'preview' | 'previewProblem'>): string | undefined {
  const { assets, fmt, preset, lines } = draft
  if (assets.length === 0) return words.draft.noAssets
  if (fmt === 'convert' && preset === '' && toQuery(lines) === '') return words.draft.noCommands
  if (nameOfDraft(draft).trim() === '') return words.draft.noName
  return previewProblem ?? preview?.problem
}

/** A draft that does once more what a job did; assets that are gone are left out. */
export function draftOfJob({ job, assets }: ExportDetail): ExportDraft {
  return {
    ...EMPTY_DRAFT,
    company: job.company,
    assets: assets.filter(({ isGone }) => !isGone).map(({ name }) => name),
    fmt: job.fmt,
    lines: toLines((job.modifier ?? '').replace(/^&+/, '')),
    preset: (job.macro ?? '').replaceAll('$', ''),
    emailSetting: EMAIL_WISHES.find((each) => each === job.emailSetting) ?? 'None',
    name: job.title,
  }
}

/** What becomes of the assets that the preview does not show, and whether it shows all. */
export function restOf(draft: Pick<ExportDraft, 'assets'>, preview: ExportPreview): number {
  return Math.max(0, draft.assets.length - preview.entries.length)
}
