/** What the page shows, as its address says it after the `#`. */
export type Route =
  | { view: 'run' }
  | { view: 'history' }
  /** One request; with a position, what is inside of that rendition. */
  | { view: 'request'; id: string; position?: number }
  | { view: 'jobs' }
  /** One job; with the name or the id of a task, that one of it. */
  | { view: 'job'; id: string; task?: string }
  | { view: 'cases' }
  | { view: 'case'; action: string; name: string }
  | { view: 'actions' }
  /** A job that is being composed; at first as the copy of another one. */
  | { view: 'compose'; from?: string }
  /** The calls of the jobs API. */
  | { view: 'api' }

/** Reads an address; one that leads nowhere leads to the first view. */
export function readRoute(hash: string): Route {
  const [view = '', first, second] = hash.replace(/^#\/?/, '').split('/').map(decode)
  switch (view) {
    case 'history':
    case 'actions':
    case 'api':
      return { view }
    case 'requests':
      if (first === undefined) return { view: 'history' }
      return second !== undefined && /^\d+$/.test(second)
        ? { view: 'request', id: first, position: Number(second) }
        : { view: 'request', id: first }
    case 'jobs':
      if (first === undefined || first === '') return { view: 'jobs' }
      if (first === 'new') {
        return second === undefined ? { view: 'compose' } : { view: 'compose', from: second }
      }
      return second === undefined || second === ''
        ? { view: 'job', id: first }
        : { view: 'job', id: first, task: second }
    case 'cases':
      return first === undefined || second === undefined
        ? { view: 'cases' }
        : { view: 'case', action: first, name: second }
    default:
      return { view: 'run' }
  }
}

/** Whether two addresses are of one job, of which another task is looked at: the page stays where it is then. */
export function isSameJob(one: Route, other: Route): boolean {
  return one.view === 'job' && other.view === 'job' && one.id === other.id
}

/** The address of a view, for links. */
export function addressOf(route: Route): string {
  return `#/${partsOf(route).map(encodeURIComponent).join('/')}`
}

function partsOf(route: Route): readonly string[] {
  const { view } = route
  if (view === 'run') return []
  if (view === 'case') return ['cases', route.action, route.name]
  if (view === 'job') {
    return ['jobs', route.id, ...(route.task === undefined ? [] : [route.task])]
  }
  if (view === 'compose') {
    return ['jobs', 'new', ...(route.from === undefined ? [] : [route.from])]
  }
  if (view !== 'request') return [view]
  const { id, position } = route
  return ['requests', id, ...(position === undefined ? [] : [String(position)])]
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
