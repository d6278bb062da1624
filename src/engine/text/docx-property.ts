import { type Attributes, readAttribute } from '../../packages/markup.ts'

/** Whether a property that is on or off is on: by its mere presence, unless it says otherwise (ECMA-376, part 1, 17.17.4). */
export function isOn(attributes: Attributes): boolean {
  return !/^(0|false|off)$/.test(readAttribute(attributes, 'val') ?? '')
}
