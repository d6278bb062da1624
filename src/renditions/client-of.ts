import { isRecord } from '../base/json.ts'

/**
 * Whose work an activation is, by what the SDK is told of who has asked. A web call says nothing of it, and those are one client
 * together.
 */
export function clientOf({ auth }: Readonly<Record<string, unknown>>): string {
  return isRecord(auth) ? JSON.stringify([auth['orgId'], auth['clientId']]) : ''
}
