import { isRecord } from '../base/json.ts'
import { memberNames } from '../base/member-names.ts'
import { findUnknownMembers } from '../base/unknown-members.ts'
import type { Problem } from '../base/validation.ts'
import type { Instructions } from './instructions/instruction.ts'
import { type ProcessRequest, processRequestSchema, sourceSchema } from './process-request.ts'

const OF_REQUEST = Object.keys(processRequestSchema.shape)
const OF_SOURCE = memberNames(sourceSchema) ?? []

/** As many are told of one request. */
const MOST_TOLD = 20

/** What the SDK reads of a source besides (@adobe/asset-compute-pipeline, lib/storage and lib/asset.js). */
const READ_BY_SDK = ['headers', 'type', 'mimeType', 'path']

/**
 * Says what is likely a mistake in a request, besides its instructions, though Adobe's service accepts it without a word: members
 * that nobody reads, and renditions that share a name. What workers of somebody's own read of a source only those know.
 */
export function findOversights(request: ProcessRequest): readonly Problem[] {
  const { source, renditions } = request
  const isReadHere = renditions.some(({ worker }) => worker === undefined)
  return [
    ...findUnknownMembers(request, OF_REQUEST),
    ...(isRecord(source) && isReadHere
      ? findUnknownMembers(source, OF_SOURCE, { at: ['source'], besides: READ_BY_SDK })
      : []),
    ...findSharedNames(renditions).map(({ message, path }) => ({
      message,
      path: ['renditions', ...path],
    })),
  ].slice(0, MOST_TOLD)
}

/**
 * Says which renditions have the name of one before them. All are made, here and by Adobe's service, which tells them apart by their
 * targets; as files in one folder only one of them would be left.
 */
export function findSharedNames(renditions: readonly Instructions[]): readonly Problem[] {
  const first = new Map<string, number>()
  return renditions.flatMap(({ name }, index) => {
    if (typeof name !== 'string' || name === '') return []
    const other = first.get(name)
    if (other === undefined) {
      first.set(name, index)
      return []
    }
    const message = `Renditions ${other + 1} and ${index + 1} are both called ${JSON.stringify(name)}; both are made, and as files in one folder the second would replace the first.`
    return [{ message, path: [index, 'name'] }]
  })
}
