import { titleOfKnownJob } from '../jobs/job-title.ts'
import type { KnownJob } from '../jobs/job.ts'
import type { Route } from '../router.ts'
import { strings } from '../strings.ts'
import { nameOf, titleOfRequest } from './request-summary.ts'
import { findRun, type KnownWork, titleOfRun } from './run-list.ts'

/**
 * The title of the document: what is looked at, then what of.
 *
 * @param work - the requests and runs that are known; others are called by their ids
 * @param job - the one that is known
 */
export function titleOfView(route: Route, work: KnownWork, job?: KnownJob): string {
  return `${nameOfView(route, work, job)} - ${strings.app.title}`
}

/** What a view is about, as short as it is told; see {@link titleOfView}. */
export function nameOfView(route: Route, work: KnownWork, known?: KnownJob): string {
  if (route.view === 'job') {
    const title = known?.job.id === route.id ? titleOfKnownJob(known) : route.id
    return route.task === undefined ? title : `${route.task} - ${title}`
  }
  if (route.view === 'case') return `${route.action}/${route.name}`
  if (route.view === 'asset') return route.asset
  if (route.view === 'image' && route.object !== undefined) {
    return `${route.object} - ${strings.app.image}`
  }
  if (route.view === 'wholeRun') {
    const run = findRun(work, route.id)
    return run === undefined ? strings.wholeRun.title : titleOfRun(run)
  }
  if (route.view === 'export') return strings.exports.titled(route.number)
  if (route.view !== 'request') return strings.app[route.view]
  const request = work.requests.find(({ id }) => id === route.id)
  if (request === undefined) return route.id
  const rendition = request.renditions[route.position ?? -1]
  return rendition === undefined || route.position === undefined
    ? titleOfRequest(request)
    : nameOf(rendition, route.position)
}
