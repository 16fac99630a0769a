import { crosscheckExport } from '#app/crosschecks/exporting.ts'
import { extensionExport, extensionMembersExport } from '#app/dtsen/extension-exporting.ts'
import { bdtHouseholdsExport, bdtMembersExport } from '#app/exports/bdt-lists.ts'
import { desilMissingExport, desilRowsExport } from '#app/dtsen/exporting.ts'
import { eligibilityExport } from '#app/eligibility/exporting.ts'
import type { Exportable } from '#app/exports/exportable.ts'
import { householdsExport, membersExport, prelistExport } from '#app/exports/household-lists.ts'
import { auditExport, heldExport, reviewsExport, usersExport } from '#app/exports/office-lists.ts'
import { numberWaitsExport } from '#app/numbers/exporting.ts'
import { unmatchedExport } from '#app/intake/exporting.ts'
import { failedPaymentsExport, paymentPlacesExport, paymentsExport } from '#app/payments/exporting.ts'
import { rescueExport } from '#app/rescue/exporting.ts'
import { proposalsExport } from '#app/exports/proposal-list.ts'
import { reportsExport } from '#app/reports/exporting.ts'
import { changesExport, recipientsExport } from '#app/programmes/exporting.ts'
import { ppksServicesExport } from '#app/ppks/exporting.ts'
import { psksExport } from '#app/psks/exporting.ts'
import { localProgrammesExport, localRecipientsExport } from '#app/local/exporting.ts'
import type { Actor } from '#app/users/actor.ts'
import { can } from '#app/users/permissions.ts'

// Every list that may leave as a file. A part adds its own here.
export const LISTS: Exportable[] = [
  householdsExport,
  membersExport,
  bdtHouseholdsExport,
  bdtMembersExport,
  prelistExport,
  proposalsExport,
  reviewsExport,
  heldExport,
  auditExport,
  usersExport,
  rescueExport,
  numberWaitsExport,
  reportsExport,
  desilRowsExport,
  desilMissingExport,
  extensionExport,
  extensionMembersExport,
  eligibilityExport,
  paymentsExport,
  paymentPlacesExport,
  failedPaymentsExport,
  unmatchedExport,
  recipientsExport,
  changesExport,
  crosscheckExport,
  psksExport,
  ppksServicesExport,
  localProgrammesExport,
  localRecipientsExport,
]

// What this person may carry out: name and title.
export const exportableFor = (actor: Actor) => can(actor, 'export.make')
  ? LISTS.filter(({ verbs }) => verbs.some((verb) => can(actor, verb))).map(({ name, title }) => ({ name, title })) : []

export const findList = (name: string) => LISTS.find((list) => list.name === name)
