import type { TextContent } from '../../engine/typesetting/text-content.ts'
import { COMMANDS } from '../commands/commands.ts'
import { valueOf } from '../commands/value-of.ts'
import type { Settings } from '../sort-commands.ts'
import { readRtf } from './read-rtf.ts'

/** How many pixels an inch has where `textAttr` does not say (r-textattr). */
const USUAL_RESOLUTION = 72

const BREAKS = { wrap: 'anywhere', nbWrap: 'between words', noWrap: 'never' } as const

/**
 * Reads the text of a layer and what is said of it beside it. What has to fit gets smaller, by `autoRes` as by `maxRes`.
 *
 * @throws {@link RequestError} for RTF that cannot be read
 */
export function readText(settings: Settings): TextContent {
  const attributes = valueOf(settings, COMMANDS.textAttr)
  return {
    ...readRtf(valueOf(settings, COMMANDS.text) ?? ''),
    resolution: attributes?.resolution ?? USUAL_RESOLUTION,
    fitted: attributes !== undefined && attributes.fitting !== 'fixedRes',
    breaks: BREAKS[attributes?.wrapping ?? 'wrap'],
    smooth: attributes?.antialiasing !== 'off',
    angle: valueOf(settings, COMMANDS.textAngle),
  }
}
