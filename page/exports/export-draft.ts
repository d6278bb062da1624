/** What is done in the view in which an export is put together. */
import {
  type ExportPreview,
  exportPreviewSchema,
  submittedExportSchema,
  type WishedExport,
} from '../../src/doors/page/exports/export-shapes.ts'
import { messageOf, tellProblem } from '../commands/notices.ts'
import { companyOf, loadImages } from '../images/catalogue/catalogue-commands.ts'
import { createLatest, type Latest, laterBy } from '../images/lab/latest.ts'
import { breakLines } from '../images/lab/query-lines.ts'
import { loadPresets } from '../images/presets/preset-commands.ts'
import { addressOf } from '../router.ts'
import { ask, jsonBody, urlOf } from '../service.ts'
import type { Store } from '../state.ts'
import { hindranceOf, nameOfDraft, wishOf } from './draft/draft-rules.ts'
import { changeExports } from './export-commands.ts'
import { EMPTY_DRAFT, type ExportDraft } from './exports-state.ts'

/** Milliseconds without a change after which is asked what the draft would be. */
const SETTLED = 250

type Answer = { readonly preview: ExportPreview } | { readonly problem: string }

let latest: Latest<WishedExport> | undefined

/** Asks for the catalogue and the presets, and for what the draft would be. */
export async function openExportDraft(store: Store): Promise<void> {
  await loadImages(store)
  const { images, exports, presets } = store.state()
  const company = exports.draft.company === '' ? companyOf(images) : exports.draft.company
  if (presets.list?.company !== company) await loadPresets(store, company)
  preview(store)
}

/** Changes the draft, and asks for what it would be. */
export function editDraft(store: Store, changes: Partial<ExportDraft>): void {
  const { draft } = store.state().exports
  const changed = { ...draft, ...changes }
  changeExports(store, { draft: { ...changed, lines: breakLines(changed.lines) } })
  if (changed.company !== draft.company) void loadPresets(store, changed.company)
  preview(store)
}

function preview(store: Store): void {
  const { draft } = store.state().exports
  latest ??= createLatest({
    run: (wish, signal) => answer(wish, signal),
    done: (answered) => finish(store, answered),
    later: laterBy(SETTLED),
  })
  changeExports(store, { previewProblem: undefined })
  if (hindranceOf({ draft, preview: undefined, previewProblem: undefined }) !== undefined) {
    latest.stop()
    changeExports(store, { preview: undefined, late: false })
    return
  }
  changeExports(store, { late: true })
  latest.ask(wishOf(draft))
}

async function answer(wish: WishedExport, signal: AbortSignal): Promise<Answer> {
  try {
    const init = { ...jsonBody('POST', wish), signal }
    return { preview: await ask(exportPreviewSchema, urlOf('exports', 'preview'), init) }
  } catch (error) {
    return { problem: messageOf(error) }
  }
}

function finish(store: Store, answered: Answer): void {
  changeExports(
    store,
    'preview' in answered
      ? { preview: answered.preview, previewProblem: undefined, late: false }
      : { preview: undefined, previewProblem: answered.problem, late: false },
  )
}

/** Submits the draft, and shows the job that it has become. */
export async function submitDraft(store: Store): Promise<void> {
  const { exports } = store.state()
  const { draft, sending } = exports
  if (sending || hindranceOf(exports) !== undefined) return
  changeExports(store, { sending: true })
  try {
    const body = { ...wishOf(draft), name: nameOfDraft(draft).trim() }
    const { number } = await ask(submittedExportSchema, urlOf('exports'), jsonBody('POST', body))
    changeExports(store, { draft: { ...draft, ...EMPTY_CONTENT }, preview: undefined })
    location.hash = addressOf({ view: 'export', number })
  } catch (error) {
    tellProblem(store, error)
  } finally {
    changeExports(store, { sending: false })
  }
}

/** What the next draft does not take over. */
const EMPTY_CONTENT = {
  company: EMPTY_DRAFT.company,
  assets: EMPTY_DRAFT.assets,
  name: EMPTY_DRAFT.name,
}
