import { colour, flag, integer, LONGEST, optional, real, word } from './arguments.ts'
import { command } from './command.ts'

const offset = integer(-LONGEST, LONGEST)
const length = integer(1, LONGEST)

/** What of the composite is shown, and how large; they apply wherever they stand. */
export const VIEW_COMMANDS = {
  wid: command({
    name: 'wid',
    level: 'view',
    usage: 'pixels',
    sentence: 'Sets the width of the picture, which is never enlarged unless fit says so.',
    read: (take) => take(length),
  }),
  hei: command({
    name: 'hei',
    level: 'view',
    usage: 'pixels',
    sentence: 'Sets the height of the picture, which is never enlarged unless fit says so.',
    read: (take) => take(length),
  }),
  fit: command({
    name: 'fit',
    level: 'view',
    usage: 'fit|constrain|crop|wrap|stretch|hfit|vfit,0|1',
    sentence: 'Says how the picture goes into wid and hei, and with 1 that it may be enlarged.',
    read: (take) => ({
      mode: take(word('fit', 'constrain', 'crop', 'wrap', 'stretch', 'hfit', 'vfit')),
      enlarge: take(optional(flag, false)),
    }),
  }),
  scl: command({
    name: 'scl',
    level: 'view',
    usage: 'factor',
    sentence: 'Divides the size of the picture by this: 2 halves it, 1 keeps it as it is.',
    read: (take) => take(real(0, LONGEST, { above: true })),
  }),
  align: command({
    name: 'align',
    level: 'view',
    usage: 'horizontal,vertical',
    sentence: 'Moves the picture within the view: -1,-1 to its upper left, 1,1 to its lower right.',
    read: (take) => ({ x: take(real(-1, 1)), y: take(real(-1, 1)) }),
  }),
  rgn: command({
    name: 'rgn',
    level: 'view',
    usage: 'x,y,width,height',
    sentence: 'Shows this part of the picture, in its pixels, before the view is scaled.',
    read: (take) => ({
      x: take(offset),
      y: take(offset),
      width: take(length),
      height: take(length),
    }),
  }),
  rect: command({
    name: 'rect',
    level: 'view',
    usage: 'x,y,width,height,scale',
    sentence: 'Takes this part of the finished view, such as a tile of it.',
    read: (take) => ({
      x: take(offset),
      y: take(offset),
      width: take(length),
      height: take(length),
      factor: take(optional(real(0, LONGEST, { above: true }), 1)),
    }),
  }),
  dpr: command({
    name: 'dpr',
    level: 'view',
    usage: 'on|off,ratio',
    sentence: 'Multiplies the size of the view, for screens of more pixels.',
    read: (take) => {
      const on = take(word('on', 'off')) === 'on'
      const ratio = take(optional(real(0, LONGEST, { above: true }), 1))
      return on ? ratio : 1
    },
  }),
  bgc: command({
    name: 'bgc',
    level: 'view',
    usage: 'colour',
    sentence: 'Colours what the picture leaves free, unless the format keeps it transparent.',
    read: (take) => take(colour),
  }),
} as const
