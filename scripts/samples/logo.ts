import sharp from 'sharp'
import { fix } from './vectors.ts'

const BLADES = 7

/** Draws the logo on nothing: the leaves of a lens aperture in the red of a safelight. `scale` 1 is 800 x 800. */
export async function drawLogo(scale: number): Promise<Buffer> {
  const size = Math.round(800 * scale)
  const leaves = around(
    `<path d="${leafPath()}" fill="url(#leaf)" stroke="#2b0507" stroke-width="7" stroke-linejoin="round"/>`,
  )
  const edges = around(
    `<path d="${leafEdge()}" stroke="#ff9a78" stroke-opacity=".75" stroke-width="3" fill="none" stroke-linecap="round"/>`,
  )
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="-400 -400 800 800"><defs>
<radialGradient id="halo"><stop offset=".66" stop-color="#ff2a1c" stop-opacity=".62"/><stop offset=".8" stop-color="#ff2a1c" stop-opacity=".22"/><stop offset=".92" stop-color="#ff2a1c" stop-opacity=".05"/><stop offset="1" stop-color="#ff2a1c" stop-opacity="0"/></radialGradient>
<radialGradient id="core"><stop offset="0" stop-color="#fff6dc"/><stop offset=".45" stop-color="#ffc46b"/><stop offset="1" stop-color="#f2551f"/></radialGradient>
<linearGradient id="rim" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#54484a"/><stop offset=".5" stop-color="#1d1718"/><stop offset="1" stop-color="#3a3031"/></linearGradient>
<radialGradient id="leaf" gradientUnits="userSpaceOnUse" cx="0" cy="0" r="270"><stop offset=".25" stop-color="#ff5136"/><stop offset=".6" stop-color="#c81d1f"/><stop offset="1" stop-color="#6d0c14"/></radialGradient>
<clipPath id="opening"><circle r="262"/></clipPath></defs>
<circle r="400" fill="url(#halo)"/><circle r="305" fill="url(#rim)"/><circle r="297" fill="none" stroke="#8b7a78" stroke-opacity=".55" stroke-width="3"/><circle r="268" fill="#120606"/>
<circle r="140" fill="url(#core)"/><g clip-path="url(#opening)">${leaves}${edges}</g><circle r="264" fill="none" stroke="#120606" stroke-width="10"/></svg>`
  return sharp(Buffer.from(svg)).png({ palette: true, effort: 10, dither: 0.8 }).toBuffer()
}

/** @returns `content` once for every leaf */
function around(content: string): string {
  const turns = Array.from({ length: BLADES }, (_, leaf) => fix((leaf * 360) / BLADES))
  return turns.map((turn) => `<g transform="rotate(${turn})">${content}</g>`).join('')
}

function corner(index: number, radius: number): [number, number] {
  const angle = (index * 2 * Math.PI) / BLADES
  return [radius * Math.cos(angle), radius * Math.sin(angle)]
}

/** A leaf lies between the sides of the opening on either end of its own, each drawn out to the rim. */
function leafPath(): string {
  const before = corner(-1, 96)
  const start = corner(0, 96)
  const end = corner(1, 96)
  const points = [start, end, beyond(start, end, 4.6), corner(0.4, 640), beyond(before, start, 4.6)]
  return `M${points.map((point) => point.map(fix).join(' ')).join('L')}Z`
}

function leafEdge(): string {
  const start = corner(0, 102)
  const end = corner(1, 102)
  return `M${start.map(fix).join(' ')}L${beyond(start, end, 1.2).map(fix).join(' ')}`
}

/** @returns the point on a line as many times its length behind its end */
function beyond(start: readonly [number, number], end: readonly [number, number], times: number) {
  return [end[0] + (end[0] - start[0]) * times, end[1] + (end[1] - start[1]) * times]
}
