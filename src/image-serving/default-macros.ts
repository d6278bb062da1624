/**
 * Macros that every catalogue has, unless it has its own of the same name (r-layer-effects): a shadow and a glow as Photoshop
 * makes them when it is asked for no other.
 */
const DEFAULT_MACROS: Readonly<Record<string, string>> = {
  shadow: 'color=0,0,0,191&op_blur=5&pos=3,4',
  glow: 'color=255,255,190,191&op_blur=5',
}

/** The commands of such a macro; its name is not case-sensitive. */
export function findDefaultMacro(name: string): string | undefined {
  const small = name.toLowerCase()
  return Object.hasOwn(DEFAULT_MACROS, small) ? DEFAULT_MACROS[small] : undefined
}
