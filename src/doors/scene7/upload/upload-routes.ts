import { ReadableStream } from 'node:stream/web'
import { type Context, Hono } from 'hono'
import { ServiceError } from '../../../base/errors.ts'
import type { Log } from '../../../base/log.ts'
import { escapeXml } from '../../../base/xml.ts'
import { guesserOf } from '../../../http/guesses.ts'
import { type Part, readField, readParts } from '../../../http/multipart.ts'
import { clientAddress } from '../../../http/remote-address.ts'
import type { HttpEnv } from '../../../http/root-app.ts'
import type { Identify } from '../ips/identify-caller.ts'
import { FAULT_STATUS, IpsFault, writeFaultElement } from '../ips/ips-fault.ts'
import { UNDATED } from '../ips/ips-namespaces.ts'
import { readAuthHeader } from '../ips/soap/auth-header.ts'
import type { KeepUpload } from '../ips/uploads/keep-upload.ts'
import { type IpsUser, membershipIn } from '../ips/users/directory.ts'
import { mayCall } from '../ips/users/roles.ts'
import { answerXml } from './answer-xml.ts'
import type { UploadJob, UploadJobs } from './upload-jobs.ts'
import { readUploadParams, type UploadParams } from './upload-params.ts'
import { parseXml, type XmlElement } from './xml-element.ts'

/** What has been read of an upload so far. */
interface UploadState {
  user: IpsUser | undefined
  params: UploadParams | undefined
  job: UploadJob | undefined
  /** Of faults, as the client wants it. */
  status: number
  /** Of the client, as far as it is known. */
  readonly address: string | undefined
  /** Who is wrong, when it is. */
  readonly guesser: string
}

/**
 * `POST /scene7/UploadFile`: files that become assets, in a form with who sends them and where they go before them. All requests of
 * an upload are one job.
 *
 * @param options.identify - who it is that uploads; throws an {@link IpsFault}
 */
export function createUploadRoutes({
  identify,
  jobs,
  keepUpload,
  log,
}: {
  readonly identify: Identify
  readonly jobs: Pick<UploadJobs, 'begin' | 'goOn'>
  readonly keepUpload: KeepUpload
  readonly log: Pick<Log, 'error' | 'info'>
}): Hono<HttpEnv> {
  async function take(part: Part, state: UploadState): Promise<void> {
    if (part.name === 'auth') {
      const { claim, faultStatus } = readAuthHeader(
        [readXml(part.name, await readField(part))],
        undefined,
      )
      state.status = faultStatus
      state.user = await identify(claim, state.guesser)
      return
    }
    const { user, address } = state
    if (!user) {
      throw new IpsFault('noCredentials', 'The part "auth" must be the first of the form.')
    }
    if (part.name === 'uploadParams') {
      const element = readXml(part.name, await readField(part))
      const params = readUploadParams(element, (handle) => demandUploader(user, handle))
      const uploader = { company: params.company, email: user.email, address }
      await state.job?.release(false)
      const { job } = params
      state.job =
        job.handle === undefined
          ? await jobs.begin(job, uploader)
          : await jobs.goOn(job.handle, uploader)
      state.params = params
      return
    }
    if (part.filename === undefined) return
    if (!state.params || !state.job) {
      throw new IpsFault('missingParameter', 'The part "uploadParams" must come before files.')
    }
    await keepFile(part, state.params, state.job)
  }

  async function keepFile(
    part: Part,
    { company, folder, ...params }: UploadParams,
    { options, tally }: UploadJob,
  ): Promise<void> {
    const { filename = '', contentType, content } = part
    const fileName = params.fileName ?? filename
    try {
      const body = ReadableStream.from(content)
      const open = async () => ({ fileName, contentType, body })
      const line = await keepUpload({ company, folder, options, open })
      await tally('successes', line)
      log.info(`uploaded ${company}/${line.asset?.name}`)
    } catch (error) {
      const fault = toFault(error, log)
      const called = JSON.stringify(fileName.slice(0, 100))
      const message = `${called} could not be kept: ${fault.message}`
      await tally('errors', { type: 'UploadError', message })
      throw fault
    }
  }

  async function receive(c: Context<HttpEnv>, state: UploadState): Promise<Response> {
    const parts = readParts(c.req.raw.body, c.req.header('content-type') ?? '')
    for await (const part of parts) await take(part, state)
    const { user, params, job } = state
    if (!user) throw new IpsFault('noCredentials', 'The form has no part "auth".')
    if (!params || !job) {
      throw new IpsFault('missingParameter', 'The form has no part "uploadParams".')
    }
    state.job = undefined
    await job.release(params.endsJob)
    const handle = `<jobHandle>${escapeXml(job.handle)}</jobHandle>`
    return answerXml(`<uploadPostReturn xmlns="${UNDATED}">${handle}</uploadPostReturn>`, 200)
  }

  return new Hono<HttpEnv>().post('/scene7/UploadFile', async (c) => {
    const state: UploadState = {
      user: undefined,
      params: undefined,
      job: undefined,
      status: FAULT_STATUS,
      address: clientAddress(c),
      guesser: guesserOf(c),
    }
    try {
      return await receive(c, state)
    } catch (error) {
      // What is left of the form is not read, so nothing else can follow on this connection.
      const answer = answerXml(writeFaultElement(toFault(error, log)), state.status)
      answer.headers.set('connection', 'close')
      return answer
    } finally {
      await state.job?.release(false)
    }
  })
}

/**
 * The company that somebody may upload to.
 *
 * @throws {@link IpsFault} when they are not in it, or only read there
 */
function demandUploader(user: IpsUser, companyHandle: string): string {
  const { company, role } = membershipIn(user, companyHandle)
  if (mayCall(role, 'submitters')) return company
  throw new IpsFault(
    'noOperationPermission',
    `${user.email} has no permission to upload files, being ${role} in ${company}.`,
  )
}

function readXml(part: string, text: string): XmlElement {
  try {
    return parseXml(text)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new IpsFault(
      'invalidXml',
      `The part ${JSON.stringify(part)} must be well-formed XML without a document type: ${why}.`,
      { cause: error },
    )
  }
}

function toFault(error: unknown, log: Pick<Log, 'error'>): IpsFault {
  if (error instanceof IpsFault) return error
  if (error instanceof ServiceError) {
    const fault = error.code === 'invalid' ? 'invalidParameter' : 'exception'
    return new IpsFault(fault, error.message, { cause: error })
  }
  log.error(`an upload failed: ${error instanceof Error ? error.stack : String(error)}`)
  return new IpsFault('exception', 'The service could not do its part; its log tells why.', {
    cause: error,
  })
}
