/** Who sent a request: what a verified access token, organisation header and API key say together. */
export interface Client {
  /** The `client_id` of the Developer Console project. */
  clientId: string
  /** The IMS organisation, such as `1234@AdobeOrg`. */
  orgId: string
  /** Identifies the access token, and with it one running program of this client. */
  tokenId: string
}

/**
 * Verifies the credentials of a request.
 *
 * @param headers - the request's headers; the organisation may come as `x-gw-ims-org-id` or `x-ims-org-id`
 * @throws {@link ServiceError} 401 for credentials that are missing or invalid, 403 for valid ones that do not suffice
 */
export type Authenticate = (headers: Headers) => Promise<Client>
