import type { PresetList } from '../../../src/doors/page/images/preset-shapes.ts'
import type { CommandsMode } from '../lab/lab-state.ts'
import type { Shot } from '../lab/shot.ts'

/** A preset that is being edited. */
export interface PresetDraft {
  /** As it is called where it is kept; undefined for a new one. */
  readonly before: string | undefined
  readonly name: string
  /** Its commands, one a line. */
  readonly lines: string
}

/** What the page knows of the presets of a company. */
export interface PresetsState {
  /** Undefined until they were asked for. */
  readonly list?: (PresetList & { readonly company: string }) | undefined
  /** Why they could not be had. */
  readonly problem?: string | undefined
  readonly draft?: PresetDraft | undefined
  readonly mode: CommandsMode
  /** The asset that they are tried on; the first unless there is one. */
  readonly sample?: string | undefined
  readonly late: boolean
  /** The picture of the draft, and that of the preset as it is kept. */
  readonly shot?: Shot | undefined
  readonly keptShot?: Shot | undefined
}

/** What is known at first. */
export const NO_PRESETS: PresetsState = { mode: 'form', late: false }
