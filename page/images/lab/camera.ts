import type { Camera } from './shot.ts'

/** The camera of a browser. */
export const CAMERA: Camera = {
  fetch: (url, init) => fetch(url, init),
  now: () => performance.now(),
  async measure(blob) {
    try {
      const bitmap = await createImageBitmap(blob)
      const { width, height } = bitmap
      bitmap.close()
      return { width, height }
    } catch {
      return undefined
    }
  },
  keep: (blob) => URL.createObjectURL(blob),
}
