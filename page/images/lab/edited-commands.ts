import type { CommandsMode } from './lab-state.ts'
import type { NamedPreset } from './query-completion.ts'

/** Commands that are edited, what is known for that, and whom it tells. */
export interface EditedCommands {
  /** One command a line. */
  readonly lines: string
  readonly presets: readonly NamedPreset[]
  /** The names of assets that commands may name. */
  readonly samples: readonly string[]
  /** What the service has against which line. */
  readonly fault: { readonly index: number; readonly message: string } | undefined
  readonly mode: CommandsMode
  readonly onMode: (mode: CommandsMode) => void
  readonly change: (lines: string) => void
}
