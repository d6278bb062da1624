import type { ListedRequest, Rendition } from '../../src/doors/page/api.ts'

/** Renditions of one request that failed for the same reason, with the same sentence. */
export interface EqualFailures {
  readonly failure: NonNullable<Rendition['failure']>
  readonly state: Rendition['state']
  /** Of the renditions in the request, two at least. */
  readonly positions: readonly number[]
}

/** What is shown of a request, in its order: single renditions, by their positions, and what failed alike, where the first of it is. */
export function collapseFailures(
  { renditions }: Pick<ListedRequest, 'renditions'>,
  positions: readonly number[] = renditions.map((_, position) => position),
): readonly (number | EqualFailures)[] {
  const alike = Map.groupBy(positions, (position) => {
    const { failure } = renditions[position] ?? {}
    return failure === undefined ? position : JSON.stringify([failure.reason, failure.message])
  })
  return Array.from(alike.values(), (members) => {
    const [first = -1] = members
    const { failure, state } = renditions[first] ?? {}
    return members.length === 1 || failure === undefined || state === undefined
      ? first
      : { failure, state, positions: members }
  })
}
