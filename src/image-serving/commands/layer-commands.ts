import {
  colour,
  flag,
  integer,
  LONGEST,
  name,
  optional,
  real,
  rest,
  several,
  word,
} from './arguments.ts'
import { command, type Take } from './command.ts'

const pixels = integer(-LONGEST, LONGEST)
const part = real(-LONGEST, LONGEST)
const length = integer(0, LONGEST)

function inPixels(take: Take): { readonly in: 'pixels'; readonly x: number; readonly y: number } {
  return { in: 'pixels', x: take(pixels), y: take(pixels) }
}

function inParts(take: Take): { readonly in: 'parts'; readonly x: number; readonly y: number } {
  return { in: 'parts', x: take(part), y: take(part) }
}

/** What a layer shows, and where. */
export const LAYER_COMMANDS = {
  src: command({
    name: 'src',
    level: 'layer 0',
    usage: 'asset|is(request)',
    sentence: 'Names the asset that the layer shows, or the request whose picture it shows.',
    differs: 'Other servers, ir and fxg are refused.',
    read: (take) => take(rest),
  }),
  mask: command({
    name: 'mask',
    level: 'layer 0',
    usage: 'asset|is(request)',
    sentence: 'Names the asset whose transparency, or lightness where it has none, the layer gets.',
    differs: 'Other servers, ir and fxg are refused.',
    read: (take) => take(rest),
  }),
  maskUse: command({
    name: 'maskUse',
    level: 'layer 0',
    usage: 'norm|invert|off',
    sentence: 'Says whether the mask counts as it is, inverted, or not.',
    ofEffects: true,
    read: (take) => take(word('norm', 'invert', 'off')),
  }),
  text: command({
    name: 'text',
    level: 'layer 0',
    usage: 'text|RTF',
    sentence: 'Writes a text, plain or in the RTF of Image Serving.',
    differs:
      'Fonts are those that are shipped or installed. Words of RTF are heeded as well that Adobe keeps for textPs or passes over.',
    read: (take) => take(rest),
  }),
  textAttr: command({
    name: 'textAttr',
    level: 'layer 0',
    usage: 'resolution,antialiasing,fixedRes|autoRes|maxRes,wrap|noWrap|nbWrap',
    sentence:
      'Sets the resolution by which points of a text become pixels, whether it is made to fit, and where its lines break.',
    read: (take) => ({
      resolution: take(optional(real(0, 10_000, { above: true }), undefined)),
      antialiasing: take(
        optional(word('off', 'norm', 'crisp', 'sharp', 'strong', 'smooth'), 'norm'),
      ),
      fitting: take(optional(word('fixedRes', 'autoRes', 'maxRes'), 'fixedRes')),
      wrapping: take(optional(word('wrap', 'noWrap', 'nbWrap'), 'wrap')),
    }),
  }),
  textAngle: command({
    name: 'textAngle',
    level: 'layer 0',
    usage: 'degrees',
    sentence: 'Turns the lines of a text clockwise; its box stays as it is.',
    differs: 'Adobe heeds it with textPs alone. In a box of a size it is 0, 90, 180 or 270.',
    read: (take) => take(real(-36_000, 36_000)),
  }),
  textFlowPath: command({
    name: 'textFlowPath',
    level: 'layer 0',
    usage: 'path',
    sentence: 'Is the rectangle within its layer that a text flows into.',
    differs:
      'Adobe heeds it with textPs alone. The path is one rectangle, and without size the layer is as large as that.',
    read: (take) => take(rest),
  }),
  color: command({
    name: 'color',
    level: 'layer 0',
    usage: 'colour',
    sentence: 'Is the colour of a layer without picture or text, and what lies below these two.',
    ofEffects: true,
    read: (take) => take(colour),
  }),
  bgColor: command({
    name: 'bgColor',
    level: 'layer 0',
    usage: 'colour',
    sentence: 'Lies below all of the layer, its margins included.',
    read: (take) => take(colour),
  }),
  crop: command({
    name: 'crop',
    level: 'layer 0',
    usage: 'x,y,width,height',
    sentence: 'Cuts this part out of the source; what lies outside of it is transparent.',
    read: (take) =>
      ({
        in: 'pixels',
        x: take(pixels),
        y: take(pixels),
        width: take(integer(1, LONGEST)),
        height: take(integer(1, LONGEST)),
      }) as const,
  }),
  cropN: command({
    name: 'cropN',
    level: 'layer 0',
    usage: 'x,y,width,height',
    sentence: 'Cuts this part out of the source, in parts of its width and height.',
    read: (take) =>
      ({
        in: 'parts',
        x: take(part),
        y: take(part),
        width: take(real(0, LONGEST, { above: true })),
        height: take(real(0, LONGEST, { above: true })),
      }) as const,
  }),
  size: command({
    name: 'size',
    level: 'layer 0',
    usage: 'width,height',
    sentence: 'Scales the layer to fit into this; a 0 follows from the other.',
    read: (take) =>
      ({ by: 'size', width: take(length), height: take(optional(length, 0)) }) as const,
  }),
  sizeN: command({
    name: 'sizeN',
    level: 'layer 0',
    usage: 'width,height',
    sentence: 'Scales the layer to fit into these parts of the size of layer 0.',
    read: (take) =>
      ({
        by: 'part',
        width: take(real(0, LONGEST)),
        height: take(optional(real(0, LONGEST), 0)),
      }) as const,
  }),
  scale: command({
    name: 'scale',
    level: 'layer 0',
    usage: 'factor',
    sentence: 'Scales the source by this factor, unless there is a size.',
    read: (take) => ({ by: 'factor', factor: take(real(0, LONGEST, { above: true })) }) as const,
  }),
  res: command({
    name: 'res',
    level: 'layer 0',
    usage: 'resolution',
    sentence: 'Scales the source to this resolution, unless there is a size or scale.',
    read: (take) =>
      ({
        by: 'resolution',
        resolution: take(real(0, LONGEST, { above: true })),
      }) as const,
  }),
  rotate: command({
    name: 'rotate',
    level: 'layer 0',
    usage: 'degrees',
    sentence: 'Turns the layer clockwise; its rectangle grows so that nothing is cut off.',
    read: (take) => take(real(-36_000, 36_000)),
  }),
  flip: command({
    name: 'flip',
    level: 'layer',
    usage: 'lr|ud|lrud',
    sentence: 'Mirrors left and right, up and down, or both.',
    read: (take) => take(word('lr', 'ud', 'lrud')),
  }),
  perspective: command({
    name: 'perspective',
    level: 'layer 0',
    usage: 'x1,y1,x2,y2,x3,y3,x4,y4',
    sentence:
      'Moves the corners of the layer to these places on layer 0, the upper left first, clockwise.',
    read: (take) => readQuad(take, 'pixels'),
  }),
  perspectiveN: command({
    name: 'perspectiveN',
    level: 'layer 0',
    usage: 'x1,y1,x2,y2,x3,y3,x4,y4',
    sentence: 'Moves the corners of the layer to these places, in parts of the size of layer 0.',
    read: (take) => readQuad(take, 'parts'),
  }),
  clipPath: command({
    name: 'clipPath',
    level: 'layer',
    usage: 'path',
    sentence: 'Leaves of the layer what is inside of a path of M, L, C and Z.',
    read: (take) => take(rest),
  }),
  clipXPath: command({
    name: 'clipXPath',
    level: 'layer',
    usage: 'path',
    sentence: 'Leaves of the layer what is outside of a path of M, L, C and Z.',
    read: (take) => take(rest),
  }),
  extend: command({
    name: 'extend',
    level: 'layer 0',
    usage: 'left,top,right,bottom',
    sentence: 'Adds margins to the layer, or takes them away where negative.',
    read: (take) =>
      ({
        in: 'pixels',
        left: take(pixels),
        top: take(pixels),
        right: take(pixels),
        bottom: take(pixels),
      }) as const,
  }),
  extendN: command({
    name: 'extendN',
    level: 'layer 0',
    usage: 'left,top,right,bottom',
    sentence: 'Adds margins in parts of the size of the layer.',
    read: (take) =>
      ({
        in: 'parts',
        left: take(part),
        top: take(part),
        right: take(part),
        bottom: take(part),
      }) as const,
  }),
  opac: command({
    name: 'opac',
    level: 'layer',
    usage: 'opacity,fill',
    sentence:
      'Makes the layer and its effects less opaque, in percent, and by the second value the layer alone.',
    ofEffects: true,
    read: (take) => ({
      opacity: take(integer(0, 100)),
      fill: take(optional(integer(0, 100), 100)),
    }),
  }),
  blendMode: command({
    name: 'blendMode',
    level: 'layer 0',
    usage: 'norm|dissolve|lighten|darken|mult|screen',
    sentence: 'Says how the layer mixes with what is below it.',
    ofEffects: true,
    read: (take) => take(word('norm', 'dissolve', 'lighten', 'darken', 'mult', 'screen')),
  }),
  anchor: command({
    name: 'anchor',
    level: 'layer 0',
    usage: 'x,y',
    sentence:
      'Is the point of the source that becomes the origin of the layer, from its upper left.',
    read: inPixels,
  }),
  anchorN: command({
    name: 'anchorN',
    level: 'layer 0',
    usage: 'x,y',
    sentence: 'Is the same point in parts of the size of the source, from its centre.',
    read: inParts,
  }),
  origin: command({
    name: 'origin',
    level: 'layer 0',
    usage: 'x,y',
    sentence: 'Is the point of the layer that pos places, from its upper left.',
    read: inPixels,
  }),
  originN: command({
    name: 'originN',
    level: 'layer 0',
    usage: 'x,y',
    sentence: 'Is the same point in parts of the size of the layer, from its centre.',
    read: inParts,
  }),
  pos: command({
    name: 'pos',
    level: 'layer 0',
    usage: 'x,y',
    sentence: 'Places the origin of the layer, from that of layer 0; an effect from its layer.',
    ofEffects: true,
    read: inPixels,
  }),
  posN: command({
    name: 'posN',
    level: 'layer 0',
    usage: 'x,y',
    sentence: 'Places the origin of the layer in parts of the size of layer 0.',
    ofEffects: true,
    read: inParts,
  }),
  hide: command({
    name: 'hide',
    level: 'layer 0',
    usage: '0|1',
    sentence: 'Leaves the layer out.',
    read: (take) => take(flag),
  }),
} as const

const RESAMPLERS = several(name, 0)

function readQuad(take: Take, within: 'pixels' | 'parts') {
  const corner = (): { readonly x: number; readonly y: number } => ({
    x: take(part),
    y: take(part),
  })
  const corners = [corner(), corner(), corner(), corner()] as const
  take(optional(RESAMPLERS, []))
  return { in: within, corners }
}
