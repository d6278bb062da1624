/** Commands that may name presets. */
export interface NamingCommands {
  readonly name: string
  readonly commands: readonly (string | undefined)[]
}

/** A preset where a command stands, also in a request within a request; between other letters it is a variable. */
const NAMED = /(?:^|[&?({])\s*\$(?<name>[\w.-]+)\$\s*(?=[&)}]|$)/g

/** Those of a list whose commands name a preset, whose name is not case-sensitive. */
export function usesOf(preset: string, among: readonly NamingCommands[]): string[] {
  return among
    .filter(({ commands }) =>
      commands.some((text = '') =>
        Array.from(text.matchAll(NAMED)).some(
          ({ groups }) => groups?.['name']?.toLowerCase() === preset.toLowerCase(),
        ),
      ),
    )
    .map(({ name }) => name)
}
