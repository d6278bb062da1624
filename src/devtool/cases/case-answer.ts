import { openAsBlob } from 'node:fs'
import path from 'node:path'
import { typeOfName } from '../files/file-name.ts'
import { contentDisposition, UNTRUSTED_HEADERS } from '../files/untrusted-headers.ts'

// What a file of a case has changes under its name.
const HEADERS = { ...UNTRUSTED_HEADERS, 'cache-control': 'no-store' }

/** Answers with a picture that was drawn. */
export function answerPng(picture: Buffer): Response {
  return new Response(new Uint8Array(picture), {
    headers: { ...HEADERS, 'content-type': 'image/png' },
  })
}

/** Answers with a file, which a browser saves or shows. */
export async function answerFile(
  file: string,
  how: 'attachment' | 'inline' = 'inline',
): Promise<Response> {
  // Opened only when it is read, which for a HEAD it never is.
  const content = await openAsBlob(file)
  const type = typeOfName(file)
  return new Response(content, {
    headers: {
      ...HEADERS,
      'content-type': type.startsWith('text/') ? `${type}; charset=utf-8` : type,
      'content-length': String(content.size),
      'content-disposition': contentDisposition(how, path.basename(file)),
    },
  })
}
