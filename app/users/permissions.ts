import { forbidden } from '#app/problems.ts'
import type { Actor } from '#app/users/actor.ts'

export const ROLES = [
  'enumerator', 'village_operator', 'supervisor', 'district_coordinator', 'regency_officer',
  'regency_approver', 'province_officer', 'ministry_officer', 'administrator', 'auditor',
] as const
export type Role = typeof ROLES[number]

export const ROLE_WORDS: Record<Role, string> = {
  enumerator: 'Petugas pendata',
  village_operator: 'Operator desa',
  supervisor: 'Pengawas',
  district_coordinator: 'Koordinator kecamatan',
  regency_officer: 'Dinsos kab/kota',
  regency_approver: 'Pengesah (bupati/wali kota)',
  province_officer: 'Dinsos provinsi',
  ministry_officer: 'Pusdatin Kemensos',
  administrator: 'Admin sistem',
  auditor: 'Auditor',
}

// Whose hand binds others: without a second factor they reach nothing.
export const NEEDS_FACTOR: readonly Role[] = ['regency_approver', 'ministry_officer', 'administrator']

// Who visits, who checks, who verifies, who signs, who determines, who gives out accounts, who audits: one person holds one of
// these, or a check by another is none. Whoever only watches stands in nobody's way.
const HANDS: Record<Role, string> = {
  enumerator: 'field', village_operator: 'field', supervisor: 'first', district_coordinator: 'first', regency_officer: 'second', regency_approver: 'approval',
  province_officer: 'watching', ministry_officer: 'determination', administrator: 'accounts', auditor: 'audit',
}
export const mayGoTogether = (one: Role, other: Role) => HANDS[one] === HANDS[other] || HANDS[one] === 'watching' || HANDS[other] === 'watching'

const FIELD: Role[] = ['enumerator', 'village_operator']
const FIRST_CHECK: Role[] = ['supervisor', 'district_coordinator']
const HOUSEHOLD_READERS: Role[] = [
  ...FIELD, ...FIRST_CHECK, 'regency_officer', 'regency_approver', 'province_officer', 'ministry_officer',
]

const PROGRAMME_READERS: Role[] = ['village_operator', ...FIRST_CHECK, 'regency_officer', 'regency_approver', 'province_officer', 'ministry_officer']

// Who may do what, in one table. Where they may do it is their region: scope.ts.
const ALLOWED = {
  'household.read': HOUSEHOLD_READERS,
  'certificate.read': ['village_operator', 'district_coordinator', 'regency_officer'],
  'certificate.issue': ['village_operator', 'regency_officer'],
  'map.read': HOUSEHOLD_READERS,
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
  'number.read': ['village_operator', ...FIRST_CHECK, 'regency_officer'],
  'number.give': ['village_operator', 'regency_officer'],
  'proposal.read': HOUSEHOLD_READERS,
  'proposal.submit': [...FIELD, 'regency_officer'],
  'proposal.reach': ['village_operator', 'regency_officer'],
  'proposal.check': FIRST_CHECK,
  'proposal.verify': ['regency_officer'],
  'proposal.accept': ['village_operator', 'district_coordinator', 'regency_officer'],
  'reason.manage': ['administrator'],
  'announcement.write': ['regency_officer', 'ministry_officer', 'administrator'],
  'batch.read': ['regency_officer', 'regency_approver', 'province_officer', 'ministry_officer'],
  'batch.prepare': ['regency_officer'],
  'batch.ratify': ['regency_approver'],
  'batch.answer': ['regency_officer', 'ministry_officer'],
  'batch.dispatch': ['regency_officer'],
  'batch.determine': ['ministry_officer'],
  'period.read': ['regency_officer', 'regency_approver', 'province_officer', 'ministry_officer'],
  'period.manage': ['ministry_officer'],
  'period.cutoff': ['regency_officer'],
  'export.make': ROLES.filter((role) => role !== 'enumerator'),
  'export.full': ['regency_officer', 'ministry_officer'],
  'export.register': ['auditor'],
  'report.read': ['village_operator', 'district_coordinator', 'regency_officer'],
  'report.answer': ['village_operator', 'district_coordinator', 'regency_officer'],
  'report.configure': ['administrator'],
  'lookup.read': ['administrator'],
  'user.manage': ['administrator'],
  'access.read': ['administrator', 'auditor'],
  'access.review': ['administrator'],
  'region.read': ROLES,
  'region.manage': ['administrator'],
  'dtsen.import': ['regency_officer', 'ministry_officer'],
  'dtsen.read': ['village_operator', ...FIRST_CHECK, 'regency_officer', 'regency_approver', 'province_officer', 'ministry_officer'],
  'extension.manage': ['administrator'],
  'programme.read': PROGRAMME_READERS,
  'programme.propose': ['village_operator', 'regency_officer'],
  'programme.check': FIRST_CHECK,
  'programme.verify': ['regency_officer'],
  'programme.prepare': ['regency_officer'],
  'programme.ratify': ['regency_approver'],
  'programme.import': ['regency_officer', 'ministry_officer'],
  'programme.pay': ['regency_officer', 'ministry_officer'],
  'local.manage': ['village_operator', 'regency_officer'],
  'local.grant': ['regency_officer'],
  'programme.simulate': ['regency_officer', 'province_officer', 'ministry_officer'],
  'programme.configure': ['ministry_officer', 'administrator'],
  'ppks.sensitive': ['regency_officer', 'ministry_officer'],
  'ppks.serve': ['district_coordinator', 'regency_officer'],
  'psks.manage': ['district_coordinator', 'regency_officer'],
  'crosscheck.settle': ['village_operator', 'regency_officer'],
  'crosscheck.run': ['regency_officer', 'ministry_officer'],
  'operation.read': ['administrator'],
  'audit.read': ['auditor', 'administrator'],
  'audit.export': ['auditor'],
  'compliance.read': ['auditor', 'administrator'],
  'matching.read': HOUSEHOLD_READERS,
  'matching.run': ['regency_officer', 'ministry_officer'],
  'rescue.read': HOUSEHOLD_READERS,
  'integrity.read': ['village_operator', ...FIRST_CHECK, 'regency_officer', 'regency_approver', 'province_officer', 'ministry_officer'],
  'duplicate.read': ['village_operator', ...FIRST_CHECK, 'regency_officer', 'province_officer', 'ministry_officer'],
  'duplicate.settle': ['district_coordinator', 'regency_officer', 'ministry_officer'],
  'dashboard.read': HOUSEHOLD_READERS,
  'monthly.read': ['village_operator', ...FIRST_CHECK, 'regency_officer', 'regency_approver', 'province_officer', 'ministry_officer'],
  'duplicate.run': ['regency_officer', 'ministry_officer'],
  'quality.read': [...FIRST_CHECK, 'regency_officer', 'province_officer', 'ministry_officer'],
  'quality.review': ['regency_officer', 'province_officer', 'ministry_officer'],
  'backcheck.plan': ['regency_officer', 'ministry_officer'],
  'backcheck.read': [...FIRST_CHECK, 'regency_officer', 'province_officer', 'ministry_officer'],
  'backcheck.visit': [...FIELD, ...FIRST_CHECK],
  'backcheck.judge': ['district_coordinator', 'regency_officer'],
  'backcheck.configure': ['ministry_officer', 'administrator'],
  'monitoring.read': [...FIRST_CHECK, 'regency_officer', 'province_officer', 'ministry_officer'],
  'monitoring.write': [...FIRST_CHECK, 'regency_officer', 'province_officer'],
  'protection.read': ['regency_officer', 'ministry_officer', 'administrator', 'auditor'],
  'protection.configure': ['ministry_officer', 'administrator'],
  'breach.manage': ['ministry_officer', 'administrator'],
  'breach.read': ['regency_officer', 'ministry_officer', 'administrator', 'auditor'],
  'breach.counts': ['auditor'],
  'breach.people': ['regency_officer', 'ministry_officer'],
  'subject_case.answer': ['regency_officer'],
  'subject_case.read': ['regency_officer', 'auditor'],
  'national.read': ['province_officer', 'ministry_officer'],
  'national.receive': ['ministry_officer'],
  'national.determine': ['ministry_officer'],
  'national.keys': ['administrator'],
  'task.read': HOUSEHOLD_READERS,
  'task.write': [...FIRST_CHECK, 'regency_officer', 'province_officer', 'ministry_officer'],
} satisfies Record<string, readonly Role[]>

export type Verb = keyof typeof ALLOWED

export const can = ({ role }: Pick<Actor, 'role'>, verb: Verb) => (ALLOWED[verb] as readonly Role[]).includes(role)

export function demand(actor: Actor, verb: Verb) {
  if (!can(actor, verb)) throw forbidden()
}
