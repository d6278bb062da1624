/** What is done with presets. */
import { presetListSchema } from '../../../src/doors/page/images/preset-shapes.ts'
import { messageOf, tellProblem } from '../../commands/notices.ts'
import { ask, jsonBody, urlOf } from '../../service.ts'
import type { State, Store } from '../../state.ts'
import { presetWords as words } from './preset-words.ts'
import type { PresetsState } from './presets-state.ts'

/** Changes what is known of presets. */
export function changePresets(store: Store, changes: Partial<PresetsState>): void {
  store.change({ presets: { ...store.state().presets, ...changes } })
}

/** The company whose presets a request finds: that of its path, or that of the house. */
export function companyOf({ images }: Pick<State, 'images'>, object: string): string {
  const [first = ''] = object.split('/')
  const { company = first, companies = [] } = images.overview ?? {}
  return companies.includes(first) ? first : company
}

/** Asks for the presets of a company. */
export async function loadPresets(store: Store, company: string): Promise<void> {
  try {
    await take(store, company, {})
  } catch (error) {
    changePresets(store, { problem: messageOf(error) })
  }
}

async function take(
  store: Store,
  company: string,
  init: RequestInit,
  ...name: readonly string[]
): Promise<void> {
  const list = await ask(presetListSchema, urlOf('images', 'presets', company, ...name), init)
  changePresets(store, { list: { ...list, company }, problem: undefined })
}

/**
 * Keeps a preset.
 *
 * @param preset.before - what it was called, when it gets another name
 * @returns whether it was kept; the user is told either way
 */
export async function savePreset(
  store: Store,
  company: string,
  preset: {
    readonly name: string
    readonly commands: string
    readonly before?: string | undefined
  },
): Promise<boolean> {
  const { name, commands, before } = preset
  try {
    const body = { commands, ...(before !== undefined && { before }) }
    await take(store, company, jsonBody('PUT', body), name)
    store.change({ notice: { kind: 'positive', text: words.saved(name) } })
    return true
  } catch (error) {
    tellProblem(store, error)
    return false
  }
}

/** Takes a preset away; the user is told when that cannot be done. */
export async function removePreset(store: Store, company: string, name: string): Promise<boolean> {
  try {
    await take(store, company, { method: 'DELETE' }, name)
    store.change({ notice: { kind: 'positive', text: words.removed(name) } })
    return true
  } catch (error) {
    tellProblem(store, error)
    return false
  }
}
