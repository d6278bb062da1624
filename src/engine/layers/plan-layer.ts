import { OperationError } from '../../base/operation-error.ts'
import { readClip } from './clip-path.ts'
import type { Extent, Layer, Perspective, Point, Rectangle } from './composition.ts'
import { edgesOf, offsetOf, pointOf, roundOffset, shift, whole } from './geometry.ts'
import { type LayerContent, type OpenContent, openContent } from './layer-content.ts'
import type { LayerTools } from './layer-tools.ts'
import type { PlannedLayer } from './planned.ts'
import { turnedExtent, turnPoint } from './turn.ts'

/** The first layer, by which the others are placed: its size, and its origin from its upper left. */
export interface Ground extends Extent {
  readonly origin: Point
}

/**
 * Tells where a layer is, and how large each step makes it (r-layer-transforms, r-layer-placement).
 *
 * @param ground - undefined for the first layer, which is one itself
 * @throws {@link OperationError} when nothing says how large it is, or its corners or its path are none
 */
export async function planLayer(
  { layer, index }: { readonly layer: Layer; readonly index: number },
  ground: Ground | undefined,
  using: { readonly open: OpenContent; readonly tools: LayerTools },
): Promise<{ readonly planned: PlannedLayer; readonly origin: Point }> {
  const clips = layer.clips.map(readClip)
  const content = await openContent(layer, clips, ground, using)
  const { picture, crop, size } = content
  const turned = turnedExtent(size, layer.rotation)
  const offset = ground ? offsetOf(layer.position, ground) : { x: 0, y: 0 }
  const corners = layer.perspective && cornersOf(layer.perspective, ground ?? turned, offset)
  // The first layer stays as large as it is, whatever goes on within it.
  const bounds = corners && ground ? boundsOf(corners) : whole(turned)
  const edges = edgesOf(layer.extend, bounds)
  const box = {
    width: Math.max(1, bounds.width + edges.left + edges.right),
    height: Math.max(1, bounds.height + edges.top + edges.bottom),
  }
  const origin = originOf(layer, content, { turned, box, edges })
  const place = (): Point => {
    if (ground === undefined) return { x: 0, y: 0 }
    if (corners) return { x: bounds.x - edges.left, y: bounds.y - edges.top }
    return {
      x: roundOffset(ground.origin.x + offset.x - origin.x),
      y: roundOffset(ground.origin.y + offset.y - origin.y),
    }
  }
  const at = place()
  const inner = {
    x: at.x + edges.left,
    y: at.y + edges.top,
    width: bounds.width,
    height: bounds.height,
  }
  const planned = {
    layer,
    index,
    picture,
    crop,
    size,
    factor: Math.min(1, Math.max(size.width / crop.width, size.height / crop.height)),
    turned,
    // Those of the first layer lie within what extends it.
    corners: ground ? corners : corners && shiftCorners(corners, edges),
    inner,
    box: shift(whole(box), at),
    clips,
    clipOrigin: content.offset ?? { x: 0, y: 0 },
  }
  return { planned, origin }
}

type Corners = NonNullable<PlannedLayer['corners']>

function cornersOf({ in: unit, corners }: Perspective, of: Extent, offset: Point): Corners {
  const x = unit === 'pixels' ? 1 : of.width
  const y = unit === 'pixels' ? 1 : of.height
  const [first, second, third, fourth] = corners
  const place = (point: Point): Point => ({
    x: point.x * x + offset.x,
    y: point.y * y + offset.y,
  })
  const placed = [place(first), place(second), place(third), place(fourth)] as const
  requireConvex(placed)
  return placed
}

function shiftCorners(
  [first, second, third, fourth]: Corners,
  { left, top }: { readonly left: number; readonly top: number },
): Corners {
  const move = ({ x, y }: Point): Point => ({ x: x + left, y: y + top })
  return [move(first), move(second), move(third), move(fourth)]
}

/** @throws {@link OperationError} unless one turns in the same direction at every corner */
function requireConvex(corners: Corners): void {
  const turns = corners.map((corner, index) => {
    const next = corners[(index + 1) % 4] ?? corner
    const after = corners[(index + 2) % 4] ?? corner
    return (next.x - corner.x) * (after.y - next.y) - (next.y - corner.y) * (after.x - next.x)
  })
  if (!turns.every((turn) => turn > 0) && !turns.every((turn) => turn < 0)) {
    throw new OperationError('perspective_impossible', {})
  }
}

function boundsOf(corners: Corners): Rectangle {
  const xs = corners.map(({ x }) => x)
  const ys = corners.map(({ y }) => y)
  const x = Math.floor(Math.min(...xs))
  const y = Math.floor(Math.min(...ys))
  const width = Math.max(1, Math.ceil(Math.max(...xs)) - x)
  return { x, y, width, height: Math.max(1, Math.ceil(Math.max(...ys)) - y) }
}

/** The point of the box that is placed: the origin, else the anchor after all transforms, else the centre. */
function originOf(
  { origin, anchor, flip, rotation }: Layer,
  { picture, crop, size, offset }: LayerContent,
  {
    turned,
    box,
    edges,
  }: { turned: Extent; box: Extent; edges: { readonly left: number; readonly top: number } },
): Point {
  if (origin !== undefined) return pointOf(origin, box)
  if (anchor !== undefined) {
    const point = pointOf(anchor, picture)
    const sized = {
      x: ((point.x - crop.x) * size.width) / crop.width,
      y: ((point.y - crop.y) * size.height) / crop.height,
    }
    const { x, y } = turnPoint(sized, size, { flip, degrees: rotation, turned })
    return { x: x + edges.left, y: y + edges.top }
  }
  if (offset !== undefined) return { x: edges.left - offset.x, y: edges.top - offset.y }
  return { x: box.width / 2, y: box.height / 2 }
}
