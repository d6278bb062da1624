import { readFileSync } from 'node:fs'
import path from 'node:path'
import * as z from 'zod/mini'

const variablesSchema = z.object({
  CLOUDCONVERT_API_KEY: z.string(),
  CLOUDCONVERT_API_URL: z.string(),
  CLOUDCONVERT_SYNC_URL: z.string(),
  CLOUDCONVERT_REGION: z.string(),
  CLOUDCONVERT_WEBHOOK_SECRET: z.string(),
  CLOUDCONVERT_SIGNED_URL_BASE: z.string(),
  CLOUDCONVERT_SIGNED_URL_SECRET: z.string(),
})

/** The variables that the service whose state is in `home` wrote for programs that use its jobs API. */
export function readJobsEnv(home: string): z.infer<typeof variablesSchema> {
  const text = readFileSync(path.join(home, 'jobs.env'), 'utf8')
  const lines = text.matchAll(/^export (\w+)=(.*)$/gm)
  return variablesSchema.parse(
    Object.fromEntries(Array.from(lines, ([, name = '', value = '']) => [name, value])),
  )
}
