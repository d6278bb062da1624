/** A mail to somebody. */
export interface Mail {
  /** Such as `job-12`: one that is sent again has the same, so that whoever gets it twice can tell. */
  readonly id: string
  /** An address; a user without one has a name here, and gets none by SMTP. */
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
}

/**
 * Sends a mail, or writes it where mails are kept.
 *
 * @throws {Error} when the server does not take it
 */
export type SendMail = (mail: Mail) => Promise<void>
