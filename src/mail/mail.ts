/** A picture that comes with a mail, and is seen in it alone. */
export interface MailPicture {
  /** Such as `picture-1@job-12`, by which the HTML shows it: `cid:picture-1@job-12`. */
  readonly id: string
  /** A JPEG. */
  readonly bytes: Uint8Array
}

/** A mail to somebody. */
export interface Mail {
  /** Such as `job-12`: one that is sent again has the same, so that whoever gets it twice can tell. */
  readonly id: string
  /** An address; a user without one has a name here, and gets none by SMTP. */
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly pictures: readonly MailPicture[]
}

/**
 * Sends a mail, or writes it where mails are kept.
 *
 * @throws {Error} when the server does not take it
 */
export type SendMail = (mail: Mail) => Promise<void>

/** Where a mail is that was sent. */
export type MailPlace =
  /** It is a file; `html` has the pictures that come with it in their places, as `data:` URLs. */
  | {
      readonly place: 'file'
      readonly to: string
      readonly subject: string
      readonly text: string
      readonly html: string
    }
  /** A server has taken it. */
  | { readonly place: 'server' }
  /** It was a file, and nobody knows where that is. */
  | { readonly place: 'nowhere' }

/**
 * Finds a mail that was sent.
 *
 * @param mail - its id, and to whom it went
 */
export type FindMail = (mail: Pick<Mail, 'id' | 'to'>) => Promise<MailPlace>
