import { escapeXml } from '../../../../base/xml.ts'
import { namespaceOf, UNDATED } from '../ips-namespaces.ts'
import { isSimpleType, itemTypeOf, type Member, type Members, readMembers } from './members.ts'
import { SIGNATURES } from './signatures.ts'
import { TYPES } from './types.ts'

const WSDL = 'http://schemas.xmlsoap.org/wsdl/'
const SOAP = 'http://schemas.xmlsoap.org/wsdl/soap/'
const HTTP = 'http://schemas.xmlsoap.org/soap/http'
const XSD = 'http://www.w3.org/2001/XMLSchema'

/** Who calls, in the namespace that has no date; all of it may be missing, and its order is free. */
const AUTH_HEADER: Members =
  'user? password? accessToken? locale? appName? appVersion? gzipResponse?:boolean faultHttpStatusCode?:int'
/** The one that has a date. */
const DATED_AUTH_HEADER: Members =
  'user? password? accessToken? samlResponse? locale? appName appVersion gzipResponse?:boolean faultHttpStatusCode?:int'
const FAULT: Members = 'code:int reason'
const FAULTS = ['authenticationFault', 'authorizationFault', 'ipsApiFault'] as const

/**
 * Writes the description of the service that clients are generated of.
 *
 * @param options.date - of the version; without one it is that of the first versions
 * @param options.address - the URL of the service, as who asks has reached it
 */
export function writeWsdl({
  date,
  address,
}: {
  readonly date: string | undefined
  readonly address: string
}): string {
  const lists = new Set<string>()
  const types = [
    ...Object.entries(TYPES).map(([name, members]) =>
      complexType(name, sequence(readMembers(members), lists)),
    ),
    ...Object.entries(SIGNATURES).flatMap(([name, { takes, gives }]) => [
      element(`${name}Param`, sequence(readMembers(takes), lists)),
      element(`${name}Return`, sequence(readMembers(gives), lists)),
    ]),
  ]
  const listTypes = [...lists].toSorted().map((name) => complexType(name, listOf(name)))
  const common = [
    element('authHeader', group('all', readMembers(AUTH_HEADER), new Set())),
    ...FAULTS.map((name) => element(name, sequence(readMembers(FAULT), new Set()))),
  ]
  const schemas =
    date === undefined
      ? schema(UNDATED, [...common, ...listTypes, ...types])
      : schema(UNDATED, common) +
        schema(namespaceOf(date), [
          element('authHeader', sequence(readMembers(DATED_AUTH_HEADER), new Set())),
          ...listTypes,
          ...types,
        ])
  const names = Object.keys(SIGNATURES)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<wsdl:definitions name="IpsApi" targetNamespace="${UNDATED.replace('/xsd', '/wsdl')}" xmlns:tns="${UNDATED.replace('/xsd', '/wsdl')}" xmlns:wsdl="${WSDL}" xmlns:soap="${SOAP}" xmlns:xsd="${XSD}" xmlns:ips="${UNDATED}" xmlns:types="${namespaceOf(date)}">`,
    `<wsdl:types>${schemas}</wsdl:types>`,
    message('authHeader', 'authHeader', 'ips:authHeader'),
    ...FAULTS.map((name) => message(name, 'fault', `ips:${name}`)),
    ...names.flatMap((name) => [
      message(`${name}Input`, 'parameters', `types:${name}Param`),
      message(`${name}Output`, 'parameters', `types:${name}Return`),
    ]),
    '<wsdl:portType name="IpsApiPortType">',
    ...names.map(portOperation),
    '</wsdl:portType>',
    '<wsdl:binding name="IpsApiSoapBinding" type="tns:IpsApiPortType">',
    `<soap:binding style="document" transport="${HTTP}"/>`,
    ...names.map(boundOperation),
    '</wsdl:binding>',
    '<wsdl:service name="IpsApiService">',
    `<wsdl:port name="IpsApi" binding="tns:IpsApiSoapBinding"><soap:address location="${escapeXml(address)}"/></wsdl:port>`,
    '</wsdl:service>',
    '</wsdl:definitions>',
    '',
  ].join('\n')
}

function schema(namespace: string, parts: readonly string[]): string {
  return `<xsd:schema targetNamespace="${namespace}" xmlns:types="${namespace}" elementFormDefault="qualified">\n${parts.join('\n')}\n</xsd:schema>\n`
}

function element(name: string, content: string): string {
  return `<xsd:element name="${name}"><xsd:complexType>${content}</xsd:complexType></xsd:element>`
}

function complexType(name: string, content: string): string {
  return `<xsd:complexType name="${name}">${content}</xsd:complexType>`
}

function sequence(members: readonly Member[], lists: Set<string>): string {
  return group('sequence', members, lists)
}

/** @param lists - gets the lists that occur */
function group(kind: 'sequence' | 'all', members: readonly Member[], lists: Set<string>): string {
  const elements = members.map(({ name, type, isOptional }) => {
    if (itemTypeOf(type) !== undefined) lists.add(type)
    const occurs = isOptional ? ' minOccurs="0"' : ''
    return `<xsd:element name="${name}" type="${qualify(type)}"${occurs}/>`
  })
  return `<xsd:${kind}>${elements.join('')}</xsd:${kind}>`
}

function listOf(list: string): string {
  const item = qualify(itemTypeOf(list) ?? 'string')
  return `<xsd:sequence><xsd:element name="items" type="${item}" minOccurs="0" maxOccurs="unbounded"/></xsd:sequence>`
}

function qualify(type: string): string {
  return `${isSimpleType(type) ? 'xsd' : 'types'}:${type}`
}

function message(name: string, part: string, elementName: string): string {
  return `<wsdl:message name="${name}"><wsdl:part name="${part}" element="${elementName}"/></wsdl:message>`
}

function portOperation(name: string): string {
  const faults = FAULTS.map((each) => `<wsdl:fault name="${each}" message="tns:${each}"/>`)
  return `<wsdl:operation name="${name}"><wsdl:input message="tns:${name}Input"/><wsdl:output message="tns:${name}Output"/>${faults.join('')}</wsdl:operation>`
}

function boundOperation(name: string): string {
  const body = '<soap:body use="literal"/>'
  const header = '<soap:header message="tns:authHeader" part="authHeader" use="literal"/>'
  const faults = FAULTS.map(
    (each) => `<wsdl:fault name="${each}"><soap:fault name="${each}" use="literal"/></wsdl:fault>`,
  )
  return `<wsdl:operation name="${name}"><soap:operation soapAction="${name}"/><wsdl:input>${header}${body}</wsdl:input><wsdl:output>${body}</wsdl:output>${faults.join('')}</wsdl:operation>`
}
