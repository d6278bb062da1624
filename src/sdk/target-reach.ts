import { promisify } from 'node:util'
import { isRecord } from '../base/json.ts'
import { FetchError } from '../fetching/fetched-file.ts'
import { checkAddress, lookupWithin } from '../fetching/reach.ts'
import { isOfOwnStorage } from './reach.ts'
import { RenditionError } from './rendition-error.ts'

const lookUp = promisify(lookupWithin('network', true))

/**
 * Refuses a target, or a part of one, at an address that nobody means who means well, such as that of the metadata service of a cloud.
 * The SDK uploads by itself, to wherever a URL leads.
 *
 * @throws {@link RenditionError} GenericError when it is
 */
export async function refuseTargetOutOfReach(target: unknown): Promise<void> {
  const urls = isRecord(target) && Array.isArray(target['urls']) ? target['urls'] : [target]
  const others = urls.map(String).filter((url) => !isOfOwnStorage(url))
  const hosts = new Set(others.flatMap((url) => URL.parse(url)?.hostname ?? []))
  for (const host of hosts) {
    try {
      checkAddress(host, 'network', true)
      await lookUp(host, {})
    } catch (error) {
      // Who uploads finds out what else is wrong with a name.
      if (!(error instanceof FetchError)) continue
      throw new RenditionError('GenericError', `The target is out of reach: ${error.message}.`)
    }
  }
}
