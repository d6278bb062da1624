/** What is done in the editor of presets. */
import { confirm } from '../../elements/confirm.ts'
import { addressOf } from '../../router.ts'
import type { Store } from '../../state.ts'
import { loadImages } from '../catalogue/catalogue-commands.ts'
import { imageUrl } from '../image-url.ts'
import { CAMERA } from '../lab/camera.ts'
import { createLatest, type Latest, laterBy } from '../lab/latest.ts'
import { breakLines, toLines, toQuery } from '../lab/query-lines.ts'
import { type Shot, takeShot } from '../lab/shot.ts'
import {
  changePresets,
  companyOf,
  loadPresets,
  removePreset,
  savePreset,
} from './preset-commands.ts'
import { findPreset, usesInWords } from './preset-rules.ts'
import { presetWords as words } from './preset-words.ts'
import type { PresetDraft } from './presets-state.ts'

/** Milliseconds without a change after which a picture is asked for. */
const SETTLED = 150

interface Tried {
  readonly url: string
  /** That of the preset as it is kept; undefined when there is no difference. */
  readonly keptUrl: string | undefined
}

interface Answered {
  readonly shot: Shot
  readonly keptShot: Shot | undefined
}

let latest: Latest<Tried> | undefined

/** Asks for the presets, and opens the one that the address names. */
export async function openPresets(store: Store): Promise<void> {
  if (store.state().images.overview === undefined) await loadImages(store)
  await loadPresets(store, companyOf(store.state(), ''))
  const { route, presets } = store.state()
  if (route.view !== 'presets') return
  const { draft, list } = presets
  const preset = findPreset(list?.presets ?? [], route.preset ?? '')
  if (preset && preset.name !== draft?.before) {
    editDraft(store, { before: preset.name, name: preset.name, lines: toLines(preset.commands) })
  } else if (draft !== undefined && (preset || draft.before === undefined)) editDraft(store, {})
  else changePresets(store, { draft: undefined })
}

/** Begins a new preset. */
export function beginPreset(store: Store): void {
  goTo(store, undefined)
  editDraft(store, { before: undefined, name: '', lines: 'wid=400' })
}

/** Changes the draft, or what it is tried on, and asks for its picture. */
export function editDraft(store: Store, changes: Partial<PresetDraft>): void {
  const { presets } = store.state()
  const empty = { before: undefined, name: '', lines: '' }
  const draft = { ...empty, ...presets.draft, ...changes }
  const lines = breakLines(draft.lines)
  changePresets(store, { draft: { ...draft, lines }, late: true })
  latest ??= createLatest({
    run: answer,
    done: (answered) => finish(store, answered),
    later: laterBy(SETTLED),
  })
  const kept = findPreset(presets.list?.presets ?? [], draft.before ?? '')?.commands
  const object = sampleOf(store)
  const query = toQuery(lines)
  latest.ask({
    url: imageUrl(object, query),
    keptUrl: kept === undefined || kept === query ? undefined : imageUrl(object, kept),
  })
}

/** Tries presets on another asset. */
export function tryOn(store: Store, sample: string): void {
  changePresets(store, { sample })
  editDraft(store, {})
}

/** `COMPANY/ASSET` that presets are tried on. */
export function sampleOf(store: Store): string {
  const { list, sample } = store.state().presets
  const [first = ''] = list?.samples ?? []
  return `${list?.company ?? ''}/${sample ?? first}`
}

/** Keeps the draft, and asks before those that name the preset lose it. */
export async function saveDraft(store: Store): Promise<void> {
  const { draft, list } = store.state().presets
  if (draft === undefined || list === undefined) return
  const { before, name, lines } = draft
  const uses = usesOfDraft(store)
  if (before !== undefined && before.toLowerCase() !== name.toLowerCase() && uses !== '') {
    const question = {
      title: words.renameTitle(before, name),
      text: words.renameText(before, uses),
      confirm: words.rename,
    }
    if (!(await confirm(question))) return
  }
  const commands = toQuery(lines)
  if (!(await savePreset(store, list.company, { name, commands, before }))) return
  goTo(store, name)
  editDraft(store, { before: name, name })
}

/** Takes the preset of the draft away, once the user has agreed. */
export async function removeDraft(store: Store): Promise<void> {
  const { draft, list } = store.state().presets
  if (draft?.before === undefined || list === undefined) return
  const { before } = draft
  const question = {
    title: words.removeTitle(before),
    text: words.removeText(before, usesOfDraft(store)),
    confirm: words.remove,
  }
  if (!(await confirm(question)) || !(await removePreset(store, list.company, before))) return
  goTo(store, undefined)
  changePresets(store, { draft: undefined })
}

/** What names the preset that is edited, in words. */
export function usesOfDraft(store: Store): string {
  const { draft, list } = store.state().presets
  const kept = findPreset(list?.presets ?? [], draft?.before ?? '')
  return kept ? usesInWords(kept) : ''
}

/** The address changes, and nothing is loaded for it. */
function goTo(store: Store, preset: string | undefined): void {
  const route = { view: 'presets' as const, ...(preset !== undefined && { preset }) }
  history.replaceState(null, '', addressOf(route))
  store.change({ route })
}

async function answer({ url, keptUrl }: Tried, signal: AbortSignal): Promise<Answered> {
  const [shot, keptShot] = await Promise.all([
    takeShot(url, signal, CAMERA),
    keptUrl === undefined ? undefined : takeShot(keptUrl, signal, CAMERA),
  ])
  return { shot, keptShot }
}

function finish(store: Store, answered: Answered): void {
  const { shot, keptShot } = store.state().presets
  for (const old of [shot, keptShot]) {
    if (old && 'picture' in old) URL.revokeObjectURL(old.picture.src)
  }
  changePresets(store, { ...answered, late: false })
}
