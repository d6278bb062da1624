import { type NearbyService, tellNearbyService } from '../../src/base/nearby-service.ts'

const NOTHING: NearbyService = { open: async () => undefined, send: async () => false }

/** The service near to this process in the tests of the enclosing `describe`: one that has nothing, before and after each of them. */
export function useNearbyService(): { be: (service: Partial<NearbyService>) => void } {
  beforeEach(() => tellNearbyService(NOTHING))
  afterEach(() => tellNearbyService(NOTHING))
  return { be: (service) => tellNearbyService({ ...NOTHING, ...service }) }
}
