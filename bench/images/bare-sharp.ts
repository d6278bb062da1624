/**
 * The yardstick: sharp as its documentation has it, written by hand for exactly these jobs and with nothing of src/. A
 * picture is decoded once, at the smallest scale that serves the largest rendition; the others are made of that one. It
 * checks nothing and reports nothing. The encoders are set as the worker sets them, so that it is the same work.
 */
import sharp, { type Sharp } from 'sharp'
import type { Request, Tuning, Wanted } from './job.ts'
import { serveJobs } from './renderer.ts'
import { share } from './sharing.ts'

// What one round has decoded must not serve the next.
sharp.cache(false)

const fit = (image: Sharp, { width, height }: Wanted): Sharp =>
  image.resize(width, height, { fit: 'inside', withoutEnlargement: true })

const write = async (image: Sharp, { fmt, path }: Wanted): Promise<void> => {
  await (fmt === 'png' ? image.png() : image.jpeg({ quality: 85 })).toFile(path)
}

const lanes = (count: number): number[] => Array.from({ length: count }, (_, lane) => lane)

async function render({ source, renditions }: Request, atOnce: number): Promise<void> {
  // What takes longest goes first, so that it is not what everybody waits for at the end.
  const [largest, ...others] = renditions.toSorted(
    (a, b) => b.width * b.height - a.width * a.height,
  )
  if (largest === undefined) return
  const decoded = fit(sharp(source).autoOrient(), largest)
  if (others.length === 0) return write(decoded, largest)
  const { data, info } = await decoded.raw().toBuffer({ resolveWithObject: true })
  const { width, height, channels } = info
  const open = (): Sharp => sharp(data, { raw: { width, height, channels } })
  await share([largest, ...others], lanes(atOnce), (wanted) =>
    write(wanted === largest ? open() : fit(open(), wanted), wanted),
  )
}

const UNTUNED: Tuning = { threads: 1, atOnce: 1 }

serveJobs(async ({ requests, tuning: { threads, atOnce } = UNTUNED }) => {
  sharp.concurrency(threads)
  await share(requests, lanes(Math.min(atOnce, requests.length)), (request) =>
    render(request, requests.length === 1 ? atOnce : 1),
  )
})
