import { describeInspected, INSPECTOR, type Inspected } from '../compose/service-actions.ts'
import { UsageError } from './arguments.ts'
import { requireFreePort } from './start/free-port.ts'

/** The options of commands that debug the one action which they run. */
export const INSPECT_OPTIONS = {
  inspect: { type: 'boolean' },
  'inspect-brk': { type: 'boolean' },
} as const

/** How an action is debugged. */
export type Inspect = Pick<Inspected, 'waits'>

/**
 * Reads {@link INSPECT_OPTIONS}.
 *
 * @returns undefined when nothing is debugged
 * @throws {UsageError} when both are given
 */
export function readInspect(values: {
  inspect?: boolean | undefined
  'inspect-brk'?: boolean | undefined
}): Inspect | undefined {
  const { inspect = false, 'inspect-brk': waits = false } = values
  if (inspect && waits) {
    throw new UsageError('--inspect and --inspect-brk exclude each other.')
  }
  return inspect || waits ? { waits } : undefined
}

/**
 * Gets ready to debug an action, and tells where.
 *
 * @throws {Error} one sentence when somebody listens where debuggers look
 */
export async function prepareInspector(name: string, { waits }: Inspect): Promise<Inspected> {
  await requireFreePort(INSPECTOR)
  const inspected = { name, waits }
  console.error(describeInspected(inspected))
  return inspected
}
