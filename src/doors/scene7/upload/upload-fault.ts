import { escapeXml } from '../../../base/xml.ts'
import { PUBLIC_HEADERS } from '../serving/public-headers.ts'

/** The faults of the IPS API that an upload may have, with their codes (c-faults). */
const FAULTS = {
  noCredentials: { element: 'authenticationFault', code: 10000 },
  invalidCredentials: { element: 'authenticationFault', code: 10001 },
  illegalCompany: { element: 'authorizationFault', code: 20006 },
  exception: { element: 'ipsApiFault', code: 30000 },
  invalidParameter: { element: 'ipsApiFault', code: 30001 },
  missingParameter: { element: 'ipsApiFault', code: 30002 },
  invalidXml: { element: 'ipsApiFault', code: 30003 },
} as const

export type FaultName = keyof typeof FAULTS

/** An upload that is refused; the message is a sentence for whoever sends it. */
export class UploadFault extends Error {
  override readonly name = 'UploadFault'
  readonly fault: FaultName

  constructor(fault: FaultName, message: string, options?: ErrorOptions) {
    super(message, options)
    this.fault = fault
  }
}

/** The namespace of IPS without a date, which all clients know. */
export const IPS_NAMESPACE = 'http://www.scene7.com/IpsApi/xsd'

/** The status of faults unless a client wants another, by the HTTP binding of SOAP 1.1. */
export const FAULT_STATUS = 500

/** Answers with a fault as a document of its own; an upload is no SOAP. */
export function answerFault({ fault, message }: UploadFault, status: number): Response {
  const { element, code } = FAULTS[fault]
  return answerXml(
    `<${element} xmlns="${IPS_NAMESPACE}"><code>${code}</code><reason>${escapeXml(message)}</reason></${element}>`,
    status,
  )
}

/** Answers with a document. */
export function answerXml(element: string, status: number): Response {
  return new Response(`<?xml version="1.0" encoding="UTF-8"?>\n${element}\n`, {
    status,
    headers: {
      'x-content-type-options': PUBLIC_HEADERS['x-content-type-options'],
      'content-type': 'text/xml; charset=utf-8',
      'cache-control': 'no-store',
    },
  })
}
