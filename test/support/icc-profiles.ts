/** Which tags a profile has, and what it says of itself in its head. */
interface ProfileParts {
  readonly deviceClass?: string
  readonly space?: string
  readonly tags: Readonly<Record<string, Buffer>>
}

/** Writes an ICC profile of version 2 (ICC.1:2001, 6). */
export function writeProfile({ deviceClass = 'mntr', space = 'RGB ', tags }: ProfileParts): Buffer {
  const entries = Object.entries(tags)
  const start = 128 + 4 + 12 * entries.length
  const head = Buffer.alloc(start)
  const data: Buffer[] = []
  let at = start
  for (const [index, [name, tag]] of entries.entries()) {
    head.write(name, 132 + index * 12, 'latin1')
    head.writeUInt32BE(at, 136 + index * 12)
    head.writeUInt32BE(tag.length, 140 + index * 12)
    const padded = Buffer.concat([tag, Buffer.alloc(-tag.length & 3)])
    data.push(padded)
    at += padded.length
  }
  head.writeUInt32BE(at, 0)
  head.writeUInt32BE(0x02_40_00_00, 8)
  head.write(`${deviceClass}${space}XYZ `, 12, 'latin1')
  head.write('acsp', 36, 'latin1')
  D50.copy(head, 68)
  head.writeUInt32BE(entries.length, 128)
  return Buffer.concat([head, ...data])
}

/** White of the colours in between, in numbers of sixteen bits and as many behind the point. */
const D50 = Buffer.from('0000f6d6000100000000d32d', 'hex')

/** A profile of grey whose numbers are the brightness to the power of 1 / gamma. */
export function greyProfile(gamma: number, description = 'Grey of tests'): Buffer {
  const curve = Buffer.from('curv\0\0\0\0\0\0\0\x01\0\0', 'latin1')
  curve.writeUInt16BE(Math.round(gamma * 256), 12)
  const white = Buffer.concat([Buffer.from('XYZ \0\0\0\0', 'latin1'), D50])
  return writeProfile({
    space: 'GRAY',
    tags: { desc: textOf(description), wtpt: white, kTRC: curve, cprt: copyright() },
  })
}

/** The description of a profile, as version 2 writes it. */
export function textOf(text: string): Buffer {
  const head = Buffer.alloc(12)
  head.write('desc', 'latin1')
  head.writeUInt32BE(text.length + 1, 8)
  return Buffer.concat([head, Buffer.from(`${text}\0`, 'latin1'), Buffer.alloc(78)])
}

/** Likewise, as version 4 does. */
export function localTextOf(text: string): Buffer {
  const head = Buffer.from('mluc\0\0\0\0\0\0\0\x01\0\0\0\x0cenUS\0\0\0\0\0\0\0\x1c', 'latin1')
  const letters = Buffer.from(text, 'utf16le').swap16()
  head.writeUInt32BE(letters.length, 20)
  return Buffer.concat([head, letters])
}

function copyright(): Buffer {
  return Buffer.from('text\0\0\0\0none\0', 'latin1')
}
