import * as z from 'zod/mini'
import { isRecord } from '../base/json.ts'
import type { Instructions } from '../contract/instructions/instruction.ts'

/**
 * The member of a rendition's `userData` that says which one it is: the service hands it to the activation and back in
 * the event. Adobe's own client finds its renditions by such a member, too (`assetComputeClient`). What is under way in
 * the journals of services bears this name, so that it cannot become another one.
 */
const MARK = 'darkroomDevtool'

const markedSchema = z.object({ userData: z.object({ [MARK]: z.object({ position: z.int() }) }) })

/** Instructions as they are sent. A `userData` that is no object is left as it is, for the gateway to refuse. */
export function markPosition(instructions: Instructions, position: number): Instructions {
  const { userData = {} } = instructions
  if (!isRecord(userData)) return instructions
  return { ...instructions, userData: { ...userData, [MARK]: { position } } }
}

/** The position in its request of a rendition that was sent with a mark. */
export function readPosition(rendition: unknown): number | undefined {
  const { success, data } = z.safeParse(markedSchema, rendition)
  return success ? data.userData[MARK].position : undefined
}

/** What the journal says of a rendition, with the `userData` that was given for it. */
export function withoutMark(
  rendition: Record<string, unknown>,
  { userData: given }: Instructions,
): Record<string, unknown> {
  const { userData: _marked, ...others } = rendition
  return given === undefined ? others : { ...others, userData: given }
}
