import { ADOBE, nothingAt } from '../../src/doors/asset-compute/adobe-dialect.ts'
import type { TrustedProxies } from '../../src/http/proxies.ts'
import { createRootApp } from '../../src/http/root-app.ts'

/** The app that the service mounts its doors in, for one of them. */
export function rootApp(
  log: Partial<Record<'error' | 'debug', (message: string) => void>> = {},
  trustedProxies?: TrustedProxies,
) {
  return createRootApp({
    dialect: ADOBE,
    stopping: new AbortController().signal,
    nothingAt,
    trustedProxies,
    log: { error: () => undefined, debug: () => undefined, ...log },
  })
}
