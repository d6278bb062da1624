import type { Rendition, Source } from '@adobe/asset-compute-sdk'
import { isMarkupFormat, readFormat } from '../contract/actions.ts'
import { TEXT_INSTRUCTIONS } from '../contract/instructions/text-instructions.ts'
import { markup } from '../engine/markup/markup.ts'
import type { JobSource } from '../engine/operation.ts'
import { positions } from '../engine/text/positions.ts'
import { text } from '../engine/text/text.ts'
import { readInstruction, readSelection } from './parameters.ts'
import { makeRendition, prepareJob, requireSource } from './rendition-job.ts'

/** Has a rendition be the text of a source: plain, with markup, or with where it stands. */
export async function makeText(source: JobSource, rendition: Rendition): Promise<void> {
  const { instructions } = rendition
  const { password } = readSelection(instructions)
  const arePlaced = readInstruction('positions', TEXT_INSTRUCTIONS.positions, instructions)
  const job = prepareJob(rendition, [source])
  const fmt = readFormat(instructions['fmt'])
  if (fmt === 'json' && arePlaced === true) {
    return makeRendition(positions, job, { password }, rendition)
  }
  if (!isMarkupFormat(fmt)) return makeRendition(text, job, { password }, rendition)
  const to = fmt === 'html' ? 'html' : 'md'
  await makeRendition(markup, job, { to, password }, rendition)
}

/**
 * The source of a text.
 *
 * @throws {@link RenditionError} when there is none
 */
export function textSource(source: Source | undefined): JobSource {
  const path = requireSource(source, 'A text rendition')
  return { path, name: source?.name, mediaType: source?.type }
}
