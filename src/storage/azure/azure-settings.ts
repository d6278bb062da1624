/** A container of Azure Blob Storage, and the key of its account. */
export interface AzureSettings {
  readonly kind: 'azure'
  /** What the URLs of its blobs begin with, without a slash at its end. */
  readonly base: string
  readonly account: string
  readonly container: string
  /** In Base64. */
  readonly key: string
}
