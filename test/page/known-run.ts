import type { DevtoolRequest, KeptSource, Rendition } from '../../src/doors/page/api.ts'

/** A file that the service has. */
export function source(name: string): KeptSource {
  return { id: name, name, type: 'image/jpeg', size: 1 }
}

/** A rendition in a state, which has ended a second after 1970 began where it has. */
export function rendition(state: Rendition['state'], changes: Partial<Rendition> = {}): Rendition {
  const hasEnded = state !== 'queued' && state !== 'running'
  return {
    instructions: { name: `${state}.png`, fmt: 'png' },
    state,
    worker: 'worker',
    spans: [],
    ...(hasEnded && { endedAt: 1000 }),
    ...(state === 'failed' && { failure: { reason: 'SourceCorrupt', message: 'It is cut off.' } }),
    ...changes,
  }
}

/** The request of a run that is at a place in it, of a source with a name. */
export function requestOf(
  run: string,
  position: number,
  name: string,
  ...renditions: readonly (Rendition | Rendition['state'])[]
): DevtoolRequest {
  return {
    id: `${run} ${position}`,
    sentAt: position,
    run: { id: run, position, renditions: 0 },
    source: source(name),
    files: [],
    renditions: renditions.map((each) => (typeof each === 'string' ? rendition(each) : each)),
    activations: [],
    body: {},
  }
}
