import { openAsBlob } from 'node:fs'
import path from 'node:path'
import type { Context } from 'hono'
import { describeFile, UNTRUSTED_HEADERS } from '../../../http/untrusted-headers.ts'
import { typeOfName } from '../../../sources/media-type.ts'

// What is on the disk changes under its name.
const CHANGING = { 'cache-control': 'no-store' }

/** Answers with a picture that was drawn. */
export function answerPng(picture: Buffer): Response {
  return new Response(new Uint8Array(picture), {
    headers: { ...UNTRUSTED_HEADERS, ...CHANGING, 'content-type': 'image/png' },
  })
}

/** Answers with a file of the disk that nobody trusts. */
export async function answerFile(c: Context, file: string): Promise<Response> {
  // Opened only when it is read, which for a HEAD it never is.
  const content = await openAsBlob(file)
  return new Response(content, {
    headers: {
      ...describeFile(c, { name: path.basename(file), type: typeOfName(file) }),
      ...CHANGING,
      'content-length': String(content.size),
    },
  })
}
