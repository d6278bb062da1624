/** What a package requires as soon as it is loaded, and what becomes of that. */
interface Required {
  /**
   * What hardly any activation uses. The package neither takes it apart nor calls it where it requires it, or it would be
   * loaded there.
   */
  readonly late?: readonly string[]
  /** What the Node.js that actions run on has itself. */
  readonly needless?: readonly string[]
}

/** By the package that requires it: those that Adobe's SDK consists of, which load 1,400 modules more than a rendition needs. */
const PACKAGES: Readonly<Record<string, Required>> = {
  '@adobe/asset-compute-pipeline': { late: ['@adobe/aio-lib-files', 'mime-types'] },
  '@adobe/asset-compute-sdk': { late: ['jsonwebtoken', 'mime-types', 'openwhisk'] },
  '@adobe/asset-compute-events-client': { late: ['form-data', 'jsonwebtoken'] },
  '@adobe/httptransfer': { late: ['form-data', 'mime-types'], needless: ['core-js/stable'] },
  '@adobe/metrics-sampler': { late: ['datalib'] },
  encoding: { late: ['iconv-lite'] },
  'form-data': { late: ['mime-types'] },
  needle: { late: ['iconv-lite'] },
  'node-fetch': { late: ['whatwg-url'] },
}

/** When something that is required gets loaded: where it is required, when it is first used, or not at all. */
export type LoadTime = 'at once' | 'late' | 'never'

/**
 * Tells when something that a module requires is to be loaded.
 *
 * @param module - the path of the module that requires it
 * @param required - the name of a package, or of a module in one
 */
export function loadTimeOf(module: string, required: string): LoadTime {
  const { late, needless } = PACKAGES[packageOf(module)] ?? {}
  if (late?.includes(required) === true) return 'late'
  return needless?.includes(required) === true ? 'never' : 'at once'
}

/** The name of the package that a module is in; empty for one in none. */
function packageOf(module: string): string {
  return (
    /.*[/\\]node_modules[/\\]((?:@[^/\\]+[/\\])?[^/\\]+)[/\\]/
      .exec(module)?.[1]
      ?.replace('\\', '/') ?? ''
  )
}
