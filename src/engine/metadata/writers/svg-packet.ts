import { writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { type Packet, wrapPacket } from '../packet/packet.ts'
import { findSvgPacket, readSvgFile, type SvgFile } from '../readers/read-svg.ts'

/** Writes a copy of a drawing with another packet, and with nothing else of its text changed. */
export function writeSvgPacket(sourcePath: string, resultPath: string, packet: Packet): void {
  const file = readSvgFile(sourcePath)
  const old = findSvgPacket(file)
  const content = wrapPacket(packet)
  const written = old
    ? replace(file, old, content)
    : insert(file, `<metadata>${content}</metadata>`)
  const bytes = encode(written, file)
  writeFileSync(resultPath, file.isCompressed ? gzipSync(bytes) : bytes)
}

interface Span {
  readonly start: number
  readonly end: number
}

function replace({ text, encoding }: SvgFile, { start, end }: Span, content: string): string {
  return text.slice(0, start) + adapt(content, encoding) + text.slice(end)
}

/** Makes an element the first of the drawing, in the namespace of the drawing. */
function insert(file: SvgFile, element: string): string {
  const { root } = file
  const prefix = /^(.+:)/.exec(root.name)?.[1] ?? ''
  const metadata = element.replace(/^</, `<${prefix}`).replace(/<\/(?=metadata>$)/, `</${prefix}`)
  if (root.startTagEnd < root.end) {
    return replace(file, { start: root.startTagEnd, end: root.startTagEnd }, metadata)
  }
  const end = root.end
  return replace(file, { start: end - '/>'.length, end }, `>${metadata}</${root.name}>`)
}

/** Has references in place of characters that an encoding may not have; the mark in the wrapper says it is UTF-8. */
function adapt(content: string, encoding: SvgFile['encoding']): string {
  if (encoding !== 'latin1') return content
  return content
    .replace('begin="\uFEFF"', 'begin=""')
    .replaceAll(/[\u0080-\u{10FFFF}]/gu, (character) => `&#${character.codePointAt(0) ?? 0};`)
}

function encode(text: string, { encoding }: SvgFile): Buffer {
  if (encoding === 'utf-16be') return Buffer.from(text, 'utf16le').swap16()
  return Buffer.from(text, encoding === 'utf-16le' ? 'utf16le' : encoding)
}
