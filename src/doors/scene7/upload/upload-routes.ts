import { ReadableStream } from 'node:stream/web'
import { getConnInfo } from '@hono/node-server/conninfo'
import { type Context, Hono } from 'hono'
import { ServiceError } from '../../../base/errors.ts'
import { isRecord } from '../../../base/json.ts'
import type { Log } from '../../../base/log.ts'
import { escapeXml } from '../../../base/xml.ts'
import { type Part, readField, readParts } from '../../../http/multipart.ts'
import type { HttpEnv } from '../../../http/root-app.ts'
import { keepSentFile } from '../catalogue/keep-sent-file.ts'
import type { KeptAssets } from '../catalogue/kept-assets.ts'
import { FAULT_STATUS, IpsFault, writeFaultElement } from '../ips/ips-fault.ts'
import { UNDATED } from '../ips/ips-namespaces.ts'
import { answerXml } from './answer-xml.ts'
import { type Credentials, checkCredentials } from './credentials.ts'
import { createUploadJobs } from './upload-jobs.ts'
import { readUploadParams, type UploadParams } from './upload-params.ts'
import { parseXml, textOf, type XmlElement } from './xml-element.ts'

/** What has been read of an upload so far. */
interface UploadState {
  isKnown: boolean
  params: UploadParams | undefined
  job: string | undefined
  /** Of faults, as the client wants it. */
  status: number
  /** Of the client, as far as it is known. */
  readonly address: string | undefined
}

/**
 * `POST /scene7/UploadFile`: files that become assets, in a form with who sends them and where they go before them.
 *
 * @param options.now - the clock, in milliseconds of the epoch
 */
export function createUploadRoutes({
  kept,
  credentials,
  log,
  now,
}: {
  readonly kept: KeptAssets
  readonly credentials: Credentials
  readonly log: Pick<Log, 'error' | 'info'>
  readonly now: () => number
}): Hono<HttpEnv> {
  const { company } = credentials
  const jobs = createUploadJobs(company, now)

  async function take(part: Part, state: UploadState): Promise<void> {
    if (part.name === 'auth') {
      const header = readXml(part.name, await readField(part))
      const status = Number(textOf(header, 'faultHttpStatusCode'))
      if (Number.isInteger(status) && status >= 200 && status <= 599) state.status = status
      checkCredentials(header, credentials)
      state.isKnown = true
      return
    }
    if (!state.isKnown) {
      throw new IpsFault('noCredentials', 'The part "auth" must be the first of the form.')
    }
    if (part.name === 'uploadParams') {
      state.params = readUploadParams(readXml(part.name, await readField(part)), company)
      state.job = jobs.take(state.params.jobHandle, state.address)
      return
    }
    if (part.filename === undefined) return
    if (!state.params) {
      throw new IpsFault('missingParameter', 'The part "uploadParams" must come before files.')
    }
    await keepFile(part, state.params)
  }

  async function keepFile(part: Part, { folder, fileName, overwrites }: UploadParams) {
    const { name } = await keepSentFile({ kept }, company, {
      fileName: fileName ?? part.filename ?? '',
      contentType: part.contentType,
      body: ReadableStream.from(part.content),
      folder,
      overwrites,
    })
    log.info(`uploaded ${company}/${name}`)
  }

  async function receive(c: Context<HttpEnv>, state: UploadState): Promise<Response> {
    const parts = readParts(c.req.raw.body, c.req.header('content-type') ?? '')
    for await (const part of parts) await take(part, state)
    const { isKnown, params, job } = state
    if (!isKnown) throw new IpsFault('noCredentials', 'The form has no part "auth".')
    if (!params || job === undefined) {
      throw new IpsFault('missingParameter', 'The form has no part "uploadParams".')
    }
    if (params.endsJob) jobs.end(job)
    const handle = `<jobHandle>${escapeXml(job)}</jobHandle>`
    return answerXml(`<uploadPostReturn xmlns="${UNDATED}">${handle}</uploadPostReturn>`, 200)
  }

  return new Hono<HttpEnv>().post('/scene7/UploadFile', async (c) => {
    const state: UploadState = {
      isKnown: false,
      params: undefined,
      job: undefined,
      status: FAULT_STATUS,
      address: addressOf(c),
    }
    try {
      return await receive(c, state)
    } catch (error) {
      // What is left of the form is not read, so nothing else can follow on this connection.
      const answer = answerXml(writeFaultElement(toFault(error, log)), state.status)
      answer.headers.set('connection', 'close')
      return answer
    }
  })
}

/** Where a request comes from; undefined when it came over no connection. */
function addressOf(c: Context<HttpEnv>): string | undefined {
  const env: unknown = c.env
  return isRecord(env) && 'incoming' in env ? getConnInfo(c).remote.address : undefined
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
