import { serviceHomeSchema } from '../../src/doors/page/api.ts'
import { ask, urlOf } from '../service.ts'
import type { ServiceHome } from './service-home.ts'

/**
 * Asks the service where its state is.
 *
 * @throws {Error} one sentence when it does not answer
 */
export async function fetchHome(): Promise<{ readonly folder: ServiceHome }> {
  const { folder } = await ask(serviceHomeSchema, urlOf('home'))
  return { folder: folder ?? undefined }
}
