import { type Log, runAbout } from '../../../../base/log.ts'
import type { SendMail } from '../../../../mail/mail.ts'
import { wantsMail } from './email-setting.ts'
import type { IpsJob } from './ips-job.ts'
import type { ToldKinds } from './job-kind.ts'
import { writeJobMail } from './job-mail.ts'
import type { PicturesOfJob } from './job-pictures.ts'
import type { JobStore } from './job-store.ts'
import type { OwedMails } from './owed-mails.ts'

/** Mails about jobs that have ended. That one is owed is kept with the end of the job, so that a kill takes none away. */
export interface JobMails {
  /** Sends what is owed, one after the other; what a server does not take is tried again the next time. */
  readonly wake: () => void
  /** Resolves when nothing is being sent. */
  readonly stop: () => Promise<void>
}

export function createJobMails({
  store,
  owed,
  kinds,
  picturesOf,
  sendMail,
  log,
}: {
  readonly store: Pick<JobStore, 'linesOf'>
  readonly owed: OwedMails
  readonly kinds: ToldKinds
  readonly picturesOf: PicturesOfJob
  readonly sendMail: SendMail
  readonly log: Pick<Log, 'error'>
}): JobMails {
  let sending: Promise<void> | undefined
  let isAgain = false

  async function send(job: IpsJob): Promise<void> {
    const lines = await store.linesOf(job.number)
    await sendMail(writeJobMail(job, lines, await picturesOf(job, lines)))
  }

  async function sendAll(): Promise<void> {
    do {
      isAgain = false
      for (const job of await owed.list()) {
        const setting = kinds.get(job.kind)?.emailSetting(job.details) ?? 'None'
        if (!(await owed.take(job.number))) continue
        try {
          if (wantsMail(setting, job)) await send(job)
          await owed.settle(job.number)
        } catch (error) {
          await owed.letGo(job.number)
          log.error(`the mail about the job ${job.number} could not be sent: ${String(error)}`)
        }
      }
    } while (isAgain)
  }

  return {
    wake() {
      isAgain = true
      sending ??= runAbout({ door: 'scene7' }, sendAll)
        .catch((error: unknown) => log.error(`mails could not be sent: ${String(error)}`))
        .finally(() => {
          sending = undefined
        })
    },
    stop: async () => sending,
  }
}
