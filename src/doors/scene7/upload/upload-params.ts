import { IpsFault } from '../ips/ips-fault.ts'
import { checkLocale, readJobName } from '../ips/jobs/submission.ts'
import { readLoosely } from '../ips/schema/read-struct.ts'
import { readDestFolder } from '../ips/uploads/dest-folder.ts'
import { readUploadOptions, type UploadOptions } from '../ips/uploads/upload-options.ts'
import { textOf, type XmlElement } from './xml-element.ts'

/** The job that files belong to: a new one, or one that was begun before. */
export type WantedJob =
  | {
      readonly handle?: undefined
      readonly name: string
      readonly locale: string | undefined
      readonly description: string | undefined
      readonly options: UploadOptions
    }
  | { readonly handle: string }

/** What is said of the files of an upload. */
export interface UploadParams {
  readonly company: string
  readonly job: WantedJob
  /** Without slashes at its ends. */
  readonly folder: string
  /** In place of the name that a file comes with. */
  readonly fileName: string | undefined
  readonly endsJob: boolean
}

/** The handle of a company. */
export function handleOfCompany(company: string): string {
  return `c|${company}`
}

/**
 * Reads the part `uploadParams`, whose element has two names on Adobe’s pages.
 *
 * @param demandCompany - the name of the company with a handle, if whoever uploads may do so; throws an {@link IpsFault} otherwise
 * @throws {@link IpsFault}
 */
export function readUploadParams(
  element: XmlElement,
  demandCompany: (handle: string) => string,
): UploadParams {
  if (element.name !== 'uploadPostParam' && element.name !== 'uploadPostParams') {
    throw new IpsFault(
      'invalidParameter',
      `The part "uploadParams" must be an uploadPostParam, and it is ${JSON.stringify(element.name)}.`,
    )
  }
  const text = (name: string): string | undefined => textOf(element, name)
  const companyHandle = text('companyHandle')
  if (companyHandle === undefined) {
    throw new IpsFault('missingParameter', 'uploadPostParam needs companyHandle.')
  }
  const company = demandCompany(companyHandle)
  return {
    company,
    job: readJob(element),
    folder: readDestFolder('destFolder', text('destFolder') ?? '', company),
    fileName: text('fileName'),
    endsJob: isTrue(text('endJob')),
  }
}

function readJob(element: XmlElement): WantedJob {
  const text = (name: string): string | undefined => textOf(element, name)
  const [jobName, handle, locale] = [text('jobName'), text('jobHandle'), text('locale')]
  // What a job was begun with holds for all of its files, whatever is said with others.
  if (handle !== undefined) return { handle }
  if (jobName === undefined) {
    throw new IpsFault('missingParameter', 'uploadPostParam needs jobName or jobHandle.')
  }
  checkLocale(locale)
  const given = element.children.find(({ name }) => name === 'uploadParams')
  const options = readUploadOptions(given ? readLoosely(given, 'UploadPostJob') : {})
  return { name: readJobName(jobName), locale, description: text('description'), options }
}

function isTrue(text: string | undefined): boolean {
  return text === 'true' || text === '1'
}
