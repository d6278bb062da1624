/** The administrator, and the company of the house. */
export interface Credentials {
  readonly user: string
  readonly password: string
  readonly company: string
}
