/** The part of `@adobe/asset-compute-client` 5.2.1 that tests use; the package brings no types. */
declare module '@adobe/asset-compute-client' {
  export function getIntegrationConfiguration(file: string): Promise<unknown>
}
