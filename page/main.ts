/** The developer page: state in, page out. */
import '@spectrum-web-components/theme/sp-theme.js'
import '@spectrum-web-components/theme/spectrum-two/scale-medium.js'
import '@spectrum-web-components/theme/spectrum-two/theme-dark.js'
import '@spectrum-web-components/theme/spectrum-two/theme-light.js'
import './main.css'
import { render } from 'lit'
import { loadAll, loadView } from './commands/loading.ts'
import { followStanding } from './commands/standing.ts'
import { NO_EXPORTS } from './exports/exports-state.ts'
import { NO_IMAGES } from './images/images-state.ts'
import { NO_LAB } from './images/lab/lab-state.ts'
import { NO_PRESETS } from './images/presets/presets-state.ts'
import { followInput } from './input.ts'
import { NO_JOBS } from './jobs/jobs-state.ts'
import { keepState, keptState } from './model/remembered.ts'
import { titleOfView } from './model/title.ts'
import { isSameJob, readRoute } from './router.ts'
import { createScrollPlaces } from './scroll-places.ts'
import { createStore } from './state.ts'
import { followUpdates } from './updates.ts'
import { appView } from './views/app.ts'
import { runComposed } from './views/run.ts'

/** How often it is told anew how long ago something was, in milliseconds. */
const CLOCK_MS = 30_000

const theme = document.createElement('sp-theme')
theme.setAttribute('system', 'spectrum-two')
theme.setAttribute('scale', 'medium')

const dark = matchMedia('(prefers-color-scheme: dark)')
function setColour(): void {
  theme.setAttribute('color', dark.matches ? 'dark' : 'light')
}
dark.addEventListener('change', setColour)
setColour()
document.body.append(theme)

const store = createStore(
  {
    route: readRoute(location.hash),
    online: true,
    samples: [],
    profiles: [],
    sources: [],
    uploading: [],
    composition: '',
    mode: 'form',
    sending: false,
    now: Date.now(),
    historyFilter: { text: '', state: '' },
    requests: [],
    toldRuns: new Map(),
    unfolded: [],
    jobs: NO_JOBS,
    images: NO_IMAGES,
    lab: NO_LAB,
    presets: NO_PRESETS,
    exports: NO_EXPORTS,
    caseBatch: new Set(),
    caseTestMode: false,
    caseFilter: { text: '', state: '' },
    draft: '',
    draftMode: 'form',
    draftFiles: new Map(),
    ...keptState(sessionStorage),
  },
  (state) => {
    keepState(sessionStorage, state)
    document.title = titleOfView(state.route, state, state.jobs.detail)
    render(appView(state, store), theme)
  },
  // A service that begins 500 test cases tells of each: they are drawn together.
  requestAnimationFrame,
)

/** In a narrow window the tabs are scrolled: the one that is lit is in sight. */
function showTab(): void {
  document
    .querySelector('.top nav [aria-current]')
    ?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
}

const placeAgain = createScrollPlaces()
addEventListener('hashchange', ({ oldURL }) => {
  const place = placeAgain()
  const before = store.state().route
  const route = readRoute(location.hash)
  store.change({ route })
  void loadView(store)
  requestAnimationFrame(showTab)
  if (isSameJob(before, route)) return
  // Once the view is drawn: who comes back is where they were, on the link that they followed.
  requestAnimationFrame(() => {
    const links =
      place === undefined ? [] : [...document.querySelectorAll<HTMLAnchorElement>('main a')]
    const followed = links.find(({ href }) => href === oldURL)
    const target = followed ?? document.querySelector<HTMLElement>('main')
    target?.focus({ preventScroll: true })
    scrollTo(0, place ?? 0)
  })
})
followInput(store, {
  run: () => runComposed(store),
  // What sends it is loaded with it.
  compose: () =>
    void import('./job-composer/send-bar.ts').then(({ sendComposed }) => sendComposed(store)),
})
setInterval(() => store.change({ now: Date.now() }), CLOCK_MS)
followUpdates(store, () => void loadAll(store))
followStanding(store)
store.change({})
requestAnimationFrame(showTab)
