import * as z from 'zod/mini'
import { keptSourceSchema } from '../../src/doors/page/api.ts'
import type { State } from '../state.ts'

/** What of the state a reload does not lose: the service has the rest. */
const rememberedSchema = z.object({
  sources: z.array(keptSourceSchema),
  composition: z.string(),
  mode: z.enum(['form', 'json']),
  profile: z.optional(z.string()),
  // Older versions kept the requests of it.
  latest: z.catch(z.optional(z.string()), undefined),
  caseTestMode: z._default(z.boolean(), false),
  draft: z._default(z.string(), ''),
  draftMode: z._default(z.enum(['form', 'json']), 'form'),
})

type Remembered = z.infer<typeof rememberedSchema>

/** What is to be kept of a state, as text. */
export function remembered(state: State): string {
  const { sources, composition, mode, profile, latest, caseTestMode, draft, draftMode } = state
  return JSON.stringify({
    sources,
    composition,
    mode,
    profile,
    latest,
    caseTestMode,
    draft,
    draftMode,
  })
}

/** Where what survives a reload is kept for as long as the window is open. */
const REMEMBERED = 'darkroom'

/** Keeps of a state what is to survive a reload. What is too large for the browser, such as a job with a whole film in base64, does not. */
export function keepState(storage: Pick<Storage, 'setItem' | 'removeItem'>, state: State): void {
  try {
    storage.setItem(REMEMBERED, remembered(state))
  } catch {
    // What was kept before is of another state.
    storage.removeItem(REMEMBERED)
  }
}

/** What was kept. */
export function keptState(storage: Pick<Storage, 'getItem'>): Partial<Remembered> {
  return readRemembered(storage.getItem(REMEMBERED))
}

/** Reads what was kept; nothing of it when it is of another version of the page. */
export function readRemembered(text: string | null): Partial<Remembered> {
  try {
    return rememberedSchema.parse(JSON.parse(text ?? ''))
  } catch {
    return {}
  }
}
