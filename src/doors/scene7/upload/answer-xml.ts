import { PUBLIC_HEADERS } from '../serving/public-headers.ts'

/** Answers with a document of its own; an upload is no SOAP. */
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
