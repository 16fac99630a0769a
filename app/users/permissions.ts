import { forbidden } from '#app/problems.ts'
import type { Actor } from '#app/users/actor.ts'

export const ROLES = [
  'enumerator', 'village_operator', 'supervisor', 'district_coordinator', 'regency_officer',
  'regency_approver', 'province_officer', 'ministry_officer', 'administrator', 'auditor',
] as const
export type Role = typeof ROLES[number]

const FIELD: Role[] = ['enumerator', 'village_operator']
const FIRST_CHECK: Role[] = ['supervisor', 'district_coordinator']
const HOUSEHOLD_READERS: Role[] = [
  ...FIELD, ...FIRST_CHECK, 'regency_officer', 'regency_approver', 'province_officer', 'ministry_officer',
]

// Who may do what, in one table. Where they may do it is their region: scope.ts.
const ALLOWED = {
  'household.read': HOUSEHOLD_READERS,
  'prelist.import': ['regency_officer', 'ministry_officer'],
  'prelist.publish': ['regency_officer'],
  'prelist.assign': ['regency_officer', 'district_coordinator'],
  'prelist.revoke': ['regency_officer', 'ministry_officer'],
  'prelist.print': [...FIELD, ...FIRST_CHECK, 'regency_officer'],
  'prelist.take': FIELD,
  'musdes.record': FIELD,
  'musdes.read': HOUSEHOLD_READERS,
  'visit.submit': FIELD,
  'visit.check': FIRST_CHECK,
  'visit.verify': ['regency_officer'],
  'device.read': [...FIRST_CHECK, 'regency_officer', 'administrator'],
  'device.revoke': ['regency_officer', 'administrator'],
  'delivery.settle': [...FIRST_CHECK, 'regency_officer'],
  'exchange.take': ['district_coordinator', 'regency_officer'],
  'batch.read': ['regency_officer', 'regency_approver', 'province_officer', 'ministry_officer'],
  'batch.prepare': ['regency_officer'],
  'batch.ratify': ['regency_approver'],
  'batch.dispatch': ['regency_officer'],
  'batch.determine': ['ministry_officer'],
  'user.manage': ['administrator'],
  'region.read': ROLES,
  'region.manage': ['administrator'],
  'audit.read': ['auditor', 'administrator'],
} satisfies Record<string, readonly Role[]>

export type Verb = keyof typeof ALLOWED

export const can = (actor: Actor, verb: Verb) => (ALLOWED[verb] as readonly Role[]).includes(actor.role)

export function demand(actor: Actor, verb: Verb) {
  if (!can(actor, verb)) throw forbidden()
}
