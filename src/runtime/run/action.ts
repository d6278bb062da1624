import type { ActivationOutcome } from './activation-outcome.ts'

/** The kind of the actions that say nothing else; they run on the Node.js that is here, as those of every other kind do. */
export const NODE_KIND = 'nodejs:24'

/** What everything has that can be invoked. */
interface Invocable {
  /** Package and name, such as `dx-asset-compute-worker-1/worker`; the name alone for what is in no package. */
  name: string
  /** Such as `0.0.1`. */
  version: string
  /** Such as `nodejs:24`, or `sequence`. */
  kind: string
  /** Whether `/api/v1/web/…` reaches it, and whether it then gets query and body unparsed. */
  web: 'no' | 'yes' | 'raw'
  /**
   * Web calls need an Adobe access token and an organisation, as `require-adobe-auth` asks; undefined when nothing is said of what
   * they need, and false only when it is said that they need none.
   */
  requiresAdobeAuth: boolean | undefined
  /** Web calls need the key of the namespace (true), or this text as their `X-Require-Whisk-Auth`. */
  requiresWhiskAuth: boolean | string
  /** Web calls with OPTIONS reach it, and what web pages may do is for it to say. */
  customOptions: boolean
  /** Default parameters, which an invocation may override. */
  inputs: Record<string, unknown>
  /** Callers may not override the inputs. */
  final: boolean
  limits: {
    /** Milliseconds an activation may run. */
    timeout: number
    /** Megabytes a process may hold. */
    memorySize: number
    /** Activations that may run in one process at a time. */
    concurrency: number
  }
}

/** An action as it is run. */
export interface Action extends Invocable {
  /** The module that exports `main`, as an absolute path; of a deployed action the folder that it was unpacked to. */
  file: string
  /** The folder that it runs in; that of the runtime's own actions unless given. */
  folder?: string
  /** Of an action that is being debugged: Node's inspector in its one process. */
  inspector?: {
    /** Where it listens, such as `127.0.0.1:9229`. */
    address: string
    /** Whether nothing is run until a debugger is attached, which stops at the first line then. */
    waits: boolean
  }
  /** What only an action has that was deployed. */
  deployed?: {
    /** The function to call, such as `main`, or `lib/index.main` for one of another module than the folder's own. */
    handler: string
    /** Variables of its own. */
    environment: Readonly<Record<string, string>>
    /** The folder that Node may keep its compiled code in. */
    cache: string
  }
}

/** Actions that run one after the other, the result of each being the parameters of the next. */
export interface Sequence extends Invocable {
  /** Such as `/namespace/package/action`. */
  components: readonly string[]
}

/** An action of the platform itself. */
export interface BuiltInAction extends Invocable {
  /** The namespace that it belongs to. */
  owner: string
  run: (params: Record<string, unknown>) => Promise<ActivationOutcome>
}

/** Whatever can be invoked by its name. */
export type Runnable = Action | Sequence | BuiltInAction

/** What is said of a deployed action whose folder somebody has removed. */
export function missingCode(name: string): string {
  return `The code of the action "${name}" is missing; it has to be deployed again.`
}
