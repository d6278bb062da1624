/** What a package requires as soon as it is loaded, and what becomes of that. */
interface Required {
  /**
   * What hardly any activation uses is loaded when it is first used. The package neither takes it apart nor calls it where it
   * requires it, or it would be loaded there.
   */
  readonly late?: readonly string[]
  /** What the Node.js that actions run on has itself is not loaded. */
  readonly needless?: readonly string[]
  /** What is replaced, see `replaced.ts`. */
  readonly replaced?: readonly string[]
  /** That it is so in no bundle: what is loaded late has so much in common that bundles of it would be many times as large. */
  readonly unbundled?: true
}

/**
 * By the package that requires it: those that Adobe's SDKs consist of, which load 1,400 modules more than a rendition needs; and sharp,
 * where it is required and not imported.
 */
const PACKAGES: Readonly<Record<string, Required>> = {
  '@adobe/aio-sdk': {
    late: [
      '@adobe/aio-lib-analytics',
      '@adobe/aio-lib-campaign-standard',
      '@adobe/aio-lib-customer-profile',
      '@adobe/aio-lib-events',
      '@adobe/aio-lib-files',
      '@adobe/aio-lib-state',
      '@adobe/aio-lib-target',
    ],
    unbundled: true,
  },
  '@adobe/aio-sdk-core': {
    late: [
      '@adobe/aio-lib-core-auth',
      '@adobe/aio-lib-core-config',
      '@adobe/aio-lib-core-errors',
      '@adobe/aio-lib-core-networking',
      '@adobe/aio-lib-core-tvm',
    ],
    unbundled: true,
  },
  '@adobe/asset-compute-commons': { replaced: ['@adobe/node-fetch-retry'] },
  '@adobe/asset-compute-pipeline': {
    late: ['@adobe/aio-lib-files', './utils/gm-promisify', 'file-type', 'mime-types'],
    replaced: ['fs-extra'],
  },
  '@adobe/asset-compute-sdk': {
    late: ['./gm-promisify', 'fs-extra', 'jsonwebtoken', 'mime-types', 'openwhisk'],
  },
  '@adobe/asset-compute-events-client': { late: ['form-data', 'jsonwebtoken'] },
  '@adobe/httptransfer': {
    late: ['form-data', 'mime-types'],
    needless: ['core-js/stable'],
    replaced: ['node-fetch-npm'],
  },
  '@adobe/metrics-sampler': { late: ['datalib'] },
  '@adobe/openwhisk-newrelic': { replaced: ['cls-hooked'] },
  encoding: { late: ['iconv-lite'] },
  'form-data': { late: ['mime-types'] },
  needle: { late: ['iconv-lite'] },
  'node-fetch': { needless: ['whatwg-url'] },
  sharp: { late: ['@img/colour'] },
}

/** How something that is required gets loaded: where it is required, when it is first used, not at all, or with something in its place. */
export type Loading = 'at once' | 'late' | 'never' | 'replaced'

/**
 * Tells how something that a module requires is to be loaded.
 *
 * @param module - the path of the module that requires it
 * @param required - as it says it: the name of a package or of a module in one, or the path of another module of its own
 * @param options.isBundled - whether it is for a bundle
 */
export function loadingOf(
  module: string,
  required: string,
  { isBundled = false }: { readonly isBundled?: boolean } = {},
): Loading {
  const { late, needless, replaced, unbundled = false } = PACKAGES[packageOf(module)] ?? {}
  if (isBundled && unbundled) return 'at once'
  if (late?.includes(required) === true) return 'late'
  if (needless?.includes(required) === true) return 'never'
  return replaced?.includes(required) === true ? 'replaced' : 'at once'
}

/** The name of the package that a module is in; empty for one in none. */
function packageOf(module: string): string {
  const name = /.*[/\\]node_modules[/\\]((?:@[^/\\]+[/\\])?[^/\\]+)[/\\]/.exec(module)?.[1]
  return name?.replace('\\', '/') ?? ''
}
