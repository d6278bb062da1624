import type { ListedPreset } from '../../../src/doors/page/images/preset-shapes.ts'
import { LONGEST_PRESET } from '../lab/copy-preset.ts'
import { presetWords as words } from './preset-words.ts'

/** How many names are told one by one. */
const MOST_NAMES = 3

/** What names a preset, in words; empty when nothing does. */
export function usesInWords({ usedBy: { assets, presets } }: Pick<ListedPreset, 'usedBy'>): string {
  return [
    assets.length === 0 ? '' : words.assets(assets.length, someOf(assets)),
    presets.length === 0 ? '' : words.others(presets.length, someOf(presets)),
  ]
    .filter((part) => part !== '')
    .join(' and ')
}

function someOf(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).join(', ')
  return names.length > MOST_NAMES ? `${shown}, …` : shown
}

/**
 * Why a preset cannot be saved, in a sentence.
 *
 * @param preset.before - what it is called where it is kept; undefined for a new one
 */
export function problemOfPreset(
  preset: { readonly name: string; readonly commands: string; readonly before: string | undefined },
  others: readonly ListedPreset[],
): string | undefined {
  const { name, commands, before } = preset
  if (!/^[\w.-]{1,100}$/.test(name)) return words.badName
  if (commands.length > LONGEST_PRESET) return words.tooLong(commands.length, LONGEST_PRESET)
  const other = findPreset(others, name)
  return other && other.name.toLowerCase() !== before?.toLowerCase()
    ? words.taken(other.name)
    : undefined
}

/** The preset of a name, which is not case-sensitive. */
export function findPreset(
  presets: readonly ListedPreset[],
  name: string,
): ListedPreset | undefined {
  return presets.find((each) => each.name.toLowerCase() === name.toLowerCase())
}
