import CFB from 'cfb'

/** Writes a compound file of streams by their names. */
export function compound(streams: Readonly<Record<string, Buffer>>): Buffer {
  const container = CFB.utils.cfb_new()
  for (const [name, content] of Object.entries(streams)) {
    CFB.utils.cfb_add(container, `/${name}`, content)
  }
  const written: unknown = CFB.write(container, { type: 'buffer' })
  if (!Buffer.isBuffer(written)) throw new TypeError('a compound file is written as bytes')
  return written
}
