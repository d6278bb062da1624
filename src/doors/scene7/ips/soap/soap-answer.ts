import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import { faultStringOf, type IpsFault, writeFaultElement } from '../ips-fault.ts'
import { writeEnvelope } from './envelope.ts'

const compress = promisify(gzip)

/** Smaller ones grow, or gain nothing. */
const SMALLEST_COMPRESSED = 512

/**
 * Answers with a message.
 *
 * @param content - of its body
 * @param options.isCompressed - whether the client takes gzip
 */
export async function answerSoap(
  content: string,
  { status, isCompressed }: { readonly status: number; readonly isCompressed: boolean },
): Promise<Response> {
  const text = writeEnvelope(content)
  const isWorth = isCompressed && text.length >= SMALLEST_COMPRESSED
  const body = isWorth ? new Uint8Array(await compress(text)) : text
  return new Response(body, {
    status,
    headers: {
      'content-type': 'text/xml; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      vary: 'accept-encoding',
      ...(isWorth && { 'content-encoding': 'gzip' }),
    },
  })
}

/** Writes a fault as the content of a body. */
export function writeFault(refused: IpsFault): string {
  // Whose fault it is: of all that is told, an exception alone may be ours.
  const party = refused.fault === 'exception' ? 'Server' : 'Client'
  return `<soapenv:Fault><faultcode>soapenv:${party}</faultcode><faultstring>${faultStringOf(refused)}</faultstring><detail>${writeFaultElement(refused)}</detail></soapenv:Fault>`
}
