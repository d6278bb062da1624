import { colour, flag, integer, optional, real, word } from './arguments.ts'
import { command, type Take } from './command.ts'

const percent = integer(-100, 100)

function readUnsharp(take: Take, scaled: boolean) {
  return {
    by: 'unsharp' as const,
    amount: take(real(0, 5)),
    radius: take(optional(real(0, 250), 0)),
    threshold: take(optional(integer(0, 255), 0)),
    monochrome: take(optional(flag, false)),
    scaled,
  }
}

/** Changes of pixels: of a layer, or of all together. */
export const PIXEL_COMMANDS = {
  op_brightness: command({
    name: 'op_brightness',
    level: 'layer',
    usage: 'percent',
    sentence: 'Makes lighter, or darker when negative: -100 to 100.',
    read: (take) => take(percent),
  }),
  op_contrast: command({
    name: 'op_contrast',
    level: 'layer',
    usage: 'percent',
    sentence: 'Moves lightness away from its middle, or towards it when negative: -100 to 100.',
    read: (take) => take(percent),
  }),
  op_saturation: command({
    name: 'op_saturation',
    level: 'layer',
    usage: 'percent',
    sentence: 'Makes colours stronger, or greyer when negative: -100 to 100.',
    read: (take) => take(percent),
  }),
  op_hue: command({
    name: 'op_hue',
    level: 'layer',
    usage: 'degrees',
    sentence: 'Turns all colours around the circle of hues: -180 to 180.',
    read: (take) => take(integer(-180, 180)),
  }),
  op_colorbalance: command({
    name: 'op_colorbalance',
    level: 'layer',
    usage: 'red,green,blue',
    sentence: 'Makes each component lighter or darker by itself: -100 to 100.',
    read: (take) => ({ red: take(percent), green: take(percent), blue: take(percent) }),
  }),
  op_colorize: command({
    name: 'op_colorize',
    level: 'layer',
    usage: 'colour,off|norm,contrast',
    sentence: 'Colours the picture by its lightness, and keeps shadows and lights.',
    read: (take) => ({
      colour: take(colour),
      normalised: take(optional(word('off', 'norm'), 'norm')) === 'norm',
      contrast: take(optional(real(0, 100), 0)),
    }),
  }),
  op_invert: command({
    name: 'op_invert',
    level: 'layer',
    usage: '0|1',
    sentence: 'Makes a negative.',
    read: (take) => take(flag),
  }),
  op_blur: command({
    name: 'op_blur',
    level: 'layer',
    usage: 'radius',
    sentence: 'Blurs, by a radius of 0 to 100 pixels.',
    ofEffects: true,
    read: (take) => take(real(0, 100)),
  }),
  op_noise: command({
    name: 'op_noise',
    level: 'layer',
    usage: 'percent,uniform|gaussian,0|1',
    sentence: 'Adds noise, with 1 the same to all components; equal requests have equal noise.',
    ofEffects: true,
    read: (take) => ({
      amount: take(integer(0, 100)),
      distribution: take(optional(word('uniform', 'gaussian'), 'uniform')),
      monochrome: take(optional(flag, false)),
    }),
  }),
  op_grow: command({
    name: 'op_grow',
    level: 'layer',
    usage: 'radius',
    sentence: 'Grows what is light by -100 to 100 pixels, or what is dark when negative.',
    ofEffects: true,
    read: (take) => take(percent),
  }),
  op_growMask: command({
    name: 'op_growMask',
    level: 'layer 0',
    usage: 'radius',
    sentence: 'Grows the mask by -100 to 100 pixels of the source.',
    read: (take) => take(percent),
  }),
  op_growMaskR: command({
    name: 'op_growMaskR',
    level: 'layer 0',
    usage: 'radius',
    sentence: 'Grows the mask by -100 to 100 pixels of the scaled layer.',
    read: (take) => take(percent),
  }),
  op_sharpen: command({
    name: 'op_sharpen',
    level: 'layer',
    usage: '0|1',
    sentence: 'Sharpens a little, after all scaling.',
    read: (take) => take(flag),
  }),
  op_usm: command({
    name: 'op_usm',
    level: 'layer',
    usage: 'amount,radius,threshold,0|1',
    sentence:
      'Sharpens by an unsharp mask, whose radius shrinks with the picture; with 1 its lightness alone.',
    read: (take) => readUnsharp(take, true),
  }),
  op_usmR: command({
    name: 'op_usmR',
    level: 'layer',
    usage: 'amount,radius,threshold,0|1',
    sentence: 'Sharpens by an unsharp mask, whose radius is in pixels of the view.',
    read: (take) => readUnsharp(take, false),
  }),
} as const
