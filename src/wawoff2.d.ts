/** The part of `wawoff2` 2.0.1 that this project uses; it brings no types. */
declare module 'wawoff2/decompress.js' {
  /** @returns the font without its packing; rejects when it is damaged */
  export default function decompress(woff2: Uint8Array): Promise<Uint8Array>
}
