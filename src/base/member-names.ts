import * as z from 'zod/mini'

/**
 * The names of the members that a schema of objects knows, whatever else it lets through.
 *
 * @returns undefined when it is of no object, or of one whose members may be called anything
 */
export function memberNames(schema: z.core.$ZodType): readonly string[] | undefined {
  if (schema instanceof z.ZodMiniObject) return Object.keys(schema.def.shape)
  if (schema instanceof z.ZodMiniUnion) {
    const members = schema.def.options.flatMap((option) => memberNames(option) ?? [])
    return members.length === 0 ? undefined : [...new Set(members)]
  }
  if (schema instanceof z.ZodMiniPipe)
    return memberNames(schema.def.in) ?? memberNames(schema.def.out)
  if (schema instanceof z.ZodMiniOptional || schema instanceof z.ZodMiniNullable) {
    return memberNames(schema.def.innerType)
  }
  if (schema instanceof z.ZodMiniDefault) return memberNames(schema.def.innerType)
  return undefined
}
