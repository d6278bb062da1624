import { isObjectName } from '../../catalogue/object-name.ts'
import { IpsFault } from '../ips-fault.ts'

/** The handle of a folder of a company, which is its path as well: `acme/summer/`. */
export function handleOfFolder(company: string, folder: string): string {
  return folder === '' ? `${company}/` : `${company}/${folder}/`
}

/**
 * Reads the path or the handle of a folder, which may begin with its company and with a slash.
 *
 * @returns it as the catalogue has it, such as `summer/shoes`, and empty for the topmost
 * @throws {@link IpsFault} `invalidParameter` when it leaves the company, or is none
 */
export function readFolderPath(text: string, company: string, member: string): string {
  const segments = text.split('/').filter((segment) => segment !== '')
  if (segments[0] === company) segments.shift()
  const folder = segments.join('/')
  if (folder === '' || isObjectName(folder)) return folder
  throw new IpsFault(
    'invalidParameter',
    `${member} must be a path such as ${company}/summer/, and not ${JSON.stringify(text.slice(0, 100))}.`,
  )
}

/** Whether a folder is another one, or below it. */
export function isBelow(folder: string, above: string): boolean {
  return above === '' || folder === above || folder.startsWith(`${above}/`)
}
