import * as z from 'zod/mini'
import { makerSchema, sampleSchema } from '../../src/doors/page/api.ts'
import { loadExport, loadExports } from '../exports/export-commands.ts'
import { loadAsset, loadImages } from '../images/catalogue/catalogue-commands.ts'
import { loadJob, loadJobs } from '../jobs/job-commands.ts'
import { keyOfCase } from '../model/case-list.ts'
import { ask, urlOf } from '../service.ts'
import type { Store } from '../state.ts'
import { loadActions } from './action-commands.ts'
import { loadApiDocument } from './api-document.ts'
import { loadCases } from './case-commands.ts'
import { attempt } from './notices.ts'
import { loadProfiles } from './profiles.ts'
import {
  loadHistory,
  loadListedHistory,
  loadLookedAt,
  loadLookedAtRun,
  loadUnfinished,
} from './request-commands.ts'
import { loadStanding } from './standing.ts'

/** Loads what every view needs; called whenever the page has got its connection (back). */
export async function loadAll(store: Store): Promise<void> {
  await Promise.all([
    attempt(store, async () => {
      store.change({ samples: await ask(z.array(sampleSchema), urlOf('samples')) })
    }),
    attempt(store, () => loadProfiles(store)),
    attempt(store, () => loadStanding(store)),
    loadHistory(store),
    loadUnfinished(store),
    loadView(store, true),
  ])
}

/**
 * Loads what only the view that is shown needs; called when it is come to, and with the connection.
 *
 * @param anew - also what is known; a service that was started anew has forgotten how test cases ended
 */
export async function loadView(store: Store, anew = false): Promise<void> {
  const { route, cases, actions } = store.state()
  if (route.view === 'history') await loadListedHistory(store)
  if (route.view === 'request') await loadLookedAt(store)
  if (route.view === 'wholeRun') await loadLookedAtRun(store)
  // A case that was saved a moment ago is not among those that are known.
  const isKnown =
    route.view === 'case' && cases?.some((each) => keyOfCase(each) === keyOfCase(route)) === true
  if (route.view === 'cases' || (route.view === 'case' && (anew || !isKnown))) {
    await loadCases(store)
  }
  if (route.view === 'jobs') await loadJobs(store)
  if (route.view === 'images') await loadImages(store)
  if (route.view === 'asset') await loadAsset(store)
  // What the lab knows of commands is loaded with it.
  if (route.view === 'image') await (await import('../images/lab/lab-commands.ts')).openLab(store)
  if (route.view === 'presets') {
    await (await import('../images/presets/preset-drafts.ts')).openPresets(store)
  }
  if (route.view === 'job') await loadJob(store)
  if (route.view === 'exports') await loadExports(store)
  if (route.view === 'export') await loadExport(store)
  // What the draft knows of commands is loaded with it.
  if (route.view === 'newExport') {
    await (await import('../exports/export-draft.ts')).openExportDraft(store)
  }
  if (route.view === 'compose' || route.view === 'api') {
    await attempt(store, () => loadApiDocument(store))
  }
  if (route.view === 'compose') {
    await (await import('./draft-commands.ts')).openJob(store)
    await attempt(store, () => loadMakers(store, anew))
  }
  if (route.view === 'actions' && actions === undefined) await loadActions(store)
}

/** A service that was started anew may have found other programs. */
async function loadMakers(store: Store, anew: boolean): Promise<void> {
  if (store.state().makers !== undefined && !anew) return
  store.change({ makers: await ask(z.array(makerSchema), urlOf('makers')) })
}
