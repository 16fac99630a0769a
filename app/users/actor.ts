import type { Role } from '#app/users/permissions.ts'

// Who is acting. regions: codes of the region tree; '' is the whole country.
// regionLabel: their names, for the page's head. mustChangePassword: still on the one-time password of an administrator.
// needsFactor: a role that must have a second factor and has none yet.
export type Actor = {
  id: string, name: string, role: Role, regions: string[], regionLabel?: string, mustChangePassword?: boolean, needsFactor?: boolean,
}

// Acts of the system itself (imports in the background, the first seed) carry this name in the audit trail.
export const system: Actor = { id: 'system', name: 'Sistem', role: 'administrator', regions: [''] }
