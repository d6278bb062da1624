import { labWords as words } from './lab-words.ts'

/** A picture as the service has answered with it. */
export interface Picture {
  /** What was asked for. */
  readonly url: string
  /** What an `img` shows of it, on this page alone. */
  readonly src: string
  readonly width: number
  readonly height: number
  readonly bytes: number
  readonly mediaType: string
  /** From the question to the last byte. */
  readonly milliseconds: number
  /** Whether the browser cannot show the format, so that what is seen is the same as PNG. */
  readonly isSubstitute: boolean
}

/** What came of asking for a picture. */
export type Shot =
  | { readonly picture: Picture }
  | { readonly text: string; readonly url: string }
  | { readonly problem: string; readonly url: string }

/** What of a browser is needed to take a picture. */
export interface Camera {
  readonly fetch: (url: string, init: { readonly signal: AbortSignal }) => Promise<Response>
  readonly now: () => number
  /** The size of a picture in pixels; undefined when the browser cannot show it. */
  readonly measure: (
    blob: Blob,
  ) => Promise<{ readonly width: number; readonly height: number } | undefined>
  readonly keep: (blob: Blob) => string
}

/**
 * Asks for a picture, and says what came. A request that asks for something else than a picture has a text.
 *
 * @throws {unknown} what `fetch` does when the signal is aborted
 */
export async function takeShot(url: string, signal: AbortSignal, camera: Camera): Promise<Shot> {
  const begun = camera.now()
  let response: Response
  try {
    response = await camera.fetch(url, { signal })
    if (!response.ok) return { problem: (await response.text()).trim(), url }
    const blob = await response.blob()
    const milliseconds = camera.now() - begun
    const mediaType = blob.type.split(';')[0] ?? ''
    if (mediaType.startsWith('text/')) return { text: await blob.text(), url }
    const size = await camera.measure(blob)
    const told = { url, bytes: blob.size, mediaType, milliseconds }
    if (size) return { picture: { ...told, ...size, src: camera.keep(blob), isSubstitute: false } }
    return await takeSubstitute(told, signal, camera)
  } catch (error) {
    if (signal.aborted) throw error
    return { problem: words.unreachable, url }
  }
}

async function takeSubstitute(
  told: Pick<Picture, 'url' | 'bytes' | 'mediaType' | 'milliseconds'>,
  signal: AbortSignal,
  camera: Camera,
): Promise<Shot> {
  const { url } = told
  const format = /[?&]fmt=[^&,]*-alpha/i.test(url) ? 'png-alpha' : 'png'
  const response = await camera.fetch(`${url}${url.includes('?') ? '&' : '?'}fmt=${format}`, {
    signal,
  })
  const blob = await response.blob()
  const size = response.ok ? await camera.measure(blob) : undefined
  if (!size) return { problem: words.notShown(told.mediaType), url }
  return { picture: { ...told, ...size, src: camera.keep(blob), isSubstitute: true } }
}
