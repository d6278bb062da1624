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

/** What is told of a fault on the wire. */
export interface FaultFacts {
  /** The name of the element within `detail`. */
  readonly element: keyof typeof STRINGS
  readonly code: number
  readonly faultString: string
}

/** @returns what is told of a fault beside its sentence */
export function factsOf(fault: IpsFaultName): FaultFacts {
  const { element, code } = FAULTS[fault]
  return { element, code, faultString: STRINGS[element] }
}
