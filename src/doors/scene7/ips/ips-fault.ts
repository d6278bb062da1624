import { escapeXml } from '../../../base/xml.ts'
import { UNDATED } from './ips-namespaces.ts'

/** The faults of the IPS API with their codes (c-faults), and what the fault string of each kind is. */
const FAULTS = {
  noCredentials: { element: 'authenticationFault', code: 10000 },
  invalidCredentials: { element: 'authenticationFault', code: 10001 },
  invalidUser: { element: 'authenticationFault', code: 10002 },
  invalidCompany: { element: 'authorizationFault', code: 20000 },
  invalidUserName: { element: 'authorizationFault', code: 20001 },
  invalidRequestUser: { element: 'authorizationFault', code: 20002 },
  noOperationPermission: { element: 'authorizationFault', code: 20003 },
  noImpersonationPermission: { element: 'authorizationFault', code: 20004 },
  illegalValue: { element: 'authorizationFault', code: 20005 },
  illegalCompany: { element: 'authorizationFault', code: 20006 },
  illegalUser: { element: 'authorizationFault', code: 20007 },
  illegalGroup: { element: 'authorizationFault', code: 20008 },
  missingPermission: { element: 'authorizationFault', code: 20009 },
  exception: { element: 'ipsApiFault', code: 30000 },
  invalidParameter: { element: 'ipsApiFault', code: 30001 },
  missingParameter: { element: 'ipsApiFault', code: 30002 },
  invalidXml: { element: 'ipsApiFault', code: 30003 },
} as const

/** Why an operation is refused. */
export type IpsFaultName = keyof typeof FAULTS

const STRINGS = {
  authenticationFault: 'AuthenticationException',
  authorizationFault: 'AuthorizationException',
  ipsApiFault: 'IpsApiException',
} as const

/** An operation that is refused; the message is a sentence for whoever calls it. */
export class IpsFault extends Error {
  override readonly name = 'IpsFault'
  readonly fault: IpsFaultName

  constructor(fault: IpsFaultName, message: string, options?: ErrorOptions) {
    super(message, options)
    this.fault = fault
  }
}

/** The status of faults unless a client wants another, by the HTTP binding of SOAP 1.1. */
export const FAULT_STATUS = 500

/** What the kind of a fault is called in the fault string of SOAP. */
export function faultStringOf({ fault }: IpsFault): string {
  return STRINGS[FAULTS[fault].element]
}

/** Writes the element of a fault, with its code and its sentence. */
export function writeFaultElement({ fault, message }: IpsFault): string {
  const { element, code } = FAULTS[fault]
  return `<${element} xmlns="${UNDATED}"><code>${code}</code><reason>${escapeXml(message)}</reason></${element}>`
}
