import { addressOf } from '../router.ts'
import type { Store } from '../state.ts'
import { EMPTY_DRAFT, type ExportDraft } from './exports-state.ts'

/** Shows a draft of an export. */
export function showDraft(store: Store, draft: ExportDraft): void {
  const { exports } = store.state()
  store.change({ exports: { ...exports, draft, preview: undefined, previewProblem: undefined } })
  location.hash = addressOf({ view: 'newExport' })
}

/** Begins an export of assets of a company; how they are exported is as it was last. */
export function beginExport(store: Store, company: string, assets: readonly string[]): void {
  const { fmt, lines, preset, emailSetting } = store.state().exports.draft
  showDraft(store, { ...EMPTY_DRAFT, fmt, lines, preset, emailSetting, company, assets })
}
