import { createHmac } from 'node:crypto'

/** What `CloudConvert-Signature` says of a body: its HMAC-SHA256, hexadecimal in lower case. */
export function sign(body: string, secret: string): string {
  return createHmac('sha256', secret).update(body).digest('hex')
}
