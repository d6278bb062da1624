import sharp from 'sharp'

/** Draws the source of a first test case: a PNG of 64 × 48 pixels, in colours that are easy to tell apart. */
export function drawSource(): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="64" height="48">
    <rect width="64" height="30" fill="#8cc8f0"/>
    <rect y="30" width="64" height="18" fill="#2a6fa8"/>
    <circle cx="46" cy="13" r="7" fill="#ffb52e"/>
    <path d="M10 34h26l-5 7H15zM22 10v22H11z" fill="#d5402b"/>
  </svg>`
  return sharp(Buffer.from(svg)).png().toBuffer()
}
