import { commitmentsOf, VERIFIED_IN } from '#app/pkh/commitments.ts'
import { familyOfRecipient } from '#app/pkh/members.ts'
import { findPeriod } from '#app/programmes/periods.ts'
import type { Panel } from '#app/programmes/panels.tsx'
import { dayOf } from '#app/questionnaire/age.ts'
import { can } from '#app/users/permissions.ts'
import { PkhPanel } from '#views/pkh/panel.tsx'

const SHOWN = 12

// On the page of a recipient of PKH. Its reader has found him in his scope.
export const pkhPanel: Panel = (db, actor, recipient, now) => {
  const verified = commitmentsOf(db, recipient.id).slice(0, SHOWN)
  return (
    <PkhPanel id={recipient.id} family={familyOfRecipient(db, recipient, dayOf(now))} standing={recipient.phase === 'receiving' || recipient.phase === 'paused'}
      verified={verified.map((row) => ({ ...row, period: findPeriod(db, row.periodId)?.name ?? '–' }))}
      mayVerify={can(actor, 'programme.propose') && VERIFIED_IN.includes(recipient.state)} mayNumber={can(actor, 'programme.verify') && recipient.phase !== 'ended'} />
  )
}
