import { crosscheckPanel } from '#app/crosschecks/panel.tsx'
import { localPanel } from '#app/local/panel.tsx'
import { paymentsPanel } from '#app/payments/panel.tsx'
import { pbiPanel } from '#app/pbi/panel.tsx'
import { pkhPanel } from '#app/pkh/panel.tsx'
import { ppksPanel } from '#app/ppks/panel.tsx'
import type { ProgrammeCode } from '#app/programmes/programme.ts'
import type { Recipient } from '#app/programmes/recipients.ts'
import type { Actor } from '#app/users/actor.ts'
import type { Db } from '#db/connection.ts'
import type { Child } from '#views/ui/types.ts'

export type Panel = (db: Db, actor: Actor, recipient: Recipient, now: string) => Child

// What each programme adds to the page of a recipient, in this order. A part adds its own here.
export const PANELS: Record<ProgrammeCode, Panel[]> = {
  pkh: [crosscheckPanel, pkhPanel, paymentsPanel],
  sembako: [crosscheckPanel, paymentsPanel],
  pbi: [crosscheckPanel, pbiPanel],
  ppks: [crosscheckPanel, ppksPanel],
  blt: [crosscheckPanel, localPanel],
  apbd: [crosscheckPanel, localPanel],
}
