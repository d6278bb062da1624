/** The namespace of IPS without a date, which all clients know: that of the first versions, and of `authHeader` and faults ever since. */
export const UNDATED = 'http://www.scene7.com/IpsApi/xsd'

/** The versions of the API that were published, newest first (c-wsdl-versions; the first three by Adobe’s Java client). */
export const DATES = [
  '2022-11-01-beta',
  '2021-04-26-beta',
  '2017-10-29-beta',
  '2014-04-03',
  '2013-02-15',
  '2012-02-14',
  '2010-01-31',
  '2009-07-31',
  '2008-09-10',
  '2008-01-15',
] as const

/** The version that a client gets which asks the service itself for its WSDL: the newest that Adobe’s pages list. */
export const CURRENT_DATE = '2014-04-03'

/** The namespace of the types of a version. */
export function namespaceOf(date: string | undefined): string {
  return date === undefined ? UNDATED : `${UNDATED}/${date}`
}
