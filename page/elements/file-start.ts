/** The beginning of a text file, as far as the service has sent it. */
export interface FileStart {
  /** The status of the answer; unless it is a success, there is no text of the file. */
  readonly ok: boolean
  readonly status: number
  readonly text: string
  /** How many bytes all of the file has. */
  readonly total: number
}

/**
 * Reads the beginning of a text file that is not empty: there is no range to be asked for in an empty one.
 *
 * @param most - bytes
 */
export async function readFileStart(
  src: string,
  most: number,
  signal?: AbortSignal,
): Promise<FileStart> {
  const range = `bytes=0-${most - 1}`
  const response = await fetch(src, { headers: { range }, ...(signal && { signal }) })
  const { ok, status, headers } = response
  const ofRange = /\/(\d+)$/.exec(headers.get('content-range') ?? '')?.[1]
  // Files of a case are sent whole.
  const bytes = new Uint8Array(await response.arrayBuffer()).subarray(0, most)
  return {
    ok,
    status,
    // The last character may be cut in two.
    text: new TextDecoder().decode(bytes, { stream: true }),
    total: Number(ofRange ?? headers.get('content-length')),
  }
}
