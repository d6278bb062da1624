import type { Rendition } from '../../api.ts'

/**
 * A rendition as the `params.json` of a test case: its instructions, without what belongs to a request, and the reason
 * with which it has failed.
 */
export function copyAsCaseParams({
  instructions,
  failure,
}: Pick<Rendition, 'instructions' | 'failure'>): string {
  const {
    name: _name,
    worker: _worker,
    target: _target,
    userData: _userData,
    ...rest
  } = instructions
  const params = { ...rest, ...(failure && { errorReason: failure.reason }) }
  return `${JSON.stringify(params, undefined, 2)}\n`
}
