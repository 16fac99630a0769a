import type { Actor } from '#app/users/actor.ts'

// Whoever comes without an account. The role is the one that sees least, and no place is theirs, so every scoped query
// answers nothing: what a citizen may do is only what the public pages do.
export const citizen: Actor = { id: 'warga', name: 'Warga', role: 'auditor', regions: [] }
