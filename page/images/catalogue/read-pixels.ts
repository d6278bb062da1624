/** The size of a picture, read from an answer to `req=imageprops`. */
export function readPixels(text: string): { width: number; height: number } | undefined {
  const read = (name: string): number =>
    Number(new RegExp(`^image\\.${name}=(\\d+)\\r?$`, 'm').exec(text)?.[1])
  const [width, height] = [read('width'), read('height')]
  return width > 0 && height > 0 ? { width, height } : undefined
}
