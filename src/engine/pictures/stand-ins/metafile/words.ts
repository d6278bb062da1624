import type { Point } from './matrix.ts'
import type { Player } from './player.ts'

/** The bits of how text is aligned: it begins at the position, and its horizontal place ([MS-WMF], 2.1.2.3). */
const FROM_POSITION = 1
const HORIZONTAL = 6
const CENTRED = 6
const AT_THE_RIGHT = 2

/** The words of a record. */
export interface Words {
  readonly text: string
  /** Where the record says that they are. */
  readonly at: Point
  /** How far each letter is from the next; none, or fewer than there are letters, where the font tells. */
  readonly advances: readonly number[]
}

/** Draws words, and moves the position behind them where they begin there. */
export function drawWords(player: Player, { text, at: told, advances }: Words): void {
  const state = player.state()
  const align = state.textAlign
  const isFromPosition = (align & FROM_POSITION) !== 0
  const at = isFromPosition ? state.position : told
  const width = advances.reduce((sum, advance) => sum + advance, 0)
  const place = align & HORIZONTAL
  const begin = place === CENTRED ? at.x - width / 2 : place === AT_THE_RIGHT ? at.x - width : at.x
  if (isFromPosition) state.position = { x: at.x + width, y: at.y }
  // Words that tell where they are begin there, however the line is aligned.
  const isPlaced = advances.length >= text.length && state.font.escapement === 0
  if (isPlaced) state.textAlign &= ~HORIZONTAL
  player.text({
    text,
    at: isPlaced ? { x: begin, y: at.y } : at,
    advances: isPlaced ? advances : [],
  })
  state.textAlign = align
}
