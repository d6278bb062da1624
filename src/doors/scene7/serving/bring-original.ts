import { existsSync } from 'node:fs'
import type { Original } from '../catalogue/asset.ts'
import { Unprepared } from './unprepared.ts'

/**
 * Looks whether the file of an asset is on this machine.
 *
 * @throws {@link Unprepared} when it has to be fetched first
 */
export function requireHere({ path, name, bring }: Original): void {
  if (bring === undefined || existsSync(path)) return
  throw new Unprepared(`a copy of ${name} on this machine`, bring)
}

/** Sees to it that the file of an asset is on this machine. */
export async function bringHere(original: Original, signal: AbortSignal): Promise<void> {
  if (original.bring !== undefined && !existsSync(original.path)) await original.bring(signal)
}
