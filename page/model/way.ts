import type { ListedRequest } from '../../src/doors/page/api.ts'
import { stepsOf } from '../images/catalogue/folder-path.ts'
import type { KnownJob } from '../jobs/job.ts'
import type { Route } from '../router.ts'
import { strings } from '../strings.ts'
import { findRun, type KnownWork } from './run-list.ts'
import { nameOfView } from './title.ts'

/** The views that are always at hand, in their order. */
export const TABS = [
  'run',
  'history',
  'jobs',
  'cases',
  'actions',
  'images',
  'exports',
  'api',
] as const

/** One of {@link TABS}. */
export type Tab = (typeof TABS)[number]

/** What has to be known to tell where one is. */
export interface Surroundings extends KnownWork {
  /** The id of the latest run, which the first view shows; undefined when there is none. */
  readonly latest: string | undefined
  /** The job that is known. */
  readonly job?: KnownJob | undefined
  /** The asset that is known. */
  readonly asset?: { readonly name: string; readonly folder: string } | undefined
}

/** A place on the way from a tab to what is looked at; without an address it is that itself. */
export interface WayStep {
  readonly name: string
  readonly route?: Route
}

/** The tab that a view belongs to. */
export function tabOf(
  route: Route,
  { requests, latest }: Pick<Surroundings, 'requests' | 'latest'>,
): Tab {
  const { view } = route
  if (view === 'request' || view === 'wholeRun') {
    const run = view === 'wholeRun' ? route.id : runOf(requests, route.id)
    return run !== undefined && run === latest ? 'run' : 'history'
  }
  if (view === 'job' || view === 'compose') return 'jobs'
  if (view === 'export' || view === 'newExport') return 'exports'
  if (view === 'asset' || view === 'image' || view === 'presets') return 'images'
  return view === 'case' ? 'cases' : view
}

/** The way from its tab to a view; empty for what a tab shows, and what is beside that. */
export function wayTo(route: Route, known: Surroundings): readonly WayStep[] {
  const between = placesBetween(route, known)
  if (between === undefined) return []
  const tab = tabOf(route, known)
  return [
    { name: strings.app[tab], route: { view: tab } },
    ...between,
    { name: nameOfView(withoutTask(route), known, known.job) },
  ]
}

/** What is between a tab and a view; undefined for what is not reached by way of a tab. */
function placesBetween(route: Route, known: Surroundings): readonly WayStep[] | undefined {
  const { requests, asset } = known
  if (route.view === 'request') {
    const places: Route[] = []
    const run = findRun(known, runOf(requests, route.id) ?? '')
    // One of a single request is nothing of its own.
    if (run !== undefined && run.told.requests > 1) places.push({ view: 'wholeRun', id: run.id })
    if (route.position !== undefined) places.push({ view: 'request', id: route.id })
    return places.map((place) => ({ name: nameOfView(place, known), route: place }))
  }
  if (route.view === 'asset') {
    const folder = asset?.name === route.asset ? asset.folder : ''
    return stepsOf(folder).map(({ name, path }) => ({
      name,
      route: { view: 'images', folder: path },
    }))
  }
  const { view } = route
  const isBelow =
    view === 'wholeRun' ||
    view === 'job' ||
    view === 'compose' ||
    view === 'case' ||
    view === 'export' ||
    view === 'newExport'
  return isBelow ? [] : undefined
}

/** The id of the run that a request is of. */
function runOf(requests: readonly ListedRequest[], id: string): string | undefined {
  return requests.find((request) => request.id === id)?.run.id
}

/** A job shows the task that is looked at in the same view. */
function withoutTask(route: Route): Route {
  return route.view === 'job' ? { view: 'job', id: route.id } : route
}
