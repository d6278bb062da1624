import type { ListedRequest } from '../../src/doors/page/api.ts'
import { stepsOf } from '../images/catalogue/folder-path.ts'
import type { KnownJob } from '../jobs/job.ts'
import type { Route } from '../router.ts'
import { strings } from '../strings.ts'
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
export interface Surroundings {
  readonly requests: readonly ListedRequest[]
  /** The ids of the requests of the latest run, which the first view shows. */
  readonly latest: readonly string[]
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
export function tabOf(route: Route, latest: readonly string[]): Tab {
  const { view } = route
  if (view === 'request') return latest.includes(route.id) ? 'run' : 'history'
  if (view === 'job' || view === 'compose') return 'jobs'
  if (view === 'export' || view === 'newExport') return 'exports'
  if (view === 'asset' || view === 'image' || view === 'presets') return 'images'
  return view === 'case' ? 'cases' : view
}

/** The way from its tab to a view; empty for what a tab shows, and what is beside that. */
export function wayTo(route: Route, known: Surroundings): readonly WayStep[] {
  const between = placesBetween(route, known)
  if (between === undefined) return []
  const tab = tabOf(route, known.latest)
  return [
    { name: strings.app[tab], route: { view: tab } },
    ...between,
    { name: nameOfView(withoutTask(route), known.requests, known.job) },
  ]
}

/** What is between a tab and a view; undefined for what is not reached by way of a tab. */
function placesBetween(
  route: Route,
  { requests, asset }: Surroundings,
): readonly WayStep[] | undefined {
  if (route.view === 'request') {
    if (route.position === undefined) return []
    const whole: Route = { view: 'request', id: route.id }
    return [{ name: nameOfView(whole, requests), route: whole }]
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
    view === 'job' ||
    view === 'compose' ||
    view === 'case' ||
    view === 'export' ||
    view === 'newExport'
  return isBelow ? [] : undefined
}

/** A job shows the task that is looked at in the same view. */
function withoutTask(route: Route): Route {
  return route.view === 'job' ? { view: 'job', id: route.id } : route
}
