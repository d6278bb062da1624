import * as z from 'zod/mini'
import {
  type ExportDeed,
  exportDetailSchema,
  exportPageSchema,
  type ShownExport,
} from '../../src/doors/page/exports/export-shapes.ts'
import { attempt, messageOf } from '../commands/notices.ts'
import { onceMore } from '../commands/once-more.ts'
import { addressOf } from '../router.ts'
import { ask, urlOf } from '../service.ts'
import type { Store } from '../state.ts'
import { strings } from '../strings.ts'
import { withExport } from './export-list.ts'
import type { ExportsState } from './exports-state.ts'

/** Changes what is known of exports. */
export function changeExports(store: Store, changes: Partial<ExportsState>): void {
  store.change({ exports: { ...store.state().exports, ...changes } })
}

/** Asks for the newest exports; older ones that are known are asked for again when they are wanted. */
export async function loadExports(store: Store): Promise<void> {
  await loadPage(store, undefined)
}

/** Asks for those that come after what is listed. */
export async function loadMoreExports(store: Store): Promise<void> {
  const { known, more, loading } = store.state().exports
  if (more === true && loading !== true) await loadPage(store, known.at(-1)?.number)
}

async function loadPage(store: Store, before: number | undefined): Promise<void> {
  changeExports(store, { loading: true })
  try {
    const query = before === undefined ? '' : `?before=${before}`
    const { jobs, more } = await ask(exportPageSchema, `${urlOf('exports')}${query}`)
    const known = before === undefined ? jobs : [...store.state().exports.known, ...jobs]
    changeExports(store, { known, more, problem: undefined, loading: false })
  } catch (error) {
    changeExports(store, { problem: messageOf(error), loading: false })
  }
}

/** Takes in what an update says of an export. */
export function takeExport(store: Store, job: ShownExport): void {
  const { known, more } = store.state().exports
  if (more !== undefined) changeExports(store, { known: withExport(known, job, more) })
  if (isLookedAt(store, job.number)) void loadExport(store)
}

/** Takes in that an export is gone. */
export function dropExport(store: Store, number: number): void {
  const { known, detail } = store.state().exports
  changeExports(store, {
    known: known.filter((job) => job.number !== number),
    detail: detail?.job.number === number ? undefined : detail,
  })
  if (isLookedAt(store, number)) {
    changeExports(store, { missing: { number, why: strings.exports.gone } })
  }
}

function isLookedAt(store: Store, number: number): boolean {
  const { route } = store.state()
  return route.view === 'export' && route.number === number
}

/** Asks for all that is known of the export that is looked at. */
export const loadExport = onceMore(loadLookedAt)

async function loadLookedAt(store: Store): Promise<void> {
  const { route } = store.state()
  if (route.view !== 'export') return
  const { number } = route
  try {
    const detail = await ask(exportDetailSchema, urlOf('exports', number))
    changeExports(store, { detail, missing: undefined })
  } catch (error) {
    changeExports(store, { detail: undefined, missing: { number, why: messageOf(error) } })
  }
}

/** Has something done to an export; an update tells what becomes of it. */
export async function actOnExport(store: Store, number: number, deed: ExportDeed): Promise<void> {
  await attempt(store, async () => {
    await ask(z.undefined(), urlOf('exports', number, deed), { method: 'POST' })
  })
}

/** Deletes an export, and goes back to the list. */
export async function deleteExport(store: Store, number: number): Promise<void> {
  await attempt(store, async () => {
    await ask(z.undefined(), urlOf('exports', number), { method: 'DELETE' })
    location.hash = addressOf({ view: 'exports' })
    dropExport(store, number)
  })
}
