import type { Resolved } from './resolved.ts'
import type { Shot } from './shot.ts'

/** How the commands of a request are shown. */
export type CommandsMode = 'form' | 'text'

/** What the URL lab knows. */
export interface LabState {
  /** `COMPANY/ASSET`, or with `:CROP`; empty for none. */
  readonly object: string
  /** The commands, one a line. */
  readonly lines: string
  readonly mode: CommandsMode
  /** Whether a picture is on its way. */
  readonly late: boolean
  readonly shot?: Shot | undefined
  /** Undefined while the request cannot be answered. */
  readonly resolved?: Resolved | undefined
  /** What it is compared with: another request, as `OBJECT?QUERY`. */
  readonly other?: string | undefined
  readonly otherShot?: Shot | undefined
}

/** What is known at first. */
export const NO_LAB: LabState = {
  object: '',
  lines: '',
  mode: 'form',
  late: false,
}
