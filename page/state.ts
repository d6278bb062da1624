import type {
  DevtoolRequest,
  KeptSource,
  ListedAction,
  ListedRequest,
  Maker,
  Profile,
  Sample,
  ServiceStanding,
  TestCase,
} from '../src/doors/page/api.ts'
import type { ToldRun } from '../src/doors/page/work/work-shapes.ts'
import type { ApiDocument } from './api-document/api-document.ts'
import type { ExportsState } from './exports/exports-state.ts'
import type { ImagesState } from './images/images-state.ts'
import type { LabState } from './images/lab/lab-state.ts'
import type { PresetsState } from './images/presets/presets-state.ts'
import type { JobsState } from './jobs/jobs-state.ts'
import type { SearchedFor } from './model/searched-for.ts'
import type { Route } from './router.ts'
import type { WrongFields } from './service.ts'

/** The cases that were asked for together, or while others of them were still waiting, as `ACTION/NAME`. */
export type CaseBatch = ReadonlySet<string>

/** A request as the history lists it, or all of it. */
export type KnownRequest = ListedRequest | DevtoolRequest

/** Everything that the page shows comes from here. */
export interface State {
  readonly route: Route
  /** Whether the service answers. */
  readonly online: boolean
  /** Which service it is, and whether it can do its work; undefined until it was asked. */
  readonly service?: ServiceStanding | undefined
  /** What the user is told in passing. */
  readonly notice?:
    | { readonly kind: 'positive' | 'negative' | 'info'; readonly text: string }
    | undefined
  readonly samples: readonly Sample[]
  readonly profiles: readonly Profile[]
  /** The files that the next run is about. */
  readonly sources: readonly KeptSource[]
  /** The names of the files that are on their way to the service. */
  readonly uploading: readonly string[]
  /** Whether files are held over the page, to be dropped. */
  readonly dragging?: boolean | undefined
  /** The name of the profile that the composition began as. */
  readonly profile?: string | undefined
  /** The renditions of the next run, as JSON; empty until the profiles are known. */
  readonly composition: string
  /** How the composition is shown. */
  readonly mode: 'form' | 'json'
  /** Whether a run is being sent. */
  readonly sending: boolean
  /** Whether a run has been sent since the page was loaded. */
  readonly hasRun?: boolean | undefined
  /** The id of the run that was sent last here; undefined until there is one. */
  readonly latest?: string | undefined
  /** The id of the run that is being stopped. */
  readonly stopping?: string | undefined
  /** Whether of runs only what failed is shown. */
  readonly failedOnly?: boolean | undefined
  /** The time, as it is told how long ago something was: milliseconds since 1970. */
  readonly now: number
  /** Which runs the history shows. */
  readonly historyFilter: SearchedFor
  /** Requests that are known here, by their ids, newest first. */
  readonly requests: readonly KnownRequest[]
  /** What was said of runs as a whole, by their ids: of some only the first requests are known. */
  readonly toldRuns: ReadonlyMap<string, ToldRun>
  /** Of so many sources of a run it is shown what became of them, where one has scrolled beyond the first. */
  readonly shownSources?: { readonly run: string; readonly count: number } | undefined
  /** Whether the history has older ones; undefined until it was asked. */
  readonly moreHistory?: boolean | undefined
  /** The id of the oldest request that the history lists. */
  readonly historyEnd?: string | undefined
  /** Why the history could not be read. */
  readonly historyProblem?: string | undefined
  /** Whether a further page of the history is on its way. */
  readonly loadingHistory?: boolean | undefined
  /** The request that was asked for last and could not be had, and why. */
  readonly missingRequest?: { readonly id: string; readonly why: string } | undefined
  /** The renditions of the next run whose fields are shown, by their places from 0; the others are a line each. */
  readonly unfolded: readonly number[]
  /** Whether all of many sources are listed. */
  readonly allSources?: boolean | undefined
  readonly jobs: JobsState
  readonly images: ImagesState
  readonly lab: LabState
  readonly presets: PresetsState
  readonly exports: ExportsState
  /** Undefined until they were asked for. */
  readonly cases?: readonly TestCase[] | undefined
  /** The batch that is running, or has run last. */
  readonly caseBatch: CaseBatch
  /** Whether cases are run as Adobe's command runs them. */
  readonly caseTestMode: boolean
  /** Which of the cases are shown. */
  readonly caseFilter: SearchedFor
  /** What the jobs API takes and answers; undefined until it was asked for. */
  readonly apiDocument?: ApiDocument | undefined
  /** What makes the formats of its operations; undefined until it was asked for. */
  readonly makers?: readonly Maker[] | undefined
  /** By what its calls are chosen that are shown. */
  readonly apiSearch?: string | undefined
  /** Those that have been opened, such as `get /v2/jobs`. */
  readonly apiOpened?: ReadonlySet<string> | undefined
  /** The job that is being composed, as JSON; empty until one is begun. */
  readonly draft: string
  /** How it is shown. */
  readonly draftMode: 'form' | 'json'
  /** The files that were chosen for its tasks, by their names. */
  readonly draftFiles: ReadonlyMap<string, File>
  /** Whether it was to be sent as it was not yet. */
  readonly draftTried?: boolean | undefined
  /** What the service had against it when it said so. */
  readonly draftRefusal?: { readonly draft: string; readonly errors: WrongFields } | undefined
  /** What has to be entered again, since the job that it is a copy of does not show it. */
  readonly draftHidden?: readonly string[] | undefined
  /** Whether it is being sent. */
  readonly sendingDraft?: boolean | undefined
  /** Undefined until the service has told of them. */
  readonly actions?: readonly ListedAction[] | undefined
}

/** Holds the state and tells when it has changed. */
export interface Store {
  readonly state: () => State
  readonly change: (changes: Partial<State>) => void
}

/**
 * Makes the store.
 *
 * @param onChange - called once for all changes of a moment
 * @param soon - calls back when the moment is over
 */
export function createStore(
  initial: State,
  onChange: (state: State) => void,
  soon: (then: () => void) => void,
): Store {
  let state = initial
  let waiting = false
  return {
    state: () => state,
    change(changes) {
      state = { ...state, ...changes }
      if (waiting) return
      waiting = true
      soon(() => {
        waiting = false
        onChange(state)
      })
    },
  }
}
