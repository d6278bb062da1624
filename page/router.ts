/** What the page shows, as its address says it after the `#`. */
export type Route =
  | { view: 'run' }
  | { view: 'history' }
  /** One request; with a position, what is inside of that rendition. */
  | { view: 'request'; id: string; position?: number }
  /** All requests of a run. */
  | { view: 'wholeRun'; id: string }
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
  /** The assets of Image Serving; with a folder, those in it. */
  | { view: 'images'; folder?: string }
  /** One asset, with all that is known of it. */
  | { view: 'asset'; company: string; asset: string }
  /**
   * The URL lab; with what is looked at (`COMPANY/ASSET`, or with `:CROP`), the commands that it is asked for with, and another request
   * (`OBJECT?COMMANDS`) that it is compared with.
   */
  | { view: 'image'; object?: string; commands?: string; other?: string }
  /** The presets of Image Serving; with a name, that one. */
  | { view: 'presets'; preset?: string }
  /** The exports of Scene7. */
  | { view: 'exports' }
  /** One of them. */
  | { view: 'export'; number: number }
  /** One that is being put together; with a folder, its assets are picked in that. */
  | { view: 'newExport'; folder?: string }

/** Reads an address; one that leads nowhere leads to the first view. */
export function readRoute(hash: string): Route {
  const [view = '', ...places] = hash.replace(/^#\/?/, '').split('/').map(decode)
  const [first, second] = places
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
    case 'runs':
      return first === undefined ? { view: 'history' } : { view: 'wholeRun', id: first }
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
    case 'images':
      return readImagesRoute(places)
    case 'exports':
      return readExportsRoute(places)
    default:
      return { view: 'run' }
  }
}

function readImagesRoute([within, first = '', second = '', third = '']: readonly string[]): Route {
  if (within === 'in' && first !== '') return { view: 'images', folder: first }
  if (within === 'asset' && first !== '' && second !== '') {
    return { view: 'asset', company: first, asset: second }
  }
  if (within === 'lab') {
    return {
      view: 'image',
      ...(first !== '' && { object: first }),
      ...(second !== '' && { commands: second }),
      ...(third !== '' && { other: third }),
    }
  }
  if (within === 'presets') return { view: 'presets', ...(first !== '' && { preset: first }) }
  return { view: 'images' }
}

function readExportsRoute([first = '', within, folder = '']: readonly string[]): Route {
  if (first === 'new') {
    return within === 'in' && folder !== '' ? { view: 'newExport', folder } : { view: 'newExport' }
  }
  return /^\d{1,15}$/.test(first) ? { view: 'export', number: Number(first) } : { view: 'exports' }
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
  if (view === 'images') {
    return ['images', ...(route.folder === undefined ? [] : ['in', route.folder])]
  }
  if (view === 'export') return ['exports', String(route.number)]
  if (view === 'newExport') {
    return ['exports', 'new', ...(route.folder === undefined ? [] : ['in', route.folder])]
  }
  if (view === 'asset') return ['images', 'asset', route.company, route.asset]
  if (view === 'image') {
    const { object = '', commands, other } = route
    const behind = other === undefined ? [commands] : [commands ?? '', other]
    return ['images', 'lab', object, ...behind.filter((part) => part !== undefined)]
  }
  if (view === 'presets') {
    return ['images', 'presets', ...(route.preset === undefined ? [] : [route.preset])]
  }
  if (view === 'wholeRun') return ['runs', route.id]
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
