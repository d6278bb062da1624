import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { type Context, Hono } from 'hono'
import { ServiceError } from '../../../base/errors.ts'
import type { Log } from '../../../base/log.ts'
import { OperationError } from '../../../base/operation-error.ts'
import { guesserOf } from '../../../http/guesses.ts'
import { readBytes } from '../../../http/read-request.ts'
import type { HttpEnv } from '../../../http/root-app.ts'
import type { Identify } from './identify-caller.ts'
import { FAULT_STATUS, IpsFault } from './ips-fault.ts'
import { CURRENT_DATE, DATES } from './ips-namespaces.ts'
import type { OperationRunner } from './run-operation.ts'
import { writeWsdl } from './schema/wsdl.ts'
import { type AuthHeader, readAuthHeader, refuseUnknownHeaders } from './soap/auth-header.ts'
import { decodeMessage } from './soap/decode-message.ts'
import { readEnvelope } from './soap/envelope.ts'
import { answerSoap, writeFault } from './soap/soap-answer.ts'

/** Where the operations are. */
const SERVICE = '/scene7/services/IpsApiService'

/** The most bytes of a request, compressed or not: ten thousand handles fit into it. */
const MOST_BYTES = 512 * 1024

const decompress = promisify(gunzip)

/** The SOAP side of the Image Production System: its WSDL for clients, and its one address for all operations. */
export function createIpsRoutes({
  runner,
  identify,
  log,
}: {
  readonly runner: OperationRunner
  readonly identify: Identify
  readonly log: Pick<Log, 'error'>
}): Hono<HttpEnv> {
  function answerWsdl(c: Context<HttpEnv>, date: string | undefined): Response {
    const address = `${originOf(c)}${SERVICE}`
    return c.body(writeWsdl({ date, address }), 200, {
      'content-type': 'text/xml; charset=utf-8',
      'cache-control': 'no-cache',
    })
  }

  async function answerCall(c: Context<HttpEnv>): Promise<Response> {
    let header: AuthHeader = { claim: undefined, isPlain: false, faultStatus: FAULT_STATUS }
    const takesGzip = /\bgzip\b/i.test(c.req.header('accept-encoding') ?? '')
    try {
      const envelope = await readEnvelope(await readBody(c))
      header = readAuthHeader(envelope.headers, c.req.header('authorization'))
      refuseUnknownHeaders(envelope.headers)
      checkAction(c.req.header('soapaction'), envelope.content.name)
      const user = await identify(header.claim, guesserOf(c))
      const call = { user, origin: originOf(c), signal: c.req.raw.signal }
      const content = await runner.run(envelope.content, call)
      return await answerSoap(content, { status: 200, isCompressed: takesGzip && !header.isPlain })
    } catch (error) {
      const answer = await answerSoap(writeFault(toFault(error, log)), {
        status: header.faultStatus,
        isCompressed: takesGzip && !header.isPlain,
      })
      // What is left of a request that is too large is not read, so nothing else can follow on this connection.
      if (error instanceof ServiceError && error.code === 'too_large') {
        answer.headers.set('connection', 'close')
      }
      return answer
    }
  }

  return new Hono<HttpEnv>()
    .get('/scene7/:file{IpsApi(?:-[\\w-]+)?\\.wsdl}', (c) => answerFile(c, c.req.param('file')))
    .get('/scene7/webservice/:file{IpsApi(?:-[\\w-]+)?\\.wsdl}', (c) =>
      answerFile(c, c.req.param('file')),
    )
    .get(SERVICE, (c) => {
      if (new URL(c.req.url).search.toLowerCase() === '?wsdl') return answerWsdl(c, CURRENT_DATE)
      throw new ServiceError(
        'method_not_allowed',
        `Operations are called by POST; ${SERVICE}?wsdl describes them.`,
        { headers: { allow: 'POST' } },
      )
    })
    .post(SERVICE, answerCall)

  function answerFile(c: Context<HttpEnv>, file: string): Response {
    const date = /^IpsApi-(.+)\.wsdl$/.exec(file)?.[1]
    if (date === undefined || DATES.some((each) => each === date)) return answerWsdl(c, date)
    throw new ServiceError(
      'not_found',
      `There is no version ${date} of the API: there are ${DATES.join(', ')}.`,
    )
  }
}

function originOf(c: Context<HttpEnv>): string {
  return new URL(c.req.url).origin
}

async function readBody(c: Context<HttpEnv>): Promise<string> {
  const bytes = await readBytes(c, {
    mostBytes: MOST_BYTES,
    tooLarge: `A request has at most ${MOST_BYTES} bytes.`,
  })
  const encoding = c.req.header('content-encoding')?.trim().toLowerCase() ?? 'identity'
  const contentType = c.req.header('content-type') ?? ''
  if (encoding === 'identity') return decodeMessage(bytes, contentType)
  if (encoding !== 'gzip' && encoding !== 'x-gzip') {
    throw new IpsFault(
      'invalidXml',
      `A request must come as it is or as gzip, and this one says ${JSON.stringify(encoding.slice(0, 40))}.`,
    )
  }
  const text = await decompress(bytes, { maxOutputLength: MOST_BYTES }).catch((error: unknown) => {
    throw new IpsFault(
      'invalidXml',
      `The request must be gzip of at most ${MOST_BYTES} bytes, as its Content-Encoding says.`,
      { cause: error },
    )
  })
  return decodeMessage(text, contentType)
}

/** A header and a body that say different things are nothing to guess about. */
function checkAction(header: string | undefined, element: string): void {
  const action = (header ?? '').trim().replaceAll('"', '').split(/[/#:]/).at(-1) ?? ''
  if (action === '' || element === `${action}Param` || element === action) return
  throw new IpsFault(
    'invalidParameter',
    `SOAPAction says ${JSON.stringify(action.slice(0, 60))}, and the Body has ${JSON.stringify(element.slice(0, 60))}.`,
  )
}

function toFault(error: unknown, log: Pick<Log, 'error'>): IpsFault {
  if (error instanceof IpsFault) return error
  if (error instanceof OperationError) {
    return new IpsFault('exception', error.message, { cause: error })
  }
  if (error instanceof ServiceError) {
    const isXml = error.code === 'too_large'
    const fault = error.code === 'invalid' ? 'invalidParameter' : 'exception'
    return new IpsFault(isXml ? 'invalidXml' : fault, error.message, { cause: error })
  }
  log.error(`an operation of IPS failed: ${error instanceof Error ? error.stack : String(error)}`)
  return new IpsFault('exception', 'The service could not do its part; its log tells why.', {
    cause: error,
  })
}
