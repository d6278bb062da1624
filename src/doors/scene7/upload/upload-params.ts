import { isSegment } from '../catalogue/object-name.ts'
import { IpsFault } from '../ips/ips-fault.ts'
import { textOf, type XmlElement } from './xml-element.ts'

/** What is said of the files of an upload. */
export interface UploadParams {
  /** What the client calls the job; undefined when it goes on with one. */
  readonly jobName: string | undefined
  readonly jobHandle: string | undefined
  /** Without slashes at its ends. */
  readonly folder: string
  /** In place of the name that a file comes with. */
  readonly fileName: string | undefined
  readonly overwrites: boolean
  readonly endsJob: boolean
}

/** The handle of a company. */
export function handleOfCompany(company: string): string {
  return `c|${company}`
}

/**
 * Reads the part `uploadParams`, whose element has two names on Adobe’s pages.
 *
 * @param company - the only one that may be uploaded to
 * @throws {@link IpsFault}
 */
export function readUploadParams(element: XmlElement, company: string): UploadParams {
  if (element.name !== 'uploadPostParam' && element.name !== 'uploadPostParams') {
    throw new IpsFault(
      'invalidParameter',
      `The part "uploadParams" must be an uploadPostParam, and it is ${JSON.stringify(element.name)}.`,
    )
  }
  const text = (name: string): string | undefined => textOf(element, name)
  const handle = text('companyHandle')
  if (handle === undefined) {
    throw new IpsFault('missingParameter', 'uploadPostParam needs companyHandle.')
  }
  if (handle !== company && handle !== handleOfCompany(company)) {
    throw new IpsFault(
      'illegalCompany',
      `companyHandle must be ${handleOfCompany(company)}, as there is no other company to upload to.`,
    )
  }
  const [jobName, jobHandle] = [text('jobName'), text('jobHandle')]
  if (jobName === undefined && jobHandle === undefined) {
    throw new IpsFault('missingParameter', 'uploadPostParam needs jobName or jobHandle.')
  }
  const options = element.children.find(({ name }) => name === 'uploadParams')
  return {
    jobName,
    jobHandle,
    folder: readFolder(text('destFolder') ?? '', company),
    fileName: text('fileName'),
    overwrites: !isFalse(options && textOf(options, 'overwrite')),
    endsJob: isTrue(text('endJob')),
  }
}

/** Folders may begin with that of the company. */
function readFolder(text: string, company: string): string {
  const segments = text.split('/').filter((segment) => segment !== '')
  if (segments[0] === company) segments.shift()
  if (segments.every(isSegment)) return segments.join('/')
  throw new IpsFault(
    'invalidParameter',
    `destFolder must be a path such as ${company}/summer/, and not ${JSON.stringify(text.slice(0, 100))}.`,
  )
}

function isTrue(text: string | undefined): boolean {
  return text === 'true' || text === '1'
}

function isFalse(text: string | undefined): boolean {
  return text === 'false' || text === '0'
}
