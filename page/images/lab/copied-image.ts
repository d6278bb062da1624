/** A picture of the lab, as it is copied into other people's pages and commands. */

import type { CommandName } from '../../../src/image-serving/commands/commands.ts'
import { SERVED_FORMATS, type ServedFormatName } from '../../../src/image-serving/served-formats.ts'
import { expandMacros } from '../../../src/image-serving/syntax/expand-commands.ts'
import { readLines } from './command-lines.ts'
import type { NamedPreset } from './query-completion.ts'
import { toLines } from './query-lines.ts'

/** What there is to know of a picture for whoever copies it. */
export interface CopiedImage {
  /** Of the service, such as `https://localhost:9443`. */
  readonly origin: string
  /** `COMPANY/ASSET`, or with `:CROP`; empty for none. */
  readonly object: string
  readonly query: string
  /** The file that the asset was made from, by its name. */
  readonly file: string
  /** In pixels, once it is known. */
  readonly size: { readonly width: number; readonly height: number } | undefined
  readonly presets: readonly NamedPreset[]
}

/**
 * The commands with those of presets in their places, for who has no presets.
 *
 * @throws {RequestError} when a preset is not there
 */
export function withoutPresets({ query, presets }: Pick<CopiedImage, 'query' | 'presets'>): string {
  const find = (name: string): string | undefined =>
    presets.find((preset) => preset.name.toLowerCase() === name.toLowerCase())?.commands
  return expandMacros(query, find)
    .map((piece) => {
      if (piece.kind === 'variable') return `$${piece.name}=${piece.value}`
      if (piece.kind === 'macro' || piece.value === undefined) return piece.name
      return `${piece.name}=${piece.value}`
    })
    .join('&')
}

/** The format that a query asks for, and whether what is transparent stays so. */
export function formatOf(query: string): { format: ServedFormatName; transparent: boolean } {
  const { value = '' } = lastOf(query, 'fmt') ?? {}
  const [base = ''] = value.toLowerCase().split(',')
  const name = base.replace(/-alpha$/, '')
  const format = name === 'jpg' ? 'jpeg' : name === 'tiff' ? 'tif' : name
  return {
    format: isServed(format) ? format : 'jpeg',
    transparent: base.endsWith('-alpha'),
  }
}

function isServed(name: string): name is ServedFormatName {
  return Object.hasOwn(SERVED_FORMATS, name)
}

/** What a query says last of a command; commands of presets are not looked at. */
export function lastOf(query: string, command: CommandName) {
  return readLines(toLines(query)).findLast((line) => line.command === command)
}
