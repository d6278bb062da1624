import { isSegment } from '../../catalogue/object-name.ts'
import { IpsFault } from '../ips-fault.ts'

/**
 * Reads the folder that files go to; it may begin with that of the company.
 *
 * @param member - its name, for the sentence
 * @returns it without slashes at its ends
 * @throws {@link IpsFault} `invalidParameter` for what is no folder
 */
export function readDestFolder(member: string, text: string, company: string): string {
  const segments = text.split('/').filter((segment) => segment !== '')
  if (segments[0] === company) segments.shift()
  if (segments.every(isSegment)) return segments.join('/')
  throw new IpsFault(
    'invalidParameter',
    `${member} must be a path such as ${company}/summer/, and not ${JSON.stringify(text.slice(0, 100))}.`,
  )
}
