/** Of the place that a sample has on the page, twice over for dense screens, in pixels. */
const SIZE = { width: 128, height: 96 }

/** Draws one of the project's own pictures small, so that the page does not load all of it, as a PNG. */
export async function drawSmall(file: string): Promise<Buffer> {
  // Loaded only now: most services are never looked at.
  const { default: sharp } = await import('sharp')
  return sharp(file, { autoOrient: true })
    .resize({ ...SIZE, fit: 'cover' })
    .png({ palette: true })
    .toBuffer()
}
